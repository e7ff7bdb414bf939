import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine, ImportedKey, VerifyJob, VerifyKey } from '../../src/ed25519/engine.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { loadBuild } from '../../src/ed25519/wasm/wasm-engine.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { runs } from '../support/laws.ts'
import { type Attempt, anyAttempt, holds } from './attempts.ts'
import { CCTV_VECTORS } from './cctv.ts'
import { describeAgreement } from './describe-agreement.ts'
import { describeEngine } from './describe-engine.ts'
import { filler, flipped, forgeKey, scalar, sign, TORSION } from './forge.ts'
import { encode } from './reference.ts'
import { cctvAnswer, EDGE_VECTORS, fromHex } from './vectors.ts'

// VERISTAMP_ROUNDS: how many random signatures the engines are compared on.
const rounds = Number(process.env.VERISTAMP_ROUNDS ?? runs(300, 100))
const MEGABYTE = 2 ** 20
const engines = [await loadBuild('simd', 64 * MEGABYTE), await loadBuild('scalar', 64 * MEGABYTE)] as const

/** Enough jobs in a row for a key to get its table on the way. */
const UNTIL_TABLED = 100

const KEY = forgeKey(scalar('wasm key'))
const MESSAGE = asciiBytes('a message of the batch')
const GOOD = sign(KEY, MESSAGE, scalar('wasm nonce'))

for (const engine of engines) {
  describeEngine(engine.name, engine, CCTV_VECTORS)
  describeTables(engine)
  describeBatches(engine)
  describeHashing(engine)
}
describeAgreement([nobleEngine, ...engines], rounds)

function keyOf(engine: Engine, publicKey: Uint8Array): VerifyKey | undefined {
  const imported = engine.importKey(publicKey)
  return imported.ok ? imported.key : undefined
}

const many = (engine: Engine, jobs: readonly VerifyJob[]): boolean[] => engine.verifyMany!(jobs)

/** The distinct answers to one job asked again and again, first without a table and then with one. */
const answersOnTheWay = (engine: Engine, job: VerifyJob): Set<boolean> =>
  new Set(many(engine, new Array<VerifyJob>(UNTIL_TABLED).fill(job)))

function describeTables(engine: Engine): void {
  describe(`the ${engine.name} engine with a table of the key`, () => {
    it.each(EDGE_VECTORS.filter(({ keyFault }) => keyFault === null))('answers $name', (vector) => {
      const [message, signature] = [fromHex(vector.message), fromHex(vector.signature)]
      const key = keyOf(engine, fromHex(vector.publicKey))!
      expect(answersOnTheWay(engine, { key, message, signature })).toEqual(new Set([vector.valid]))
      expect(key.verify(message, signature)).toBe(vector.valid)
    })
    it.skipIf(CCTV_VECTORS === undefined)('answers the CCTV vectors', () => {
      const wrong = CCTV_VECTORS!.filter((vector) => {
        const key = keyOf(engine, fromHex(vector.key))
        const job = { message: asciiBytes(vector.msg), signature: fromHex(vector.sig) }
        if (key === undefined) return typeof cctvAnswer(vector) === 'boolean'
        const answers = answersOnTheWay(engine, { key, ...job })
        return answers.size !== 1 || !answers.has(cctvAnswer(vector) as boolean)
      })
      expect(wrong).toEqual([])
    })
  })
}

function describeBatches(engine: Engine): void {
  describe(`a batch of the ${engine.name} engine`, () => {
    it('answers what was asked one by one, for random sizes and keys, valid and forged', () => {
      const keys = new Map<Attempt['key'], VerifyKey>()
      const jobOf = ({ key, message, signature }: Attempt): VerifyJob => {
        if (!keys.has(key)) keys.set(key, keyOf(engine, key.publicKey)!)
        return { key: keys.get(key)!, message, signature }
      }
      const sizes = { minLength: 0, maxLength: 30, size: 'max' } as const
      const batch = fc.tuple(fc.array(anyAttempt, sizes), fc.integer({ min: 1, max: 30 }))
      fc.assert(
        fc.property(batch, ([attempts, times]) => {
          const jobs = new Array(times).fill(attempts.map(jobOf)).flat() as VerifyJob[]
          const expected = new Array(times).fill(attempts.map(holds)).flat()
          expect(many(engine, jobs)).toEqual(expected)
          const singles = jobs.map(({ key, message, signature }) => key.verify(message, signature))
          expect(singles).toEqual(expected)
        }),
        { numRuns: Math.ceil(rounds / 30) },
      )
    })

    it.each([0, 1, 2, 3, 255, 256, 257, 511, 513])('finds a forgery at each place of %i', (size) => {
      const key = keyOf(engine, KEY.publicKey)!
      const good = { key, message: MESSAGE, signature: GOOD }
      const forged = { key, message: MESSAGE, signature: flipped(GOOD, 300) }
      for (let place = 0; place < size; place += size > 300 ? 37 : 1) {
        const jobs = new Array<VerifyJob>(size).fill(good)
        jobs[place] = forged
        expect(many(engine, jobs).flatMap((answer, i) => (answer ? [] : [i]))).toEqual([place])
      }
      expect(many(engine, new Array<VerifyJob>(size).fill(good)).filter(Boolean)).toHaveLength(size)
    })

    it("takes signatures of wrong lengths and other engines' keys among the rest", () => {
      const jobs = [engine, nobleEngine, engines[0], engines[1]].flatMap((one) => {
        const key = keyOf(one, KEY.publicKey)!
        const signatures = [GOOD, GOOD.subarray(1), new Uint8Array(65), new Uint8Array(), flipped(GOOD, 9)]
        return signatures.map((signature) => ({ key, message: MESSAGE, signature }))
      })
      const expected = [true, false, false, false, false]
      expect(many(engine, jobs)).toEqual([...expected, ...expected, ...expected, ...expected])
    })
  })

  it('answers alike with memory for one table, for two keys that are busy in turn', async () => {
    const tiny = await loadBuild(engine.name === 'wasm' ? 'scalar' : 'simd', 2 * MEGABYTE)
    const forged = ['evicted', 'evicting', 'third'].map((label) => forgeKey(scalar(label)))
    const jobs = forged.map((key) => {
      const signature = sign(key, MESSAGE, scalar('wasm nonce'))
      return { key: keyOf(tiny, key.publicKey)!, message: MESSAGE, signature }
    })
    const turns = [0, 1, 0, 2, 1, 0].flatMap((turn) => new Array<VerifyJob>(700).fill(jobs[turn]!))
    const bad = turns.map((job, i) =>
      i % 3 === 0 ? { ...job, signature: flipped(job.signature, i % 500) } : job,
    )
    expect(many(tiny, turns).every(Boolean)).toBe(true)
    expect(many(tiny, bad)).toEqual(bad.map((_, i) => i % 3 !== 0))
    const shuffled = bad.map((_, i) => (i * 701) % bad.length)
    const answers = many(
      tiny,
      shuffled.map((i) => bad[i]!),
    )
    expect(answers).toEqual(shuffled.map((i) => i % 3 !== 0))
  })
}

