import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  halfRolls,
  type PatternMaker,
  rollsWithHoles,
  seededRandom,
  uniform,
  wholeRolls,
} from '../../bench/lib/serial-patterns.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { share } from '../support/laws.ts'

const ISSUED = 1_000_000

/** The sizes of sets of a pattern, ten in CI: in bits, the bound's, the runs', and what a Token Status List takes. */
const sizes = (maker: PatternMaker, revoked: number) =>
  share([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3).map((seed) => {
    const { serials, boundBits } = maker(ISSUED, revoked, seededRandom(seed))
    const set = serialSetOf(serials)
    const bitstring = new Uint8Array(ISSUED / 8)
    for (const serial of serials) bitstring[serial >> 3]! |= 1 << (serial & 7)
    return {
      bits: 8 * encodeSerialSet(set).length,
      boundBits,
      runs: set.firsts.length,
      statusListBits: 8 * deflateSync(bitstring, { level: 9 }).length,
    }
  })

describe('the size of a serial set, count of runs included', () => {
  it.each([
    ['uniform', uniform, 1000, 1.04],
    ['uniform', uniform, 20_000, 1.04],
    ['half rolls, half single', halfRolls, 10_000, 1.05],
    ['rolls with holes', rollsWithHoles, 10_000, 1.1],
  ] as const)('of a pattern that is %s stays near the bound', (_, maker, revoked, max) => {
    for (const { bits, boundBits } of sizes(maker, revoked)) expect(bits / boundBits).toBeLessThan(max)
  })

  it('of ten and more whole rolls is at most 40 bits a run', () => {
    for (const { bits, runs } of [...sizes(wholeRolls, 10_000), ...sizes(wholeRolls, 50_000)]) {
      expect(bits / runs).toBeLessThan(40)
    }
  })

  it('is below that of a Token Status List, from one serial on', () => {
    const all = [1, 10, 100, 30_000].flatMap((revoked) => sizes(uniform, revoked))
    const rolls = [wholeRolls, halfRolls, rollsWithHoles].flatMap((maker) => sizes(maker, 3000))
    for (const { bits, statusListBits } of [...all, ...rolls]) expect(bits).toBeLessThan(statusListBits)
  })
})
