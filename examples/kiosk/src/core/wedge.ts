import { usLetter } from './us-keyboard.ts'

/**
 * Hand scanners that type like a keyboard ("wedges") press the keys of a US keyboard unless they are set up
 * otherwise, and the computer's own layout or input method turns the keys into letters, often into other ones. So a
 * scan is read twice: by letters, and by the places of the keys.
 */
export interface Reading {
  /** The letters as the computer understood them. */
  readonly byLetter: string
  /** The same keys on a US keyboard. */
  readonly byPlace: string
  /** True when an input method took part: it holds letters back, composes them, or goes back over them. */
  readonly composed: boolean
}

/** Of a KeyboardEvent `keydown`. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly shift: boolean
  /** Milliseconds on any clock. */
  readonly time: number
}

export interface WedgeOptions {
  /** The longest pause between two keys of one scan, in milliseconds: a busy computer hands keys on late. */
  readonly pause?: number
  /** The fewest letters that make a scan. */
  readonly min?: number
}

/** `ignored`: not for a scan, the page may have it. `taken`: belongs to a scan. `reading`: a scan has ended. */
export type Pressed = 'ignored' | 'taken' | { readonly reading: Reading }

export interface Wedge {
  press(key: KeyPress): Pressed
  /** True at a moment at which more than `count` keys of a scan have come, 2 by default: too many for a person. */
  isReading(time: number, count?: number): boolean
  /** To be asked when no key came for a while: scanners may end without Enter. */
  rest(): Reading | undefined
}

const MAX_KEYS = 1_000
const MODIFIERS = new Set(['Shift', 'CapsLock', 'AltGraph', 'Alt', 'Control', 'Meta', 'NumLock'])
const COMPOSING = new Set(['Process', 'Dead', 'Unidentified', 'Backspace'])
const LOST = '\uFFFD'

/** Puts key presses together to scans. */
export function createWedge({ pause = 300, min = 6 }: WedgeOptions = {}): Wedge {
  let keys: KeyPress[] = []
  let last = Number.NEGATIVE_INFINITY

  function end(): Reading | undefined {
    const scan = keys
    keys = []
    return scan.length >= min ? readKeys(scan) : undefined
  }

  return {
    press(key) {
      if (MODIFIERS.has(key.key)) return 'ignored'
      if (key.time - last > pause || keys.length >= MAX_KEYS) keys = []
      last = key.time
      if (key.key === 'Enter' || key.key === 'Tab') {
        const reading = end()
        return reading === undefined ? 'ignored' : { reading }
      }
      if (!types(key)) return 'ignored'
      keys.push(key)
      // A first key may be a person's; what follows at a scanner's pace must press no button.
      return keys.length > 2 ? 'taken' : 'ignored'
    },
    isReading: (time, count = 2) => keys.length > count && time - last <= pause,
    rest: end,
  }
}

const types = ({ key, code, shift }: KeyPress): boolean =>
  [...key].length === 1 || COMPOSING.has(key) || usLetter(code, shift) !== undefined

function readKeys(keys: readonly KeyPress[]): Reading {
  const letters: string[] = []
  for (const { key } of keys) {
    if (key === 'Backspace') letters.pop()
    else letters.push([...key].length === 1 ? key : '')
  }
  return {
    byLetter: letters.join(''),
    byPlace: keys.map(({ code, shift }) => usLetter(code, shift) ?? LOST).join(''),
    composed: keys.some(({ key }) => COMPOSING.has(key)),
  }
}

/** The texts that a reading may stand for, the likelier one first. */
export const textsOf = ({ byLetter, byPlace }: Reading): readonly string[] =>
  byLetter === byPlace ? [byLetter] : [byLetter, byPlace]
