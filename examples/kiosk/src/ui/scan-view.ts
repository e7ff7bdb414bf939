import type { Checked } from '../kiosk/check.ts'
import { type Camera, type CameraFault, openCamera } from '../scan/camera.ts'
import { readPicture } from '../scan/picture.ts'
import { answerView } from './answer-view.ts'
import type { App } from './app.ts'
import { filePicker, h, run } from './dom.ts'
import { type HiddenCodeView, hiddenCodeView } from './hidden-code.ts'

/** The main screen: the camera on one side, the answer on the other. */
export interface ScanView {
  readonly element: HTMLElement
  show(checked: Checked): void
  showReady(): void
  /** True where a scan was the hidden code of the stamp on the screen. */
  takesHiddenCode(texts: readonly string[]): boolean
  startCamera(): Promise<void>
  stopCamera(): void
}

/** @param onTexts gets the texts of a frame, or of a picture */
export function scanView(
  app: App,
  onTexts: (texts: readonly string[], source: 'camera' | 'picture') => void,
): ScanView {
  const { words, decoder, language } = app
  let camera: Camera | undefined
  let hidden: HiddenCodeView | undefined
  const place = h('div', { class: 'answer-place', 'aria-live': 'assertive', tabindex: '-1' })
  const video = h('video', { class: 'camera', muted: true, playsinline: true, 'aria-hidden': 'true' })
  const controls = h('div', { class: 'controls' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  const toggle = h(
    'button',
    { type: 'button', class: 'camera-toggle', onclick: () => run(toggleCamera) },
    words.camera.start,
  )

  async function startCamera(): Promise<void> {
    problem.textContent = ''
    const opened = await openCamera(video, {
      decoder,
      onTexts: (texts) => onTexts(texts, 'camera'),
      onLost() {
        stopCamera()
        showFault('missing')
      },
    })
    if (typeof opened === 'string') return showFault(opened)
    // Somebody may have left this view while the camera was starting.
    if (!video.isConnected) return opened.stop()
    camera = opened
    toggle.textContent = words.camera.stop
    controls.replaceChildren(...cameraControls(opened, app))
  }
  function stopCamera(): void {
    camera?.stop()
    camera = undefined
    toggle.textContent = words.camera.start
    controls.replaceChildren()
  }
  function showFault(fault: CameraFault): void {
    problem.textContent = words.camera[fault]
  }
  async function toggleCamera(): Promise<void> {
    const isOff = camera === undefined
    localStorage.setItem('camera', isOff ? 'on' : 'off')
    if (isOff) await startCamera()
    else stopCamera()
  }

  async function checkPicture(file: File | undefined): Promise<void> {
    if (file === undefined) return
    problem.textContent = ''
    const texts = await readPicture(file, decoder)
    if (texts.length > 0) onTexts(texts, 'picture')
    else problem.textContent = words.noCodeFound
  }

  function showReady(): void {
    hidden = undefined
    const hint = app.kiosk.lists?.verifier === undefined ? words.noLists : words.readyHint
    place.replaceChildren(
      h('section', { class: 'answer ready' }, h('h1', { class: 'word' }, words.ready), h('p', {}, hint)),
    )
  }
  showReady()

  return {
    element: h(
      'div',
      { class: 'scan' },
      place,
      h(
        'div',
        { class: 'sources' },
        video,
        h(
          'div',
          { class: 'row' },
          toggle,
          filePicker(words.camera.picture, { accept: 'image/*' }, ([file]) => run(() => checkPicture(file))),
        ),
        controls,
        problem,
      ),
    ),
    show(checked) {
      const next = h('button', { type: 'button', class: 'next', onclick: showReady }, words.next)
      const answer = answerView(checked, words, language)
      hidden = hiddenCodeView(checked, words)
      answer.append(...(hidden === undefined ? [] : [hidden.element]), next)
      place.replaceChildren(answer)
      // Away from buttons, which the next scan must not press.
      place.focus({ preventScroll: true })
      place.scrollIntoView({ block: 'nearest' })
    },
    showReady,
    takesHiddenCode: (texts) => hidden?.offer(texts) ?? false,
    startCamera,
    stopCamera,
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
