import { tidyScan, type Verdict } from 'veristamp/verify'
import { isStamp } from '../../../shared/is-stamp.ts'
import { readSetup } from './setup.ts'
import type { Reading } from './wedge.ts'
import { textsOf } from './wedge.ts'

/**
 * Why nothing is answered. None of these is a fault of some goods, so none is red, and none is remembered: `foreign`,
 * another code than a stamp; `setup`, a kiosk's set-up; `hidden_first`, a hidden code without its stamp; `again`, a
 * reading that was broken on the way; `input_method`, one that Telex or VNI changed.
 */
export type Notice = 'foreign' | 'setup' | 'hidden_first' | 'again' | 'input_method'

/** What a hand scanner typed: a stamp, or why there is nothing to answer. */
export type Read =
  | { readonly stamp: string }
  | { readonly notice: Notice /** What to compare the next reading with. */; readonly text: string }

/** As many letters as no barcode of a shop has. */
const LONG = 60
/** Digits that are a code by themselves: 69 bytes are 166 of them. */
const CODE_DIGITS = /\d{160,}/g
const HIDDEN_CODE = /^[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){3}$/i

type Verify = (text: string) => Verdict

/** The stamps among the codes of a picture, each once, in the same order. */
export function stampsAmong(texts: readonly string[], verify: Verify): readonly string[] {
  const tidy = new Set(texts.map(tidyScan))
  return [...tidy].filter((text) => isStamp(text, verify(text)))
}

/** Why the codes of a picture are no stamps. */
export function noticeOf(texts: readonly string[]): Notice {
  if (texts.some((text) => HIDDEN_CODE.test(text))) return 'hidden_first'
  return texts.some(isSetup) ? 'setup' : 'foreign'
}

const isSetup = (text: string): boolean => readSetup(new TextEncoder().encode(text)) !== undefined

/**
 * Reads what a hand scanner typed.
 * @param asked the text for which the last reading was asked for once more
 */
export function readKeys(reading: Reading, verify: Verify, asked?: string): Read {
  const texts = textsOf(reading).map(tidyScan)
  const stamps = [...texts, ...rescued(reading)].filter((text) => isStamp(text, verify(text)))
  const sound = stamps.find((text) => !failsBySignature(verify(text)))
  if (sound !== undefined) return { stamp: sound }
  const [stamp] = stamps
  // One letter that was lost on the way makes a forgery of every stamp: a real one is read the same twice.
  if (stamp !== undefined) return stamp === asked ? { stamp } : { notice: 'again', text: stamp }
  const text = texts[0] ?? ''
  if (texts.some((each) => HIDDEN_CODE.test(each))) return { notice: 'hidden_first', text }
  if (isMangled(reading)) return { notice: 'input_method', text }
  if (texts.some(isSetup)) return { notice: 'setup', text }
  const isBroken = text.length >= LONG && text !== asked && !texts.some(isElse)
  return { notice: isBroken ? 'again' : 'foreign', text }
}

/** A text that is whole as something else: a payment's code, or a link without a stamp's many digits. */
const isElse = (text: string): boolean =>
  isPayment(text) || (/^https?:\/\//i.test(text) && !LINK_DIGITS.test(text))

const LINK_DIGITS = /\d{40}/

/** A bank's QR code: EMV's two digits of a tag, two of a length, and so on to the end (VietQR). */
function isPayment(text: string): boolean {
  if (!text.startsWith('000201')) return false
  let at = 0
  while (at < text.length) {
    const head = /^\d{4}/.exec(text.slice(at, at + 4))
    if (head === null) return false
    at += 4 + Number(head[0].slice(2))
  }
  return at === text.length
}

/** Without the signature nothing that such a text says is known: its key's number may be garbled too. */
const failsBySignature = (verdict: Verdict): boolean =>
  'reason' in verdict && (verdict.reason === 'bad_signature' || verdict.reason === 'unknown_key')

/** An input method changes letters, and leaves digits that stand together alone: they are a carrier by themselves. */
const rescued = ({ byLetter, byPlace }: Reading): readonly string[] =>
  [byLetter, byPlace].flatMap((text) => text.match(CODE_DIGITS) ?? [])

const isMangled = ({ byLetter, composed }: Reading): boolean => composed || /[^\x20-\x7e]/.test(byLetter)
