import { createWedge, type Pressed, type Reading } from '../core/wedge.ts'

/** Without Enter a scan ends when the keys rest this long, in milliseconds. */
const REST = 500

/** Stamps are longer than what people type in one go. */
const LONG = 60

/** Listens to a hand scanner wherever the focus is. In fields that people type in only a whole stamp counts. */
export function listenToScanner(page: Document, onScan: (reading: Reading) => void): void {
  const wedge = createWedge()
  let resting: number | undefined

  page.addEventListener(
    'keydown',
    (event) => {
      if (isShortcut(event)) return
      const field = isField(event.target) ? event.target : undefined
      const { key, code, shiftKey: shift, timeStamp: time } = event
      const pressed = wedge.press({ key, code, shift, time })
      window.clearTimeout(resting)
      if (pressed === 'ignored' || (field !== undefined && !isLong(pressed))) return
      // Otherwise the scan's spaces and its Enter would press the button that has the focus.
      event.preventDefault()
      if (typeof pressed === 'object') {
        if (field !== undefined) field.value = ''
        return onScan(pressed.reading)
      }
      resting = window.setTimeout(() => {
        const reading = wedge.rest()
        if (reading !== undefined) onScan(reading)
      }, REST)
    },
    { capture: true },
  )
}

const isLong = (pressed: Pressed): boolean =>
  typeof pressed === 'object' && pressed.reading.byPlace.length >= LONG

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && !['checkbox', 'file', 'range'].includes(target.type)

/** AltGr, which types letters, looks like Ctrl and Alt together. */
const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph')
