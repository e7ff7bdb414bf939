import { describe, expect, it, vi } from 'vitest'
import type { VerifyJob } from '../../src/ed25519/engine.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { type CountedExports, compileCounted } from './counted-kernel.ts'
import { type ForgedKey, forgeKey, joined, scalar, sign } from './forge.ts'
import { areAlike, fromEdwards, madeOdd, oddDigits, opposite, type Point } from './montgomery.ts'
import { challenge, encode, expectedR, IDENTITY, L, mod, multiplyBase } from './reference.ts'

const KERNEL = await compileCounted()
vi.doMock('../../src/ed25519/wasm/kernel.generated.ts', () => ({ SIMD: KERNEL, SCALAR: '' }))
const { loadBuild } = await import('../../src/ed25519/wasm/wasm-engine.ts')

interface Api {
  instantiate(bytes: Uint8Array): Promise<{ readonly instance: { readonly exports: CountedExports } }>
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Api }

async function instantiate(): Promise<CountedExports> {
  const { instance } = await WebAssembly.instantiate(Buffer.from(KERNEL, 'hex'))
  instance.exports.start()
  return instance.exports
}

const [LANES, LIMBS, PACK] = [2, 10, 80]
const widthOf = (limb: number): number => 26 - (limb % 2)

/** A lane of a pack as a number modulo p. */
function readLane({ memory }: CountedExports, pack: number, lane: number): bigint {
  const words = new Uint32Array(memory.buffer, pack, LANES * LIMBS)
  let [value, weight] = [0n, 0n]
  for (let limb = 0; limb < LIMBS; limb++) {
    value += BigInt(words[LANES * limb + lane]!) << weight
    weight += BigInt(widthOf(limb))
  }
  return mod(value)
}

function writeLane({ memory }: CountedExports, pack: number, lane: number, value: bigint): void {
  const words = new Uint32Array(memory.buffer, pack, LANES * LIMBS)
  let rest = value
  for (let limb = 0; limb < LIMBS; limb++) {
    words[LANES * limb + lane] = Number(rest % 2n ** BigInt(widthOf(limb)))
    rest >>= BigInt(widthOf(limb))
  }
}

/** The point in a lane of a node: (0, 0) is the identity. */
function readPoint(kernel: CountedExports, node: number, lane: number): Point {
  const [u, v] = [readLane(kernel, node, lane), readLane(kernel, node + PACK, lane)]
  return u === 0n && v === 0n ? undefined : [u, v]
}

function writePoint(kernel: CountedExports, node: number, lane: number, point: Point): void {
  const [u, v] = point ?? [0n, 0n]
  writeLane(kernel, node, lane, u)
  writeLane(kernel, node + PACK, lane, v)
}

describe('additions of nodes', () => {
  /** i·B, for negative i too; 0 is the identity. */
  const times = (i: number): Point => {
    const point = fromEdwards(i === 0 ? IDENTITY : multiplyBase(BigInt(Math.abs(i))))
    return i < 0 ? opposite(point) : point
  }
  const numbers = Array.from({ length: 9 }, (_, i) => i - 4)
  const pairs = numbers.flatMap((i) => numbers.map((j) => [i, j] as const))

  it('are right for equal and opposite points and the identity, in every lane, after another', async () => {
    const kernel = await instantiate()
    const left = kernel.NODES.value
    const right = left + 2 * PACK * pairs.length
    // The first opposite points make the kernel look for the identity from then on.
    for (let round = 0; round < 2; round++) {
      for (const [at, [i, j]] of pairs.entries())
        for (let lane = 0; lane < LANES; lane++) {
          // the other lane has the pairs in another order
          const [a, b] = lane === 0 ? [i, j] : pairs[(at * 7 + 3) % pairs.length]!
          if (round === 0 && (a === 0 || b === 0)) {
            writePoint(kernel, left + 2 * PACK * at, lane, times(5))
            writePoint(kernel, right + 2 * PACK * at, lane, times(7))
            continue
          }
          writePoint(kernel, left + 2 * PACK * at, lane, times(a))
          writePoint(kernel, right + 2 * PACK * at, lane, times(b))
        }
      kernel.addNodes(left, right, pairs.length)
      for (const [at, [i, j]] of pairs.entries())
        for (let lane = 0; lane < LANES; lane++) {
          const [a, b] = lane === 0 ? [i, j] : pairs[(at * 7 + 3) % pairs.length]!
          const expected = round === 0 && (a === 0 || b === 0) ? times(12) : times(a + b)
          expect(readPoint(kernel, left + 2 * PACK * at, lane), `${a} + ${b}`).toEqual(expected)
        }
    }
  })
})

