import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { runsOf, serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { flipBit, hex, malformedDetail } from '../support/bytes.ts'
import { runs } from '../support/laws.ts'
import { serialRuns } from '../support/serial-sets.ts'
import { decodeBySpec, encodeBySpec } from './serial-set-by-spec.ts'
import type { SerialSetVector } from './serial-set-vectors.ts'

const TEXT = readFileSync(new URL('../vectors/serial-sets.json', import.meta.url), 'utf8')
const VECTORS: readonly SerialSetVector[] = JSON.parse(TEXT).vectors

/** What the library reads: the runs, or undefined where it refuses. */
function decodeByLibrary(bytes: Uint8Array): (readonly [number, number])[] | undefined {
  if (malformedDetail(() => decodeSerialSet(bytes)) !== undefined) return undefined
  return [...runsOf(decodeSerialSet(bytes))].map(({ first, last }) => [first, last] as const)
}

describe('a serial set as docs/spec/revocation.md has it, word by word', () => {
  it.each(VECTORS)('is read and written as the vector says: $name', ({ runs, hex: digits }) => {
    expect(decodeBySpec(hex(digits))).toEqual(runs)
    if (runs !== undefined) expect(toHex(encodeBySpec(runs).bytes)).toBe(digits)
  })

  it('is read and written as the library has it, spoilt bytes too', () => {
    fc.assert(
      fc.property(serialRuns, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), (made, at, tail) => {
        const set = serialSetOf(made)
        const bytes = encodeSerialSet(set)
        const runs = [...runsOf(set)].map(({ first, last }) => [first, last] as const)
        expect(encodeBySpec(runs).bytes).toEqual(bytes)
        for (const spoilt of [
          bytes,
          flipBit(bytes, at % (8 * bytes.length)),
          bytes.subarray(0, at % bytes.length),
          concatBytes(bytes, tail),
        ]) {
          expect(decodeBySpec(spoilt)).toEqual(decodeByLibrary(spoilt))
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('is refused where the library refuses it: every string of two bytes', () => {
    let accepted = 0
    for (let value = 0; value < 2 ** 16; value++) {
      const bytes = Uint8Array.of(value >> 8, value & 255)
      const runs = decodeBySpec(bytes)
      const byLibrary = decodeByLibrary(bytes)
      if (runs === undefined && byLibrary === undefined) continue
      accepted++
      expect(byLibrary).toEqual(runs)
    }
    expect(accepted).toBeGreaterThan(500)
  })
})
