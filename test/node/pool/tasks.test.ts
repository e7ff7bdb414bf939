import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VerifyJob } from '../../../src/ed25519/engine.ts'
import { toHex } from '../../../src/lib/bytes.ts'
import { packAnswers, packJobs, takeShare, unpackAnswers, unpackJobs } from '../../../src/node/pool/tasks.ts'

const KEYS = [1, 2, 3].map((byte) => ({ publicKey: new Uint8Array(32).fill(byte), verify: () => false }))

const keyOf = (publicKey: string) => KEYS.find((key) => toHex(key.publicKey) === publicKey)!

const jobs: fc.Arbitrary<VerifyJob[]> = fc.array(
  fc.record({
    key: fc.constantFrom(...KEYS),
    message: fc.uint8Array({ maxLength: 40 }),
    signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  }),
  { maxLength: 300, size: 'max' },
)

describe('signatures for other threads', () => {
  it('are taken once each, whoever takes them, and their answers come back in order', () => {
    fc.assert(
      fc.property(jobs, fc.infiniteStream(fc.nat({ max: 2 })), (all, turns) => {
        const task = packJobs(all)
        const threads = [task, structuredClone(task), structuredClone(task)]
        const taken = new Map<number, VerifyJob[]>()
        for (const turn of turns) {
          const share = takeShare(threads[turn]!)
          if (share === undefined) break
          const some = unpackJobs(threads[turn]!, share, keyOf)
          taken.set(share.start, some)
          packAnswers(
            threads[turn]!,
            share,
            some.map(({ signature }) => signature[0]! < 128),
          )
        }
        expect([...taken.values()].flat()).toEqual(all)
        expect(unpackAnswers(task)).toEqual(all.map(({ signature }) => signature[0]! < 128))
        expect(threads.map(takeShare)).toEqual([undefined, undefined, undefined])
      }),
    )
  })

  it('are not all answered until every share is', () => {
    const job = { key: KEYS[0]!, message: new Uint8Array(1), signature: new Uint8Array(64) }
    const task = packJobs(Array.from({ length: 100 }, () => job))
    const [first, second] = [takeShare(task)!, takeShare(task)!]
    packAnswers(
      task,
      second,
      Array.from({ length: second.end - second.start }, () => false),
    )
    expect(() => unpackAnswers(task)).toThrow('not all signatures were answered')
    packAnswers(
      task,
      first,
      Array.from({ length: first.end - first.start }, () => true),
    )
    expect(unpackAnswers(task)).toEqual(Array.from({ length: 100 }, (_, i) => i < first.end))
  })
})
