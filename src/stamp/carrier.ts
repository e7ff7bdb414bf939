import { decodeBase45, encodeBase45 } from '../codec/base45.ts'
import { decodeDigits, encodeDigits } from '../codec/digits.ts'
import type { Bytes } from '../lib/bytes.ts'
import { argumentRange, Malformed } from '../lib/errors.ts'

/** The text forms of a code, told apart by the text alone (SPEC.md, "Carriers"). */
export type Carrier = 'base45' | 'digits' | 'url'

export interface CarrierText {
  readonly carrier: Carrier
  readonly code: Uint8Array
  /** The part of a `url` before its digits. Not signed. */
  readonly prefix?: string | undefined
}

/** The longest code, 192 bytes, takes 288 base45 letters or 463 digits. */
export const MAX_BASE45_LENGTH = 288
export const MAX_DIGITS_LENGTH = 463
export const MAX_PREFIX_LENGTH = 64
export const MAX_TEXT_LENGTH = MAX_PREFIX_LENGTH + MAX_DIGITS_LENGTH
/** The same, with what scanners add at the ends of the longest text. */
export const MAX_SCAN_LENGTH = MAX_TEXT_LENGTH + 9

const SCHEME = 'HTTPS://'
/** What a prefix looks like, besides its length. */
export const PREFIX = /^HTTPS:\/\/[0-9A-Z][0-9A-Z.:/-]*\/$/

/** The text of a code in a carrier without a prefix. */
export const encodeText = (code: Uint8Array, carrier: 'base45' | 'digits'): string =>
  checkCarrier(carrier) === 'base45' ? encodeBase45(code) : encodeDigits(code)

function checkCarrier(carrier: 'base45' | 'digits'): 'base45' | 'digits' {
  if (carrier === 'base45' || carrier === 'digits') return carrier
  throw argumentRange('carrier', 'base45 or digits; toUrl makes addresses', carrier)
}

/** The text of a code behind a prefix. @throws an argument error for a prefix that `isPrefix` refuses */
export const encodeUrl = (code: Uint8Array, prefix: string): string =>
  checkPrefix(prefix) + encodeDigits(code)

/** Without the line ends and tabs that scanners add. Spaces stay: they are base45 letters. */
export const stripEnds = (text: string): string => text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '')

/** The code that a text carries. @throws Malformed with a detail that begins `text_`, `base45_` or `digits_` */
export function decodeText(text: string): CarrierText {
  if (text.length === 0) throw new Malformed('text_empty')
  if (text.length > MAX_TEXT_LENGTH) throw new Malformed('text_length')
  if (text.startsWith(SCHEME)) return decodeUrl(text)
  if (/^[0-9]+$/.test(text)) return { carrier: 'digits', code: boundedDigits(text) }
  if (text.length > MAX_BASE45_LENGTH) throw new Malformed('text_length')
  return { carrier: 'base45', code: decodeBase45(text) }
}

function decodeUrl(text: string): CarrierText {
  const end = text.lastIndexOf('/') + 1
  const prefix = text.slice(0, end)
  if (!isPrefix(prefix)) throw new Malformed('text_prefix')
  return { carrier: 'url', code: boundedDigits(text.slice(end)), prefix }
}

function boundedDigits(text: string): Bytes {
  if (text.length > MAX_DIGITS_LENGTH) throw new Malformed('text_length')
  return decodeDigits(text)
}

/**
 * True for what may stand before the digits of a `url`: `HTTPS://`, a host and a path in `0-9 A-Z . : / -`, at
 * most 64 characters, ending in `/`. QR codes pack just these letters tightly.
 */
export const isPrefix = (text: string): boolean => text.length <= MAX_PREFIX_LENGTH && PREFIX.test(text)

/** @throws ArgumentRangeError unless `isPrefix` */
export function checkPrefix(prefix: string): string {
  if (typeof prefix === 'string' && isPrefix(prefix)) return prefix
  throw argumentRange('prefix', 'HTTPS://, then 0-9 A-Z . : / - ending in /, 64 characters at most', prefix)
}
