import type { Checked } from '../kiosk/check.ts'
import { type Camera, type CameraFault, openCamera } from '../scan/camera.ts'
import { readPicture } from '../scan/picture.ts'
import { answerView } from './answer-view.ts'
import type { App } from './app.ts'
import { filePicker, h, run } from './dom.ts'
import { type HiddenCodeView, hiddenCodeView } from './hidden-code.ts'
import { settings } from './settings.ts'

/** Gets the texts of a frame, or of a picture, the one in the middle first. */
export type OnTexts = (texts: readonly string[], source: 'camera' | 'picture') => void

/** The main screen: the camera on one side, the answer on the other. */
export class ScanView {
  readonly element: HTMLElement
  readonly #app: App
  readonly #onTexts: OnTexts
  readonly #place = h('div', { class: 'answer-place', 'aria-live': 'assertive', tabindex: '-1' })
  readonly #video = h('video', { class: 'camera', muted: true, playsinline: true, 'aria-hidden': 'true' })
  readonly #controls = h('div', { class: 'controls' })
  readonly #problem = h('p', { class: 'problem', role: 'alert' })
  readonly #toggle: HTMLButtonElement
  #camera: Camera | undefined
  #hidden: HiddenCodeView | undefined

  constructor(app: App, onTexts: OnTexts) {
    this.#app = app
    this.#onTexts = onTexts
    const { camera } = app.words
    const toggle = () => run(() => this.#toggleCamera())
    this.#toggle = h('button', { type: 'button', onclick: toggle }, camera.start)
    const picture = filePicker(camera.picture, { accept: 'image/*' }, ([file]) =>
      run(() => this.#checkPicture(file)),
    )
    const row = h('div', { class: 'row' }, this.#toggle, picture)
    const sources = h('div', { class: 'sources' }, this.#video, row, this.#controls, this.#problem)
    this.element = h('div', { class: 'scan' }, this.#place, sources)
    this.showReady()
  }

  showReady(): void {
    const { kiosk, words } = this.#app
    const hint = kiosk.lists?.verifier === undefined ? words.noLists : words.readyHint
    this.#hidden = undefined
    this.#place.replaceChildren(
      h('section', { class: 'answer ready' }, h('h1', { class: 'word' }, words.ready), h('p', {}, hint)),
    )
  }

  show(checked: Checked): void {
    const { words, language } = this.#app
    const answer = answerView(checked, words, language)
    const next = { type: 'button', class: 'next', onclick: () => this.showReady() }
    this.#hidden = hiddenCodeView(checked, this.#app)
    if (this.#hidden !== undefined) answer.append(this.#hidden.element)
    answer.append(h('button', next, words.next))
    this.#place.replaceChildren(answer)
    // Away from buttons, which the next scan must not press.
    this.#place.focus({ preventScroll: true })
    this.#place.scrollIntoView({ block: 'nearest' })
  }

  /** True where a scan was the hidden code of the stamp on the screen. */
  takesHiddenCode(texts: readonly string[]): boolean {
    return this.#hidden?.offer(texts) ?? false
  }

  async startCamera(): Promise<void> {
    this.#problem.textContent = ''
    const opened = await openCamera(this.#video, {
      decoder: this.#app.decoder,
      onTexts: (texts) => this.#onTexts(texts, 'camera'),
      onLost: () => {
        this.stopCamera()
        this.#showFault('missing')
      },
    })
    if (typeof opened === 'string') return this.#showFault(opened)
    // Somebody may have left this view while the camera was starting.
    if (!this.#video.isConnected) return opened.stop()
    this.#camera = opened
    this.#toggle.textContent = this.#app.words.camera.stop
    this.#controls.replaceChildren(...cameraControls(opened, this.#app))
  }

  stopCamera(): void {
    this.#camera?.stop()
    this.#camera = undefined
    this.#toggle.textContent = this.#app.words.camera.start
    this.#controls.replaceChildren()
  }

  async #toggleCamera(): Promise<void> {
    settings.camera = this.#camera === undefined
    if (settings.camera) await this.startCamera()
    else this.stopCamera()
  }

  #showFault(fault: CameraFault): void {
    this.#problem.textContent = this.#app.words.camera[fault]
  }

  async #checkPicture(file: File | undefined): Promise<void> {
    if (file === undefined) return
    this.#problem.textContent = ''
    const texts = await readPicture(file, this.#app.decoder)
    if (texts.length > 0) this.#onTexts(texts, 'picture')
    else this.#problem.textContent = this.#app.words.noCodeFound
  }
}

function cameraControls({ setTorch, zoom }: Camera, { words }: App): HTMLElement[] {
  const controls: HTMLElement[] = []
  if (setTorch !== undefined) {
    const box = h('input', { type: 'checkbox', onchange: () => run(() => setTorch(box.checked)) })
    controls.push(h('label', {}, box, words.camera.torch))
  }
  if (zoom !== undefined) {
    const { min, max, step } = zoom
    const slider = h('input', {
      ...{ type: 'range', min: String(min), max: String(max), step: String(step), value: String(min) },
      oninput: () => run(() => zoom.set(slider.valueAsNumber)),
    })
    controls.push(h('label', {}, words.camera.zoom, slider))
  }
  return controls
}