function describeHashing(engine: Engine): void {
  const key = keyOf(engine, KEY.publicKey)!
  it(`hashes messages of any length in ${engine.name}`, () => {
    const lengths = [...new Array(400).keys(), 4095, 4096, 4097, 8191, 8192, 8193, 100_000]
    for (const length of lengths) {
      const message = filler('hashed', length)
      const signature = sign(KEY, message, scalar('hashed nonce'))
      expect(key.verify(message, signature), `${length} bytes`).toBe(true)
      if (length > 0) expect(key.verify(flipped(message, 8 * length - 1), signature)).toBe(false)
    }
  })
}

const faultOf = (imported: ImportedKey): string => (imported.ok ? 'none' : imported.reason)
const SOUND = Array.from({ length: 6 }, (_, at) => forgeKey(scalar(`sound key ${at}`)).publicKey)
/** Sound keys with each of the seven torsion points added. */
const TURNED = TORSION.slice(1).map((point, at) => forgeKey(scalar(`turned key ${at}`), point).publicKey)
const SMALL = TORSION.map(encode)

describe('the key checks of the kernel', () => {
  it("are noble's on random bytes, which are off the curve or have torsion", () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const expected = nobleEngine.importKey(bytes)
        const fault = expected.ok ? 'none' : expected.reason
        seen.set(fault, (seen.get(fault) ?? 0) + 1)
        for (const engine of engines) {
          const imported = engine.importKey(bytes)
          expect(imported.ok ? 'none' : imported.reason).toBe(fault)
        }
      }),
      // Of random bytes one in sixteen is sound: here is one that is.
      { numRuns: rounds, examples: [[SOUND[0]!]] },
    )
    expect([...seen.keys()].sort()).toEqual(['key_not_canonical', 'key_torsion', 'none'])
  })
  it('are the same for several keys at a time, whatever stands beside each', () => {
    const odd = fc.oneof(
      fc.constantFrom(...SOUND, ...TURNED, ...SMALL),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.constant(new Uint8Array(31)),
    )
    const faults = new Set<string>()
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 7 }), (keys) => {
        const expected = keys.map((key) => faultOf(nobleEngine.importKey(key)))
        for (const fault of expected) faults.add(fault)
        for (const engine of engines) {
          const imported = engine.importKeys!(keys)
          expect(imported.map(faultOf)).toEqual(expected)
          for (const [at, each] of imported.entries())
            if (each.ok) expect(each.key.publicKey).toEqual(keys[at])
        }
      }),
      { numRuns: rounds },
    )
    expect([...faults].sort()).toEqual([
      ...['key_length', 'key_not_canonical', 'key_small_order', 'key_torsion', 'none'],
    ])
  })
  it('give each its own key, with which it verifies', () => {
    const keys = [KEY, forgeKey(scalar('another wasm key')), forgeKey(scalar('a third wasm key'))]
    for (const engine of engines) {
      const imported = engine.importKeys!(keys.map(({ publicKey }) => publicKey))
      for (const [at, key] of keys.entries()) {
        const signature = sign(key, MESSAGE, scalar(`nonce ${at}`))
        const answers = imported.map((each) => each.ok && each.key.verify(MESSAGE, signature))
        expect(answers).toEqual(keys.map((_, other) => other === at))
      }
    }
  })
  it.each([0, 31, 33])('refuse %i bytes', (length) => {
    for (const engine of engines)
      expect(engine.importKey(new Uint8Array(length))).toEqual({ ok: false, reason: 'key_length' })
  })
})
