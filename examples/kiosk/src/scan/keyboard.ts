import { createWedge, type Pressed, type Reading } from '../core/wedge.ts'

/** Without Enter a scan ends when the keys rest this long, in milliseconds. */
const REST = 500

/** Stamps are longer than what people type in one go. */
const LONG = 60

/** A scanner's next key comes sooner than this, in milliseconds; a person who presses a button presses one key. */
const NEXT_KEY = 80

/** Browsers open their own search with these. */
const QUICK_SEARCH = new Set(['/', "'"])

/** Listens to a hand scanner wherever the focus is. In fields that people type in only a whole stamp counts. */
export function listenToScanner(page: Document, onScan: (reading: Reading) => void): void {
  const wedge = createWedge()
  let resting: number | undefined
  let pressing: number | undefined
  /** What stood in a field before a scan began to type into it. */
  let before = ''

  page.addEventListener(
    'keydown',
    (event) => {
      window.clearTimeout(pressing)
      const { code, shiftKey: shift, timeStamp: time } = event
      const key = keyOf(event, wedge.isReading(time))
      if (key === undefined) return
      if (key === 'Control') return event.preventDefault()
      const field = isField(event.target) ? event.target : undefined
      if (field !== undefined && !wedge.isReading(time, 0)) before = field.value
      const pressed = wedge.press({ key, code, shift, time })
      window.clearTimeout(resting)
      if (pressed === 'ignored') {
        if (field === undefined && QUICK_SEARCH.has(key)) event.preventDefault()
        if (key === ' ' && isPressable(event.target)) pressing = pressLater(event)
        return
      }
      if (field !== undefined && !isLong(pressed)) return
      // Otherwise the scan's spaces and its Enter would press the button that has the focus.
      event.preventDefault()
      if (typeof pressed === 'object') {
        if (field !== undefined) restore(field, before)
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

/**
 * The key of a scan. Some scanners type control characters as shortcuts: Ctrl + J for a line end, which would open the
 * browser's downloads; a shortcut in the midst of a scan is never a person's.
 * @returns undefined for what belongs to the browser, `Control` for what belongs to nobody
 */
function keyOf(event: KeyboardEvent, isReading: boolean): string | undefined {
  if (!isShortcut(event)) return event.key
  if (!isReading) return undefined
  return /^[jm]$/i.test(event.key) ? 'Enter' : 'Control'
}

/** Takes out of a field what a scan typed into it, and lets whoever keeps the field's words know. */
function restore(field: HTMLInputElement | HTMLTextAreaElement, before: string): void {
  field.value = before
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** A scan may begin with a space: a button is pressed by one only if no other key follows at once. */
function pressLater(event: KeyboardEvent): number {
  const target = event.target as HTMLElement
  event.preventDefault()
  // The button's own press comes with the key's release.
  target.addEventListener('keyup', (released) => released.preventDefault(), { once: true })
  return window.setTimeout(() => target.click(), NEXT_KEY)
}

const isLong = (pressed: Pressed): boolean =>
  typeof pressed === 'object' && pressed.reading.byPlace.length >= LONG

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'file', 'range', 'radio'].includes(target.type))

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, summary, input[type=checkbox]')

/** AltGr, which types letters, looks like Ctrl and Alt together. */
const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.altKey || event.metaKey) &&
  !event.getModifierState('AltGraph') &&
  !['Control', 'Alt', 'Meta'].includes(event.key)
