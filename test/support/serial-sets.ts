import fc from 'fast-check'
import type { SerialRange } from '../../src/revocation/serial-set-algebra.ts'

const MAX = Number.MAX_SAFE_INTEGER

const runFrom = (first: number, length: number): SerialRange => ({
  first,
  last: Math.min(MAX, first + length),
})

/** Anywhere, of any length up to a power of two. */
const scattered = fc.array(
  fc.tuple(fc.maxSafeNat(), fc.nat(52), fc.maxSafeNat()).map(([first, power, length]) => ({
    first,
    last: Math.min(MAX, first + (length % 2 ** power)),
  })),
  { maxLength: 40 },
)

/** Many close to a few places. */
const clustered = fc
  .array(
    fc.tuple(
      fc.maxSafeNat().map((place) => place % (MAX - 1000)),
      fc.array(fc.nat(300), { maxLength: 60 }),
    ),
    {
      maxLength: 4,
    },
  )
  .map((clusters) =>
    clusters.flatMap(([place, offsets]) => offsets.map((offset) => runFrom(place + offset, 0))),
  )

/** The same gap and length over and over: probabilities go to their limits. */
const periodic = fc
  .tuple(fc.nat(10_000), fc.nat(40), fc.nat(1000), fc.nat(3000))
  .map(([start, length, gap, count]) =>
    Array.from({ length: count }, (_, i) => runFrom(start + i * (length + gap + 2), length)),
  )

/** Numbers of every width, at its edges, up to the highest serial. */
const adversarial = fc.array(
  fc.tuple(fc.nat(53), fc.integer({ min: -2, max: 2 }), fc.nat(53)).map(([power, away, lengthPower]) => {
    const first = Math.min(MAX, Math.max(0, 2 ** power + away))
    return runFrom(first, 2 ** lengthPower - 1)
  }),
  { maxLength: 12 },
)

/** Long agreement that one run breaks: the coder learns wrong, then pays and carries. */
const surprising = fc
  .tuple(periodic, adversarial)
  .map(([runs, others]) => [...runs, ...others.map(({ first }) => runFrom(first, 0))])

/** Runs in any order that touch and overlap, of all the ways a set may look. */
export const serialRuns: fc.Arbitrary<readonly SerialRange[]> = fc.oneof(
  scattered,
  clustered,
  periodic,
  adversarial,
  surprising,
)

/** Small sets of small serials, to be held against a plain Set. */
export const smallSerials: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.array(fc.nat(60), { maxLength: 40 }),
  fc.array(fc.nat(5000), { maxLength: 400 }),
  fc
    .tuple(fc.nat(50), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(200))
    .map(([start, on, off, count]) =>
      Array.from({ length: count }, (_, i) => start + Math.floor(i / on) * (on + off) + (i % on)),
    ),
)
