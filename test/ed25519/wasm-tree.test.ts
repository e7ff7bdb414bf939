import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine, VerifyJob, VerifyKey } from '../../src/ed25519/engine.ts'
import { loadBuild } from '../../src/ed25519/wasm/wasm-engine.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { areWhole, runs, tally } from '../support/laws.ts'
import { type Attempt, anyAttempt, holds } from './attempts.ts'
import { CCTV_VECTORS } from './cctv.ts'
import { filler, flipped, forgeKey, joined, scalar, sign } from './forge.ts'
import { decodeNumber, L, mod } from './reference.ts'
import { cctvAnswer, EDGE_VECTORS, fromHex } from './vectors.ts'

const MEGABYTE = 2 ** 20
const AT_ONCE = { entries: 1, leaves: 1, baseLeaves: 1 }
const NEVER = Number.POSITIVE_INFINITY
/** All chunks of 24 jobs and more go by the tree; and none. */
const tree = await loadBuild('simd', 64 * MEGABYTE, AT_ONCE)
const rows = await loadBuild('simd', 64 * MEGABYTE, { ...AT_ONCE, leaves: NEVER, baseLeaves: NEVER })

function keyOf(engine: Engine, publicKey: Uint8Array): VerifyKey | undefined {
  const imported = engine.importKey(publicKey)
  return imported.ok ? imported.key : undefined
}

/** The distinct answers of a chunk that has the same job many times, at any place. */
const answersInTree = (job: VerifyJob, size = 25): Set<boolean> =>
  new Set(tree.verifyMany!(new Array<VerifyJob>(size).fill(job)))

describe('the tree of the wasm-simd engine', () => {
  it.each(EDGE_VECTORS.filter(({ keyFault }) => keyFault === null))('answers $name', (vector) => {
    const key = keyOf(tree, fromHex(vector.publicKey))!
    const [message, signature] = [fromHex(vector.message), fromHex(vector.signature)]
    expect(answersInTree({ key, message, signature })).toEqual(new Set([vector.valid]))
  })
  it.skipIf(CCTV_VECTORS === undefined)('answers the CCTV vectors', () => {
    const wrong = CCTV_VECTORS!.filter((vector) => {
      const key = keyOf(tree, fromHex(vector.key))
      const expected = cctvAnswer(vector)
      if (key === undefined) return typeof expected === 'boolean'
      const answers = answersInTree({ key, message: asciiBytes(vector.msg), signature: fromHex(vector.sig) })
      return answers.size !== 1 || !answers.has(expected as boolean)
    })
    expect(wrong).toEqual([])
  })
  it('answers as the equation does, for chunks of any size', () => {
    const keys = new Map<Attempt['key'], VerifyKey>()
    const jobOf = ({ key, message, signature }: Attempt): VerifyJob => {
      if (!keys.has(key)) keys.set(key, keyOf(tree, key.publicKey)!)
      return { key: keys.get(key)!, message, signature }
    }
    const attempts = fc.array(anyAttempt, { minLength: 24, maxLength: 70, size: 'max' })
    fc.assert(
      fc.property(attempts, (some) => {
        expect(tree.verifyMany!(some.map(jobOf))).toEqual(some.map(holds))
      }),
      { numRuns: runs(100, 10) },
    )
  })
  it.each([24, 25, 31, 32, 33, 100, 255, 256, 257, 300])('finds a forgery at each place of %i', (size) => {
    const forgedKey = forgeKey(scalar('tree key'))
    const [key, message] = [keyOf(tree, forgedKey.publicKey)!, asciiBytes('a message of the tree')]
    const good = { key, message, signature: sign(forgedKey, message, scalar('tree nonce')) }
    for (let place = 0; place < size; place += size > 60 ? 41 : 1) {
      const jobs = new Array<VerifyJob>(size).fill(good)
      jobs[place] = { ...good, signature: flipped(good.signature, 300) }
      expect(tree.verifyMany!(jobs).flatMap((answer, i) => (answer ? [] : [i]))).toEqual([place])
    }
  })
})

/** Numbers below 2³² that look random, and are the same for the same seed (xorshift). */
function* numbers(seed: number): Generator<number, never> {
  for (let x = seed; ; ) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    yield x >>> 0
  }
}

describe('the tree and additions one after another', () => {
  const KEYS = Array.from({ length: 12 }, (_, i) => forgeKey(scalar(`tree key ${i}`)))
  const SIGNED = Array.from({ length: 200 }, (_, i) => {
    const [key, message] = [i % KEYS.length, filler(`tree message ${i}`, i)]
    return { key, message, signature: sign(KEYS[key]!, message, scalar(`tree nonce ${i}`)) }
  })
  // VERISTAMP_ROUNDS says otherwise: a million take two minutes.
  const count = Number(process.env.VERISTAMP_ROUNDS ?? (areWhole ? 200_000 : runs(80_000, 5000)))
  const seed = 1 + Math.floor(Math.random() * (2 ** 32 - 1))

  it(`answer alike to ${count} random and mutated signatures (seed ${seed})`, { timeout: 600_000 }, () => {
    const random = numbers(seed)
    const draw = (below: number): number => random.next().value % below
    const bytes = (length: number) => Uint8Array.from({ length }, () => draw(256))
    /** One in five is left as it is. */
    const mutations: ((of: (typeof SIGNED)[number]) => Partial<(typeof SIGNED)[number]>)[] = [
      () => ({}),
      ({ signature }) => ({ signature: flipped(signature, draw(512)) }),
      ({ signature }) => ({ signature: joined(signature.subarray(0, 32), decodeNumber(bytes(32)) % L) }),
      ({ message }) => (message.length ? { message: flipped(message, draw(8 * message.length)) } : {}),
      ({ key }) => ({ key: (key + 1 + draw(KEYS.length - 1)) % KEYS.length }),
      ({ signature }) => ({
        signature: joined(bytes(32), mod(decodeNumber(signature.subarray(32)) + 1n, L)),
      }),
    ]
    const keys = [tree, rows].map((engine) => KEYS.map(({ publicKey }) => keyOf(engine, publicKey)!))
    const seen = { valid: 0, refused: 0 }
    for (let done = 0; done < count; done += 256) {
      const chunk = Array.from({ length: 256 }, () => {
        const signed = SIGNED[draw(SIGNED.length)]!
        return { ...signed, ...mutations[draw(mutations.length)]!(signed) }
      })
      const [inTree, inRows] = [tree, rows].map((engine, which) =>
        engine.verifyMany!(chunk.map(({ key, ...job }) => ({ key: keys[which]![key]!, ...job }))),
      )
      expect(inTree).toEqual(inRows)
      for (const answer of inTree!) seen[answer ? 'valid' : 'refused']++
    }
    expect(seen.valid).toBeGreaterThan(tally(count / 8))
    expect(seen.refused).toBeGreaterThan(tally(count / 2))
  })
})
