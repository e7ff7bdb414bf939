/** The patterns of revoked serials that sizes are measured on, drawn from a seed, and the fewest bits each can take. */

export interface Pattern {
  readonly name: string
  /** Ascending. */
  readonly serials: Uint32Array
  /** log2 of the number of sets of this pattern: what an ideal code takes on average. */
  readonly boundBits: number
}

/** Serials are 0 to `issued` − 1; about `revoked` of them are drawn; `random` gives numbers from 0 up to 1. */
export type PatternMaker = (issued: number, revoked: number, random: () => number) => Pattern

/** Serials a roll. */
export const ROLL = 1000

/** Each serial alike. */
export const uniform: PatternMaker = (issued, revoked, random) => ({
  name: 'uniform',
  serials: ascending(draw(issued, revoked, random)),
  boundBits: log2Choose(issued, revoked),
})

/** Rolls of 1000, each roll alike. */
export const wholeRolls: PatternMaker = (issued, revoked, random) => {
  const rolls = rollsIn(revoked)
  return {
    name: 'whole rolls',
    serials: ascending(drawRolls(issued, rolls, random)),
    boundBits: log2Choose(issued / ROLL, rolls),
  }
}

/** One half in whole rolls, the other spread over what is left. */
export const halfRolls: PatternMaker = (issued, revoked, random) => {
  const rolls = rollsIn(revoked / 2)
  const singles = revoked - rolls * ROLL
  return {
    name: 'half rolls, half single',
    serials: ascending(draw(issued, singles, random, drawRolls(issued, rolls, random))),
    boundBits: log2Choose(issued / ROLL, rolls) + log2Choose(issued - rolls * ROLL, singles),
  }
}

/** Rolls with one serial in ten left out. */
export const rollsWithHoles: PatternMaker = (issued, revoked, random) => {
  const rolls = rollsIn(revoked / 0.9)
  const serials = ascending(drawRolls(issued, rolls, random)).filter(() => random() < 0.9)
  return {
    name: 'rolls with holes',
    serials,
    boundBits: log2Choose(issued / ROLL, rolls) + log2Choose(rolls * ROLL, serials.length),
  }
}

/** The fewest revoked serials that a pattern is measured on: ten rolls', where it has rolls. */
export const leastRevoked = (maker: PatternMaker): number => (maker === uniform ? 1 : 10 * ROLL)

/** log2 of the number of ways to choose r of n. */
export function log2Choose(n: number, r: number): number {
  let bits = 0
  for (let i = 1; i <= r; i++) bits += Math.log2((n - r + i) / i)
  return bits
}

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const rollsIn = (serials: number): number => Math.max(1, Math.round(serials / ROLL))

const ascending = (serials: Set<number>): Uint32Array => Uint32Array.from(serials).sort()

function draw(below: number, count: number, random: () => number, drawn = new Set<number>()): Set<number> {
  const size = drawn.size + count
  while (drawn.size < size) drawn.add(Math.floor(random() * below))
  return drawn
}

function drawRolls(issued: number, rolls: number, random: () => number): Set<number> {
  const serials = new Set<number>()
  for (const roll of draw(issued / ROLL, rolls, random))
    for (let i = 0; i < ROLL; i++) serials.add(roll * ROLL + i)
  return serials
}
