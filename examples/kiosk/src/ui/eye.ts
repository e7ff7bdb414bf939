import { h } from '../../../shared/dom.ts'
import { run } from '../../../shared/run.ts'
import { type Camera, type CameraFault, openCamera } from '../../../shared/scan/camera.ts'
import type { Decoder, SeenCode } from '../../../shared/scan/decoder.ts'
import type { Cut } from '../../../shared/scan/visible.ts'
import type { Words } from '../core/words.ts'
import { icon } from './icons.ts'
import { settings } from './settings.ts'

const SVG = 'http://www.w3.org/2000/svg'

export interface EyeOptions {
  readonly decoder: Decoder
  readonly words: Words
  /** Gets the codes of each frame. @returns the one to outline */
  readonly onCodes: (codes: readonly SeenCode[]) => SeenCode | undefined
  /** Somebody touched the picture. */
  readonly onTouch?: () => void
}

/** The camera's picture, full-bleed, with what it takes to work it. */
export class Eye {
  readonly element: HTMLElement
  readonly #options: EyeOptions
  readonly #video = h('video', { class: 'camera', muted: true, playsinline: true, 'aria-hidden': 'true' })
  readonly #outline = document.createElementNS(SVG, 'svg')
  readonly #controls = h('div', { class: 'controls' })
  readonly #problem = h('div', { class: 'problem', role: 'alert' })
  #camera: Camera | undefined
  /** Counts starts: what a later one has overtaken is let go. */
  #start = 0

  constructor(options: EyeOptions) {
    this.#options = options
    this.#video.muted = true
    this.#outline.setAttribute('class', 'outline')
    this.#outline.setAttribute('aria-hidden', 'true')
    const frame = h('div', { class: 'frame', 'aria-hidden': 'true' })
    this.element = h(
      'div',
      { class: 'stage' },
      this.#video,
      this.#outline,
      frame,
      this.#problem,
      this.#controls,
    )
    this.element.addEventListener('click', (event) => {
      if (event.target === this.#video || event.target === frame) options.onTouch?.()
    })
    this.showOff()
  }

  get isOn(): boolean {
    return this.#camera !== undefined
  }

  async open(): Promise<void> {
    const start = ++this.#start
    this.#release()
    this.#problem.replaceChildren()
    const opened = await openCamera(this.#video, {
      decoder: this.#options.decoder,
      device: settings.device || undefined,
      onCodes: (codes, cut) => {
        // A page that was left has no eyes.
        if (!this.element.isConnected) this.close()
        else this.#draw(this.#options.onCodes(codes), cut)
      },
      onLost: (how) => {
        if (how === 'frozen') run(() => this.open())
        else this.#fail('missing')
      },
      onUnreadable: () => {
        this.#release()
        this.#say(this.#options.words.camera.unreadable)
      },
    })
    const isLeft = start !== this.#start || !this.element.isConnected
    if (typeof opened === 'string') {
      // A camera that was chosen before may be gone: any other will do.
      if (opened === 'missing' && settings.device) {
        settings.device = undefined
        return this.open()
      }
      return isLeft ? undefined : this.#fail(opened)
    }
    if (isLeft) return opened.stop()
    this.#camera = opened
    this.element.classList.add('on')
    await this.#drawControls(opened)
  }

  close(): void {
    this.#start++
    this.#release()
    this.showOff()
  }

  /** The stage without a camera. */
  showOff(): void {
    this.#problem.replaceChildren()
    this.#controls.replaceChildren(
      this.#button('camera', this.#options.words.camera.start, () => this.#turn(true)),
    )
  }

  #release(): void {
    this.#camera?.stop()
    this.#camera = undefined
    this.element.classList.remove('on')
    this.#outline.replaceChildren()
  }

  async #turn(isOn: boolean): Promise<void> {
    settings.camera = isOn
    if (isOn) await this.open()
    else this.close()
  }

  #fail(fault: CameraFault): void {
    this.#release()
    this.#say(this.#options.words.camera.faults[fault])
  }

  #say(problem: string): void {
    const { again } = this.#options.words.camera
    this.#problem.replaceChildren(h('p', {}, problem))
    this.#controls.replaceChildren(this.#button('camera', again, () => this.#turn(true)))
  }

  #button(name: Parameters<typeof icon>[0], label: string, onPress: () => unknown): HTMLButtonElement {
    const onclick = () => run(async () => onPress())
    return h('button', { type: 'button', class: 'tool', onclick }, icon(name), h('span', {}, label))
  }

  async #drawControls({ setTorch, zoom, device }: Camera): Promise<void> {
    const { camera: words } = this.#options.words
    const devices = await navigator.mediaDevices.enumerateDevices()
    const cameras = devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId)
    const parts: HTMLElement[] = []
    if (zoom !== undefined) {
      const slider = h('input', {
        ...{ type: 'range', min: String(zoom.min), max: String(zoom.max), step: String(zoom.step) },
        ...{ value: String(zoom.min), 'aria-label': words.zoom },
        oninput: () => run(() => zoom.set(slider.valueAsNumber)),
      })
      parts.push(slider)
    }
    if (setTorch !== undefined) {
      const torch = this.#button('torch', words.torch, () => {
        const isOn = torch.getAttribute('aria-pressed') !== 'true'
        torch.setAttribute('aria-pressed', String(isOn))
        return setTorch(isOn)
      })
      torch.setAttribute('aria-pressed', 'false')
      parts.push(torch)
    }
    if (cameras.length > 1) {
      parts.push(
        this.#button('flip', words.other, () => {
          settings.device = cameras[(cameras.indexOf(device ?? '') + 1) % cameras.length]
          return this.open()
        }),
      )
    }
    this.#controls.replaceChildren(...parts)
  }

  /** Outlines the code that is answered, so that nobody takes the answer for another one's. */
  #draw(code: SeenCode | undefined, { width, height }: Cut): void {
    if (code === undefined) {
      this.#outline.replaceChildren()
      return
    }
    this.#outline.setAttribute('viewBox', `0 0 ${width} ${height}`)
    const shape = document.createElementNS(SVG, 'polygon')
    shape.setAttribute('points', code.corners.map(({ x, y }) => `${x},${y}`).join(' '))
    this.#outline.replaceChildren(shape)
  }
}
