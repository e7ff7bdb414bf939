import type { CDPSession, Page } from 'playwright-core'

/** A hand scanner that types as on a US keyboard, and a computer that understands its keys in some layout. */

/** What a key types, plain and with Shift, by its place. Keys that are not named type as in the US. */
export type Layout = Readonly<Record<string, readonly [plain: string, shifted: string]>>

const letters = (places: string, typed: string): Layout =>
  Object.fromEntries(
    [...places].map((place, i) => [`Key${place}`, [typed[i]!.toLowerCase(), typed[i]!]] as const),
  )

/** France. */
export const AZERTY: Layout = {
  ...letters('QWAZ', 'AZQW'),
  KeyM: [',', '?'],
  Semicolon: ['m', 'M'],
  Comma: [';', '.'],
  Period: [':', '/'],
  Slash: ['!', '§'],
  Minus: [')', '°'],
  Digit1: ['&', '1'],
  Digit2: ['é', '2'],
  Digit3: ['"', '3'],
  Digit4: ["'", '4'],
  Digit5: ['(', '5'],
  Digit6: ['-', '6'],
  Digit7: ['è', '7'],
  Digit8: ['_', '8'],
  Digit9: ['ç', '9'],
  Digit0: ['à', '0'],
}

/** Windows' own Vietnamese keyboard. */
export const VIETNAMESE: Layout = {
  Digit1: ['ă', '!'],
  Digit2: ['â', '@'],
  Digit3: ['ê', '#'],
  Digit4: ['ô', '$'],
  Digit5: ['̀', '%'],
  Digit6: ['̉', '^'],
  Digit7: ['̃', '&'],
  Digit8: ['́', '*'],
  Digit9: ['̣', '('],
  Digit0: ['đ', ')'],
  Minus: ['-', '_'],
  Equal: ['₫', '+'],
}

const SYMBOLS: Readonly<Record<string, readonly [code: string, shift: boolean]>> = {
  ' ': ['Space', false],
  $: ['Digit4', true],
  '%': ['Digit5', true],
  '*': ['Digit8', true],
  '+': ['Equal', true],
  '-': ['Minus', false],
  '.': ['Period', false],
  '/': ['Slash', false],
  ':': ['Semicolon', true],
}

/** The key of a US keyboard for a letter that stamps have. */
export function usKey(letter: string): { code: string; shift: boolean } {
  if (/[A-Z]/.test(letter)) return { code: `Key${letter}`, shift: true }
  if (/[0-9]/.test(letter)) return { code: `Digit${letter}`, shift: false }
  const [code, shift] = SYMBOLS[letter]!
  return { code, shift }
}

/** What the computer makes of a key. */
export const understood = (letter: string, layout: Layout): string => {
  const { code, shift } = usKey(letter)
  return layout[code]?.[shift ? 1 : 0] ?? letter
}

const SHIFT = 8
/** Seconds between keys. */
const PACE = 0.008

/** Types a text as a scanner does, with Enter at its end. */
export async function scan(page: Page, text: string, layout: Layout = {}): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const sent: Promise<unknown>[] = []
  let timestamp = Date.now() / 1000
  for (const letter of text) {
    const { code, shift } = usKey(letter)
    timestamp += PACE
    sent.push(
      press(session, { key: understood(letter, layout), code, modifiers: shift ? SHIFT : 0, timestamp }),
    )
  }
  sent.push(press(session, { key: 'Enter', code: 'Enter', modifiers: 0, timestamp: timestamp + PACE }))
  await Promise.all(sent)
  await session.detach()
}

interface Key {
  readonly key: string
  readonly code: string
  readonly modifiers: number
  readonly timestamp: number
}

async function press(session: CDPSession, key: Key): Promise<void> {
  const text = key.key === 'Enter' ? '\r' : key.key
  await Promise.all([
    session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...key }),
    session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ])
}
