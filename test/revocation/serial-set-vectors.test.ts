import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/lib/bytes.ts'
import { runsOf, serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { hex, malformedDetail } from '../support/bytes.ts'
import { decodeByTheBook } from './serial-set-reference.ts'
import { type SerialSetVector, serialSetVectorsText } from './serial-set-vectors.ts'

const TEXT = readFileSync(new URL('../vectors/serial-sets.json', import.meta.url), 'utf8')
const VECTORS: readonly SerialSetVector[] = JSON.parse(TEXT).vectors
const GOOD = VECTORS.filter(({ runs }) => runs !== undefined)
const BAD = VECTORS.filter(({ malformed }) => malformed !== undefined)

describe('the vectors of serial sets', () => {
  it('are what their generator writes', () => {
    expect(TEXT).toBe(serialSetVectorsText())
    expect(GOOD.length + BAD.length).toBe(VECTORS.length)
  })

  it.each(GOOD)('spell $name in both directions', ({ runs, hex: digits }) => {
    const set = serialSetOf(runs!.map(([first, last]) => ({ first, last })))
    expect(toHex(encodeSerialSet(set))).toBe(digits)
    expect([...runsOf(decodeSerialSet(hex(digits)))].map(({ first, last }) => [first, last])).toEqual(runs)
  })

  it.each(GOOD)('are read alike by exact fractions: $name', ({ runs, hex: digits }) => {
    expect(decodeByTheBook(hex(digits))).toEqual(runs!.map(([first, last]) => [BigInt(first), BigInt(last)]))
  })

  it.each(BAD)('refuse $name', ({ hex: digits, malformed }) => {
    expect(malformedDetail(() => decodeSerialSet(hex(digits)))).toBe(malformed)
  })
})
