import { describe, expect, it } from 'vitest'
import { compareRounds, type Round } from '../../bench/lib/compare.ts'
import type { ResultRow } from '../../bench/lib/results.ts'

const row = (fields: Partial<ResultRow>): ResultRow => ({
  bench: 'verify-many',
  subject: 'wasm',
  peer: 'node:crypto',
  ratio: 10,
  medianMicroseconds: 12,
  spread: 0.02,
  machine: 'm',
  node: 'v20',
  date: '2026-11-29',
  ...fields,
})
const rounds = (older: readonly number[], newer: readonly number[]): Round[] =>
  older.map((ratio, at) => [[row({ ratio })], [row({ ratio: newer[at]! })]])

describe('benches of two commits', () => {
  it('tell a drop of more than 5 % on a quiet machine', () => {
    const [found] = compareRounds(rounds([10, 10.1, 9.9, 10, 10], [9.3, 9.4, 9.2, 9.3, 9.35]))
    expect(found).toMatchObject({ row: 'verify-many, wasm, node:crypto', isDrop: true })
    expect(found!.change).toBeCloseTo(0.93, 2)
  })

  it('tell no drop of 5 % and less, nor a gain', () => {
    expect(compareRounds(rounds([10, 10, 10], [9.6, 9.6, 9.6]))[0]!.isDrop).toBe(false)
    expect(compareRounds(rounds([10, 10, 10], [15, 15, 15]))[0]!.isDrop).toBe(false)
  })

  it('tell no drop that the noise of the rounds may have made, and one that it may not', () => {
    const noisy = compareRounds(rounds([10, 10, 10, 10, 10], [9, 11, 8, 10.5, 7]))
    expect(noisy[0]!.isDrop).toBe(false)
    expect(compareRounds(rounds([10, 10, 10, 10, 10], [5, 5.5, 4.5, 5.2, 4.8]))[0]!.isDrop).toBe(true)
  })

  it('are not led astray by one round that was disturbed', () => {
    expect(compareRounds(rounds([10, 10, 10, 10, 10], [10, 10, 2, 10, 10]))[0]!.isDrop).toBe(false)
  })

  it('take time where there is no peer, and leave bytes and rows of one commit alone out', () => {
    const alone = (medianMicroseconds: number) => row({ peer: null, ratio: null, medianMicroseconds })
    const bytes = row({ subject: 'bytes', medianMicroseconds: null, ratio: 1.2 })
    const all: Round[] = [
      [
        [alone(10), bytes],
        [alone(20), bytes, row({ subject: 'new' })],
      ],
    ]
    expect(compareRounds(all)).toEqual([
      { row: 'verify-many, wasm', change: 0.5, deviation: 0, isDrop: true },
    ])
    expect(compareRounds([])).toEqual([])
  })
})
