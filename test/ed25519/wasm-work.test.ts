import { describe, expect, it, vi } from 'vitest'
import type { VerifyJob } from '../../src/ed25519/engine.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { type CountedExports, compileCounted } from './counted-kernel.ts'
import { answer, type ForgedKey, forgeKey, joined, scalar, sign } from './forge.ts'
import { areAlike, fromEdwards, madeOdd, oddDigits, opposite, type Point } from './montgomery.ts'
import { challenge, decodeNumber, encode, expectedR, IDENTITY, L, mod, multiplyBase } from './reference.ts'

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

const [LANES, LIMBS] = [2, 10]
/** Bytes. */
const [PACK, NODE] = [80, 160]
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

  it('are right for equal and opposite points, and then for the identity too, whatever the other lane has', async () => {
    const kernel = await instantiate()
    // The kernel looks for the identity once opposite points have made it.
    for (const some of [pairs.filter((pair) => !pair.includes(0)), pairs]) {
      const [left, right] = [kernel.NODES.value, kernel.NODES.value + NODE * some.length]
      const inLanes = some.map((pair, at) => [pair, some[(7 * at + 3) % some.length]!])
      for (const [at, lanes] of inLanes.entries())
        for (const [lane, [i, j]] of lanes.entries()) {
          writePoint(kernel, left + NODE * at, lane, times(i))
          writePoint(kernel, right + NODE * at, lane, times(j))
        }
      kernel.addNodes(left, right, some.length)
      for (const [at, lanes] of inLanes.entries())
        for (const [lane, [i, j]] of lanes.entries())
          expect(readPoint(kernel, left + NODE * at, lane), `${i} + ${j}`).toEqual(times(i + j))
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

const OTHER = forgeKey(scalar('another key of an attack'))

/** R' = O, and R = O: the signature holds. */
const vanishing: Attack = (index) => {
  const [message, bytes] = [messageOf(index), encode(IDENTITY)]
  return { key: OTHER, message, signature: answer(OTHER, message, 0n, bytes) }
}

/**
 * The sum of all even columns of leaves equals that of the odd ones, which are added last: s has to fit what h does, and
 * alternating signs make it a number that has such digits.
 */
const halves: Attack = (index) => {
  for (let round = 0; ; round++) {
    const message = asciiBytes(`halves ${index} ${round}`)
    const digits = oddDigits(madeOdd(challenge(R, OTHER.publicKey, message)), KEY_WIDTH)
    // 20 columns are those of s, so that the parity of a digit of h is that of its column.
    const ofKey = digits.reduce((sum, d, j) => sum + (j % 2 ? -d : d) * 2n ** BigInt(KEY_WIDTH * j), 0n)
    const wanted = madeOdd(mod(-ofKey * OTHER.a, L)) // odd columns of s less the even ones
    const s = sumOf(oddDigits(wanted, BASE_WIDTH).map((d, j) => (j % 2 ? d : -d)))
    // Only where these are the digits that s is given.
    if (s > 0n && s < 2n * L && madeOdd(mod(s, L)) === s)
      return { key: OTHER, message, signature: joined(R, mod(s, L)) }
  }
}

const zero: Attack = (index) => ({ key: OTHER, message: messageOf(index), signature: joined(R, 0n) })

const honest: Attack = (index) => {
  const message = messageOf(index)
  return { key: OTHER, message, signature: sign(OTHER, message, scalar(`nonce ${index}`)) }
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

  const keys = new Map(
    [MEETING, OTHER].map((key) => {
      const imported = engine.importKey(key.publicKey)
      if (!imported.ok) throw new Error(imported.reason)
      return [key, imported.key]
    }),
  )

  /** What a chunk of such jobs costs, and its answers. Its sums stay in the kernel's nodes. */
  function attack(how: Attack) {
    const attempts = Array.from({ length: SIZE }, (_, index) => how(index))
    const jobs = attempts.map(({ key, ...job }): VerifyJob => ({ key: keys.get(key)!, ...job }))
    engine.verifyMany!(jobs) // makes the tables
    const before = work()
    const answers = engine.verifyMany!(jobs)
    return { attempts, answers, cost: work() - before }
  }

  const sumOfJob = (i: number): Point => readPoint(kernel!, kernel!.NODES.value + NODE * (i >> 1), i & 1)

  /** The jobs of the last attack whose sum is not sB − hA. */
  const wrongSums = (attempts: readonly ReturnType<Attack>[]): number[] =>
    attempts.flatMap(({ key, message, signature }, i) => {
      const [r, s] = [signature.subarray(0, 32), decodeNumber(signature.subarray(32))]
      const expected = fromEdwards(expectedR(key.publicKey, message, r, s))
      return areAlike(sumOfJob(i), expected) ? [] : [i]
    })

  const usual = attack(honest)

  it('is measured against a chunk that goes by the tree', () => {
    expect(usual.answers).not.toContain(false)
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
    const { attempts, cost } = attack(how)
    expect(wrongSums(attempts)).toEqual([])
    expect(cost).toBeLessThan(1.5 * usual.cost)
  })
  it.each(attacks.slice(0, 4))('by %s does take another way', (_, how) => {
    expect(attack(how).cost).toBeGreaterThan(usual.cost)
  })
  it('with R = O is answered as the equation does', () => {
    expect(attack(vanishing).answers).not.toContain(false)
    expect(Array.from({ length: SIZE }, (_, i) => sumOfJob(i)).filter(Boolean)).toEqual([])
  })
  it('leaves the next chunk as it was', () => {
    attack(meeting(-1n))
    const { attempts, cost } = attack(honest)
    expect(cost).toBe(usual.cost)
    expect(wrongSums(attempts)).toEqual([])
  })
  it('does not spoil the answers for others in its chunk', () => {
    const mixed = attack((i) => (i % 3 === 0 ? meeting(i % 2 ? 1n : -1n)(i) : honest(i)))
    expect(mixed.answers).toEqual(Array.from({ length: SIZE }, (_, i) => i % 3 !== 0))
  })
})
