import { createWedge, type Reading } from '../core/wedge.ts'

/** Without Enter a scan ends when the keys rest this long, in milliseconds. */
const REST = 300

/** Listens to a hand scanner wherever the focus is, except in fields that people type in. */
export function listenToScanner(page: Document, onScan: (reading: Reading) => void): void {
  const wedge = createWedge()
  let resting: number | undefined

  page.addEventListener(
    'keydown',
    (event) => {
      if (isField(event.target) || isShortcut(event)) return
      const { key, code, shiftKey: shift, timeStamp: time } = event
      const pressed = wedge.press({ key, code, shift, time })
      window.clearTimeout(resting)
      if (pressed === 'ignored') return
      // Otherwise the scan's spaces and its Enter would press the button that has the focus.
      event.preventDefault()
      if (typeof pressed === 'object') return onScan(pressed.reading)
      resting = window.setTimeout(() => {
        const reading = wedge.rest()
        if (reading !== undefined) onScan(reading)
      }, REST)
    },
    { capture: true },
  )
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && !['checkbox', 'file', 'range'].includes(target.type)

/** AltGr, which types letters, looks like Ctrl and Alt together. */
const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph')
