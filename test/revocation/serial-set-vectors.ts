import { toHex } from '../../src/lib/bytes.ts'
import { type SerialRange, serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'

export interface SerialSetVector {
  readonly name: string
  /** The set as ascending runs, first and last serial included; absent where the bytes are refused. */
  readonly runs?: readonly (readonly [number, number])[]
  readonly hex: string
  /** Why the bytes are refused. */
  readonly malformed?: string
}

const MAX = Number.MAX_SAFE_INTEGER

const single = (serial: number): SerialRange => ({ first: serial, last: serial })
const every = (count: number, step: number, length: number): SerialRange[] =>
  Array.from({ length: count }, (_, i) => ({ first: i * step, last: i * step + length - 1 }))

const SETS: Readonly<Record<string, readonly SerialRange[]>> = {
  'the empty set': [],
  'serial 0': [single(0)],
  'serial 1': [single(1)],
  'serial 90001': [single(90_001)],
  'the highest serial': [single(MAX)],
  'every serial there is': [{ first: 0, last: MAX }],
  'the lowest and the highest serial': [single(0), single(MAX)],
  'a roll of 1000': [{ first: 41_000, last: 41_999 }],
  'a roll of 1000 with three holes': [
    { first: 41_000, last: 41_099 },
    { first: 41_101, last: 41_499 },
    { first: 41_502, last: 41_999 },
  ],
  'two rolls and three single serials': [
    single(7),
    { first: 1000, last: 1999 },
    single(2024),
    { first: 5000, last: 5999 },
    single(90_001),
  ],
  'serials of every width': Array.from({ length: 52 }, (_, power) => single(2 ** (power + 1) - 1)),
  'every other serial, 200 times': every(200, 2, 1),
  'one serial in a hundred, 127 times': every(127, 100, 1),
  'runs of ten with one missing, 128 times': every(128, 11, 10),
}

/** Bytes that break one rule each. */
const REFUSED: readonly (readonly [name: string, hex: string, detail: string])[] = [
  ['no bytes', '', 'serial_set_truncated'],
  ['one zero byte', '00', 'serial_set_spelling'],
  ['the empty set with a byte behind', '0101', 'serial_set_spelling'],
  ['a fraction at the end of the first interval', 'ffffffff', 'serial_set_spelling'],
  ['2^53 − 1 runs', 'fffffffeffffffffffff', 'serial_set_runs'],
]

/** Good bytes, spoilt at the end. */
const SPOILT: readonly (readonly [name: string, spoil: (good: string) => string, detail: string])[] = [
  ['a zero byte behind', (good) => `${good}00`, 'serial_set_spelling'],
  ['an odd byte behind', (good) => `${good}01`, 'serial_set_spelling'],
  ['an even last byte', (good) => withLastByte(good, 1), 'serial_set_spelling'],
  ['the next odd last byte', (good) => withLastByte(good, 2), 'serial_set_spelling'],
  ['cut by three bytes', (good) => good.slice(0, -6), 'serial_set_truncated'],
]

function withLastByte(good: string, more: number): string {
  const last = Number.parseInt(good.slice(-2), 16) + more
  return good.slice(0, -2) + last.toString(16).padStart(2, '0')
}

export function serialSetVectors(): SerialSetVector[] {
  const spelled = (runs: readonly SerialRange[]) => toHex(encodeSerialSet(serialSetOf(runs)))
  const good = spelled(SETS['two rolls and three single serials']!)
  return [
    ...Object.entries(SETS).map(([name, runs]) => ({
      name,
      runs: runs.map(({ first, last }) => [first, last] as const),
      hex: spelled(runs),
    })),
    ...REFUSED.map(([name, hex, malformed]) => ({ name, hex, malformed })),
    ...SPOILT.map(([name, spoil, malformed]) => ({ name, hex: spoil(good), malformed })),
  ]
}

/** What test/vectors/serial-sets.json holds. */
export function serialSetVectorsText(): string {
  const lines = serialSetVectors().map((vector) => `    ${JSON.stringify(vector)}`)
  return `{\n  "vectors": [\n${lines.join(',\n')}\n  ]\n}\n`
}
