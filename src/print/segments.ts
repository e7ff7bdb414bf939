import { argumentRange, argumentType } from '../lib/errors.ts'
import { MAX_TEXT_LENGTH } from '../stamp/carrier.ts'
import { countBits, type Mode, type Segment } from './segment.ts'

const LETTERS = /^[0-9A-Z $%*+\-./:]+$/
/** A link of GS1, or an address whose digits stand behind a `#`. */
const LINK = /^HTTPS:\/\/[0-9A-Z.:/-]+(?:#[0-9]*|[0-9A-Za-z._%/-]*\?[0-9=&v]+)$/
const DIGITS = /^[0-9]+$/
const EXPECTED = `a carrier's text: 1 to ${MAX_TEXT_LENGTH} of 0-9 A-Z space $ % * + - . / :, or a link`

/**
 * The segments of a carrier's text: digits as numbers, an address and base45 as QR's 45 letters, and of a link whatever
 * takes the fewest bits.
 * @param version of the symbol: from 10 and from 27 on, segments take more bits to begin
 * @throws an argument error for a text outside the carriers' letters
 */
export function segmentsOf(text: string, version: number): Segment[] {
  if (typeof text !== 'string') throw argumentType('text', EXPECTED, text)
  if (text.length > MAX_TEXT_LENGTH || !(LETTERS.test(text) || LINK.test(text)))
    throw argumentRange('text', EXPECTED, text)
  return plainSegments(text) ?? tightestSegments(text, version)
}

/** Of what all but links are: at most one segment of letters, then one of digits. */
function plainSegments(text: string): Segment[] | undefined {
  if (!LETTERS.test(text)) return undefined
  // An address's digits are a segment of their own: as letters they would take two versions more.
  const end = text.startsWith('HTTPS://') ? text.lastIndexOf('/') + 1 : 0
  const [prefix, rest] = [text.slice(0, end), text.slice(end)]
  const segments: Segment[] = []
  if (prefix !== '') segments.push({ mode: 'alphanumeric', data: prefix })
  if (DIGITS.test(rest)) segments.push({ mode: 'numeric', data: rest })
  else if (rest !== '') segments.push({ mode: 'alphanumeric', data: rest })
  return segments
}

/** Each holds what those before it hold. */
const MODES: readonly Mode[] = ['numeric', 'alphanumeric', 'byte']
/** Sixths of a bit a letter: ten bits for three digits, eleven for two letters, eight for a byte. */
const COSTS: readonly number[] = [20, 33, 48]

/** Neighbours that the same modes can hold, from the place in `MODES` on. */
interface Stretch {
  readonly from: number
  data: string
}

/**
 * The cheapest way through all stretches: forward by what it costs to be in each mode after each of them, and back along
 * the steps that were taken.
 */
function tightestSegments(text: string, version: number): Segment[] {
  const stretches = stretchesOf(text)
  const heads = MODES.map((mode) => 6 * (4 + countBits(mode, version)))
  let costs = heads
  const steps = stretches.map(({ from, data }) => {
    const held = costs.map((cost, mode) =>
      mode < from ? Number.POSITIVE_INFINITY : cost + data.length * COSTS[mode]!,
    )
    // A segment ends with a whole bit.
    const ends = held.map((cost) => 6 * Math.ceil(cost / 6))
    const end = Math.min(...ends)
    const best = ends.indexOf(end)
    costs = heads.map((head, mode) => Math.min(held[mode]!, end + head))
    return heads.map((head, mode) => (end + head < held[mode]! ? best : mode))
  })
  let mode = costs.indexOf(Math.min(...costs))
  const modes = steps.reverse().map((step) => {
    mode = step[mode]!
    return MODES[mode]!
  })
  return joined(stretches, modes.reverse())
}

function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = []
  for (const [data] of text.matchAll(/\d+|[A-Z $%*+\-./:]+|[^0-9A-Z $%*+\-./:]+/g)) {
    stretches.push({ from: DIGITS.test(data) ? 0 : LETTERS.test(data) ? 1 : 2, data })
  }
  return stretches
}

function joined(stretches: readonly Stretch[], modes: readonly Mode[]): Segment[] {
  const segments: { mode: Mode; data: string }[] = []
  for (const [at, { data }] of stretches.entries()) {
    const last = segments.at(-1)
    if (last !== undefined && last.mode === modes[at]) last.data += data
    else segments.push({ mode: modes[at]!, data })
  }
  return segments
}
