import { h } from '../../shared/dom.ts'
import { FOREIGN_FRAMES } from '../../shared/is-stamp.ts'
import { filePicker } from '../../shared/parts.ts'
import { type Camera, openCamera } from '../../shared/scan/camera.ts'
import { createDecoder, type Decoder, type SeenCode } from '../../shared/scan/decoder.ts'
import { nativeDecoder } from '../../shared/scan/native-decoder.ts'
import { readPicture } from '../../shared/scan/picture.ts'
import type { CardWords } from './words/words.ts'

/** The phone's own reader where it has one, which costs no byte. */
let decoder: Promise<Decoder> | undefined

/**
 * Scans with the camera, or reads a photo.
 * @param isStamp tells a stamp from the other codes on a stall
 * @returns undefined when people close it
 */
export async function openScanner(
  words: CardWords['scan'],
  isStamp: (text: string) => boolean,
): Promise<string | undefined> {
  decoder ??= nativeDecoder().then((own) => own ?? createDecoder())
  const reader = await decoder
  return new Promise((resolve) => {
    let camera: Camera | undefined
    const video = h('video', { playsinline: true, muted: true })
    video.muted = true
    const said = h('p', { class: 'hint', role: 'status' }, words.hint)
    const torch = h(
      'button',
      { type: 'button', class: 'torch', hidden: true, 'aria-pressed': 'false' },
      words.torch,
    )
    const dialog = h(
      'dialog',
      { class: 'scanner', 'aria-label': words.start, onclose: () => end(undefined) },
      video,
      h('div', { class: 'frame' }),
      said,
      h(
        'div',
        { class: 'tools' },
        torch,
        filePicker(words.picture, { accept: 'image/*' }, ([file]) => void readFile(file!)),
        h('button', { type: 'button', onclick: () => dialog.close() }, words.close),
      ),
    )

    function end(text: string | undefined): void {
      camera?.stop()
      camera = undefined
      dialog.remove()
      resolve(text)
    }
    const stampAmong = (codes: readonly SeenCode[]): string | undefined =>
      codes.map(({ text }) => text).find(isStamp)

    let foreign = 0
    function see(codes: readonly SeenCode[]): void {
      const stamp = stampAmong(codes)
      foreign = codes.length === 0 ? 0 : foreign + 1
      if (stamp !== undefined) end(stamp)
      else if (foreign === FOREIGN_FRAMES) said.textContent = words.foreign
    }

    async function readFile(file: File): Promise<void> {
      const codes = (await readPicture(file, reader)) ?? []
      const stamp = stampAmong(codes)
      if (stamp !== undefined) end(stamp)
      else said.textContent = codes.length > 0 ? words.foreign : words.nothing
    }

    async function openEye(): Promise<void> {
      const opened = await openCamera(video, { decoder: reader, onCodes: see, onLost: () => dialog.close() })
      if (typeof opened === 'string') {
        said.textContent = words.faults[opened]
        dialog.classList.add('blind')
      } else if (!dialog.isConnected) opened.stop()
      else {
        camera = opened
        const { setTorch } = opened
        if (setTorch !== undefined) {
          torch.hidden = false
          torch.onclick = () => {
            const on = torch.getAttribute('aria-pressed') !== 'true'
            torch.setAttribute('aria-pressed', String(on))
            void setTorch(on)
          }
        }
      }
    }

    document.body.append(dialog)
    dialog.showModal()
    void openEye()
  })
}
