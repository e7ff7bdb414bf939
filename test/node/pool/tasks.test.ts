import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TaskMemories } from '../../../src/node/pool/task-memory.ts'
import { packTexts, takeShare, unpackTexts } from '../../../src/node/pool/tasks.ts'
import { readScan } from '../../../src/verify/scan.ts'

const memories = new TaskMemories(2)
const common = { lists: { id: 0, bytes: new Uint8Array() }, now: 0, countsValid: false }

const texts = fc.array(
  fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('é\xff', '\u0100'),
    fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'ệ', '\n') }),
  ),
  { maxLength: 300, size: 'max' },
)

describe('texts for other threads', () => {
  it('are taken once each, whoever takes them, and arrive as they were', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat({ max: 2 })), (all, turns) => {
        const task = packTexts(all, memories, common)
        memories.keep(task)
        const threads = [task, structuredClone(task), structuredClone(task)]
        const taken = new Map<number, string[]>()
        for (const turn of turns) {
          const share = takeShare(threads[turn]!)
          if (share === undefined) break
          taken.set(share.start, unpackTexts(threads[turn]!, share))
        }
        expect([...taken.entries()].sort(([a], [b]) => a - b).flatMap(([, some]) => some)).toEqual(all)
        expect(threads.map(takeShare)).toEqual([undefined, undefined, undefined])
      }),
    )
  })

  it('are cut where they are too long for any stamp, and read as before', () => {
    const long = '7'.repeat(10_000_000)
    const task = packTexts([long, 'next', long], memories, common)
    const cut = unpackTexts(task, takeShare(task)!)
    expect(task.texts.length).toBeLessThan(2000)
    expect(cut[1]).toBe('next')
    expect(readScan(cut[0]!)).toEqual(readScan(long))
  })

  it('have memory that was used before, once no thread has it, and longer ones get their own', () => {
    const few = new TaskMemories(1)
    const buffers = [10, 10, 4_000_000].map((letters) => few.takeForTexts(2, letters).texts.buffer)
    expect(new Set(buffers).size).toBe(3)
    const first = few.takeForTexts(2, 10)
    Atomics.store(first.taken, 0, 7)
    few.keep(first)
    few.keep(few.takeForTexts(2, 4_000_000)) // too much to be kept
    const again = few.takeForTexts(2, 12)
    expect(again.texts.buffer).toBe(first.texts.buffer)
    expect([again.taken[0], again.ends.length, again.texts.length]).toEqual([0, 2, 12])
    expect(few.takeForTexts(2, 12).texts.buffer).not.toBe(first.texts.buffer)
  })
})