const BASE_WIDTH = 13
const KEY_WIDTH = 10
const SIZE = 256
/** Products of a pack that take as long as an inversion. */
const INVERSION = 70

/** Jobs as the owner of a key makes them who wants the formulas to fail. */
type Attack = (index: number) => { key: ForgedKey; message: Uint8Array; signature: Uint8Array }

const messageOf = (index: number): Uint8Array => asciiBytes(`attack ${index}`)

/** −A = (2^(13·4) + 2^(13·12)) B, so that the digit of h meets the sum of digits 4 and 12 of s, which come before it. */
const MEETING = forgeKey(mod(-(2n ** 52n + 2n ** 156n), L))
const R = encode(multiplyBase(scalar('the R of an attack')))

/** Digit 0 of h as digits 4 and 12 of s, or its opposite. */
const meeting =
  (sign: bigint): Attack =>
  (index) => {
    const message = messageOf(index)
    const h = challenge(R, MEETING.publicKey, message)
    const digits = oddDigits(madeOdd(scalar(`s of attack ${index}`)), BASE_WIDTH)
    digits[4] = digits[12] = sign * oddDigits(madeOdd(h), KEY_WIDTH)[0]!
    return { key: MEETING, message, signature: joined(R, mod(sumOf(digits), L)) }
  }

const sumOf = (digits: readonly bigint[]): bigint =>
  digits.reduce((sum, digit, j) => sum + (digit << BigInt(BASE_WIDTH * j)), 0n)

/** R' = O, and R = O: the signature holds. */
const vanishing: Attack = (index) => {
  const [key, message, bytes] = [forgeKey(scalar('vanishing')), messageOf(index), encode(IDENTITY)]
  return { key, message, signature: joined(bytes, mod(challenge(bytes, key.publicKey, message) * key.a, L)) }
}

/**
 * The sum of all even columns of leaves equals that of the odd ones, which are added last: s has to fit what h does, and
 * alternating signs make it a number that has such digits.
 */
const halves: Attack = (index) => {
  const key = forgeKey(scalar('halves'))
  for (let round = 0; ; round++) {
    const message = asciiBytes(`halves ${index} ${round}`)
    const digits = oddDigits(madeOdd(challenge(R, key.publicKey, message)), KEY_WIDTH)
    // 20 columns are those of s, so that the parity of a digit of h is that of its column.
    const ofKey = digits.reduce((sum, d, j) => sum + (j % 2 ? -d : d) * 2n ** BigInt(KEY_WIDTH * j), 0n)
    const wanted = madeOdd(mod(-ofKey * key.a, L)) // odd columns of s less the even ones
    const s = sumOf(oddDigits(wanted, BASE_WIDTH).map((d, j) => (j % 2 ? d : -d)))
    // Only where these are the digits that s is given.
    if (s > 0n && s < 2n * L && madeOdd(mod(s, L)) === s)
      return { key, message, signature: joined(R, mod(s, L)) }
  }
}

const zero: Attack = (index) => ({
  key: forgeKey(scalar('zero')),
  message: messageOf(index),
  signature: joined(R, 0n),
})

const honest: Attack = (index) => {
  const [key, message] = [forgeKey(scalar('honest')), messageOf(index)]
  return { key, message, signature: sign(key, message, scalar(`nonce ${index}`)) }
}

