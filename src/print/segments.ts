import { argumentRange, argumentType } from '../lib/errors.ts'
import { MAX_TEXT_LENGTH } from '../stamp/carrier.ts'

/** A part of a text in the QR mode that packs it most tightly (ISO/IEC 18004 §7.4). */
export interface Segment {
  readonly mode: 'numeric' | 'alphanumeric'
  readonly data: string
}

const LETTERS = /^[0-9A-Z $%*+\-./:]+$/
const DIGITS = /^[0-9]+$/
const EXPECTED = `a carrier's text: 1 to ${MAX_TEXT_LENGTH} of 0-9 A-Z space $ % * + - . / :`

/**
 * The segments of a carrier's text: digits as numbers, an address and base45 as QR's 45 letters.
 * @throws an argument error for a text outside the carriers' letters
 */
export function segmentsOf(text: string): Segment[] {
  if (typeof text !== 'string') throw argumentType('text', EXPECTED, text)
  if (text.length > MAX_TEXT_LENGTH || !LETTERS.test(text)) throw argumentRange('text', EXPECTED, text)
  // A link's digits are a segment of their own: as letters they would take two versions more.
  const end = text.startsWith('HTTPS://') ? text.lastIndexOf('/') + 1 : 0
  const [prefix, rest] = [text.slice(0, end), text.slice(end)]
  const segments: Segment[] = []
  if (prefix !== '') segments.push({ mode: 'alphanumeric', data: prefix })
  if (DIGITS.test(rest)) segments.push({ mode: 'numeric', data: rest })
  else if (rest !== '') segments.push({ mode: 'alphanumeric', data: rest })
  return segments
}
