import { decodeBase45, encodeBase45 } from '../codec/base45.ts'
import { decodeDigits, encodeDigits } from '../codec/digits.ts'
import type { Bytes } from '../lib/bytes.ts'
import { argumentRange, Malformed } from '../lib/errors.ts'
import { decodeLink, MAX_LINK_LENGTH } from './gs1-link.ts'
import { checkPrefix, isPrefix } from './prefix.ts'

/** The text forms of a code, told apart by the text alone (SPEC.md, "Carriers"). */
export type Carrier = 'base45' | 'digits' | 'url' | 'gs1'

export interface CarrierText {
  readonly carrier: Carrier
  readonly code: Uint8Array
  /** The part of a `url` before its digits, of a `gs1` before its keys. Not signed. */
  readonly prefix?: string | undefined
}

/** The longest code, 192 bytes, takes 288 base45 letters or 463 digits. */
export const MAX_BASE45_LENGTH = 288
export const MAX_DIGITS_LENGTH = 463
/** A link of GS1; an address with its prefix is shorter. */
export const MAX_TEXT_LENGTH = MAX_LINK_LENGTH
/** The same, with what scanners add at the ends of the longest text. */
export const MAX_SCAN_LENGTH = MAX_TEXT_LENGTH + 9

const SCHEME = 'HTTPS://'

/** The text of a code in a carrier without a prefix. */
export const encodeText = (code: Uint8Array, carrier: 'base45' | 'digits'): string =>
  checkCarrier(carrier) === 'base45' ? encodeBase45(code) : encodeDigits(code)

function checkCarrier(carrier: 'base45' | 'digits'): 'base45' | 'digits' {
  if (carrier === 'base45' || carrier === 'digits') return carrier
  throw argumentRange('carrier', 'base45 or digits; toUrl and toGs1Link make addresses', carrier)
}

/** The text of a code behind a prefix. @throws an argument error for a prefix that `isPrefix` refuses */
export const encodeUrl = (code: Uint8Array, prefix: string): string =>
  checkPrefix(prefix) + encodeDigits(code)

/** Without the line ends and tabs that scanners add. Spaces stay: they are base45 letters. */
export const stripEnds = (text: string): string => text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '')

/** The code that a text carries. @throws Malformed with a detail that begins `text_`, `base45_`, `digits_` or `gs1_` */
export function decodeText(text: string): CarrierText {
  if (text.length === 0) throw new Malformed('text_empty')
  if (text.length > MAX_TEXT_LENGTH) throw new Malformed('text_length')
  if (text.startsWith(SCHEME))
    return text.includes('?') ? { carrier: 'gs1', ...decodeLink(text) } : decodeUrl(text)
  if (/^[0-9]+$/.test(text)) return { carrier: 'digits', code: boundedDigits(text) }
  if (text.length > MAX_BASE45_LENGTH) throw new Malformed('text_length')
  return { carrier: 'base45', code: decodeBase45(text) }
}

function decodeUrl(text: string): CarrierText {
  const slash = text.lastIndexOf('/') + 1
  const end = text[slash] === '#' ? slash + 1 : slash
  const prefix = text.slice(0, end)
  if (!isPrefix(prefix)) throw new Malformed('text_prefix')
  return { carrier: 'url', code: boundedDigits(text.slice(end)), prefix }
}

function boundedDigits(text: string): Bytes {
  if (text.length > MAX_DIGITS_LENGTH) throw new Malformed('text_length')
  return decodeDigits(text)
}
