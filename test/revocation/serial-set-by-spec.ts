/**
 * A reading of docs/spec/revocation.md's "Serial set" word by word, in plain numbers and without any of the product's
 * code: so that what the page says is known to be enough.
 */

type Runs = readonly (readonly [first: number, last: number])[]

const MAX_RUNS = 2 ** 22
const MAX = 2 ** 53 - 1

interface Slot {
  zero: number
  step: number
}

type Kind = 'digits' | 'second' | 'lower'

/** The slots of one table, made when they are first asked for. */
const table = (): ((kind: Kind, which: number) => Slot) => {
  const slots: Record<Kind, Slot[]> = { digits: [], second: [], lower: [] }
  return (kind, which) => {
    slots[kind][which] ??= kind === 'digits' ? { zero: 16384, step: 2 } : { zero: 32768, step: 8 }
    return slots[kind][which]
  }
}
type Table = ReturnType<typeof table>

const boundOf = (range: number, slot: Slot): number => Math.floor(range / 65536) * slot.zero

function learn(slot: Slot, bit: number): void {
  slot.zero += bit === 0 ? Math.floor((65536 - slot.zero) / slot.step) : -Math.floor(slot.zero / slot.step)
  slot.step = Math.min(255, slot.step + 1)
}

/** The runs that the bytes spell; undefined where the page has them refused. */
export function decodeBySpec(bytes: Uint8Array): Runs | undefined {
  let range = 2 ** 32 - 1
  let code = 0
  let past = 0
  let at = 0
  const readByte = (): void => {
    if (at >= bytes.length) past++
    code = code * 256 + (bytes[at++] ?? 0)
  }
  const decide = (slot: Slot): number => {
    const bound = boundOf(range, slot)
    const bit = code < bound ? 0 : 1
    if (bit === 1) code -= bound
    range = bit === 0 ? bound : range - bound
    learn(slot, bit)
    for (; range < 2 ** 24; range *= 256) readByte()
    return bit
  }
  const number = (slots: Table): number => {
    let digits = 0
    while (digits < 53 && decide(slots('digits', digits)) === 1) digits++
    if (digits < 2) return digits
    let value = 2 + decide(slots('second', digits))
    for (let p = digits - 3; p >= 0; p--) value = 2 * value + decide(slots('lower', p))
    return value
  }

  for (let i = 0; i < 4; i++) readByte()
  if (code === 2 ** 32 - 1) return undefined
  const count = number(table())
  if (count > MAX_RUNS) return undefined
  const [gaps, lengths] = [table(), table()]
  const runs: [number, number][] = []
  for (let min = 0; runs.length < count; min = runs.at(-1)![1] + 2) {
    const [gap, length] = [number(gaps), number(lengths)]
    if (past > 3 || gap > MAX - min || length > MAX - min - gap) return undefined
    runs.push([min + gap, min + gap + length])
  }
  const k = range < 2 ** 25 ? 2 : 3
  return past === k && bytes.at(-1)! % 2 === 1 && code < 2 ** (8 * k + 1) ? runs : undefined
}

/** What was decided on the way: the states after the decision, before the interval is widened. */
export interface Step {
  readonly slot: string
  readonly zero: number
  readonly bit: number
  readonly low: number
  readonly range: number
}

/** The bytes of a set of ascending runs, and every decision on the way to them. */
export function encodeBySpec(runs: Runs): { bytes: Uint8Array; steps: Step[] } {
  const bytes: number[] = []
  const steps: Step[] = []
  let low = 0
  let range = 2 ** 32 - 1
  const carry = (): void => {
    let last = bytes.length - 1
    for (; bytes[last] === 255; last--) bytes[last] = 0
    bytes[last]! += 1
  }
  const writeByte = (): void => {
    bytes.push(Math.floor(low / 2 ** 24))
    low = (low % 2 ** 24) * 256
  }
  const decide = (slots: Table, kind: Kind, which: number, bit: number): void => {
    const slot = slots(kind, which)
    const bound = boundOf(range, slot)
    range = bit === 0 ? bound : range - bound
    if (bit === 1) low += bound
    if (low >= 2 ** 32) carry()
    low %= 2 ** 32
    steps.push({ slot: `${kind} ${which}`, zero: slot.zero, bit, low, range })
    learn(slot, bit)
    for (; range < 2 ** 24; range *= 256) writeByte()
  }
  const number = (slots: Table, value: number): void => {
    const binary = value === 0 ? '' : value.toString(2)
    const digits = binary.length
    for (let n = 0; n <= digits && n < 53; n++) decide(slots, 'digits', n, digits > n ? 1 : 0)
    if (digits >= 2) decide(slots, 'second', digits, Number(binary[1]))
    for (let p = digits - 3; p >= 0; p--) decide(slots, 'lower', p, Number(binary[digits - 1 - p]))
  }

  number(table(), runs.length)
  const [gaps, lengths] = [table(), table()]
  let min = 0
  for (const [first, last] of runs) {
    number(gaps, first - min)
    number(lengths, last - first)
    min = last + 2
  }
  if (range < 2 ** 25) writeByte()
  let odd = 1
  while (odd * 2 ** 24 < low) odd += 2
  if (odd === 257) carry()
  bytes.push(odd % 256)
  return { bytes: Uint8Array.from(bytes), steps }
}