describe('an attack on the tree', async () => {
  let kernel: CountedExports | undefined
  vi.stubGlobal('WebAssembly', {
    async instantiate(bytes: Uint8Array) {
      const result = await WebAssembly.instantiate(bytes)
      kernel = result.instance.exports
      return result
    },
    validate: () => true,
  })
  const engine = await loadBuild('simd', 64 * 2 ** 20, { entries: 1, leaves: 1, baseLeaves: 1 })
  vi.unstubAllGlobals()
  const work = (): number => kernel!.products() + INVERSION * kernel!.inversions()

  /** What a chunk of such jobs costs, its answers, and where the sums are right. */
  function attack(how: Attack) {
    const attempts = Array.from({ length: SIZE }, (_, index) => how(index))
    const keys = new Map(attempts.map(({ key }) => [encodeKey(key), engine.importKey(key.publicKey)]))
    const jobs = attempts.map(({ key, message, signature }): VerifyJob => {
      const imported = keys.get(encodeKey(key))!
      if (!imported.ok) throw new Error(imported.reason)
      return { key: imported.key, message, signature }
    })
    engine.verifyMany!(jobs) // makes the tables
    const before = work()
    const answers = engine.verifyMany!(jobs)
    const cost = work() - before
    const sums = attempts.map((_, i) => readPoint(kernel!, kernel!.NODES.value + 2 * PACK * (i >> 1), i & 1))
    const right = attempts.map(({ key, message, signature }, i) =>
      areAlike(sums[i], fromEdwards(expectedOf(key, message, signature))),
    )
    return { cost, answers, sums, right }
  }

  const encodeKey = (key: ForgedKey): string => String(key.a)
  const expectedOf = (key: ForgedKey, message: Uint8Array, signature: Uint8Array) => {
    const s = signature.subarray(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
    return expectedR(key.publicKey, message, signature.subarray(0, 32), s)
  }

  const usual = attack(honest)

  it('is measured against a chunk that goes by the tree', () => {
    expect(usual.answers).not.toContain(false)
    expect(usual.right).not.toContain(false)
    // 45 additions of 6 products in each of 128 packs, one inversion for each of eight levels and for the encodings
    expect(usual.cost).toBeGreaterThan(45 * 6 * 128)
    expect(usual.cost).toBeLessThan(1.1 * (45 * 6 * 128))
  })
  const attacks: [string, Attack][] = [
    ['equal points in the middle', meeting(1n)],
    ['opposite points in the middle', meeting(-1n)],
    ['equal points in the end', halves],
    ['opposite points in the end', vanishing],
    ['s = 0', zero],
    [
      'a different one for each job',
      (i) => [meeting(1n), meeting(-1n), halves, vanishing, honest][i % 5]!(i),
    ],
    ['one in a chunk', (i) => (i === 77 ? meeting(-1n)(i) : honest(i))],
  ]
  it.each(attacks)('by %s gives the right sums and costs less than half more', (_, how) => {
    const { cost, right } = attack(how)
    expect(right).not.toContain(false)
    expect(cost).toBeLessThan(1.5 * usual.cost)
  })
  it('takes that path, and answers as the equation does', () => {
    for (const how of [meeting(1n), meeting(-1n), halves, vanishing])
      expect(attack(how).cost).toBeGreaterThan(usual.cost)
    expect(attack(vanishing).sums.every((sum) => sum === undefined)).toBe(true)
    expect(attack(vanishing).answers).not.toContain(false)
    expect(attack(halves).answers).not.toContain(true)
  })
  it('leaves the next chunk as it was', () => {
    attack(meeting(-1n))
    expect(attack(honest).cost).toBe(usual.cost)
  })
  it('does not spoil the answers for others in its chunk', () => {
    const mixed = attack((i) => (i % 3 === 0 ? meeting(i % 2 ? 1n : -1n)(i) : honest(i)))
    expect(mixed.answers).toEqual(Array.from({ length: SIZE }, (_, i) => i % 3 !== 0))
    expect(mixed.right).not.toContain(false)
  })
})
