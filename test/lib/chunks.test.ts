import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '../../src/lib/chunks.ts'
import { drain, forever, sourceOf } from '../support/streams.ts'

describe('chunks of a source', () => {
  it('are its items in order, all full but the last', async () => {
    const sizes = fc.array(fc.nat(), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), async (list, size) => {
        for (const source of [list, sourceOf(list), new Set(list.entries())]) {
          const { items } = await drain(chunksOf<unknown>(source, size))
          expect(items.slice(0, -1).every(({ length }) => length === size)).toBe(true)
          expect(items.flat()).toEqual(source instanceof Set ? [...source] : list)
          expect(items).toHaveLength(Math.ceil(list.length / size))
        }
      }),
    )
  })

  it('take no more than they hand on, and close a source that is left', async () => {
    const source = sourceOf([1, 2, 3, 4, 5, 6, 7])
    for await (const chunk of chunksOf(source, 3)) {
      expect(chunk).toEqual([1, 2, 3])
      break
    }
    expect(source).toMatchObject({ asked: 3, closed: true })
  })

  it('give what came before a failure, then the failure', async () => {
    const failure = new Error('the disk is gone')
    for (const [count, chunks] of [
      [0, []],
      [2, [[1, 2]]],
      [3, [[1, 2, 3]]],
      [4, [[1, 2, 3], [4]]],
    ] as const) {
      const source = sourceOf([1, 2, 3, 4].slice(0, count), () => Promise.reject(failure))
      const { items, error } = await drain(chunksOf(source, 3))
      expect(items).toEqual(chunks)
      expect(error).toBe(failure)
      expect(source.closed).toBe(true)
    }
  })

  it('give the failure of a source without waiting too', async () => {
    function* give() {
      yield 1
      throw new Error('the list is torn')
    }
    const { items, error } = await drain(chunksOf(give(), 3))
    expect(items).toEqual([[1]])
    expect(error).toMatchObject({ message: 'the list is torn' })
  })
})

describe('chunks of a source that is cancelled', () => {
  it('begin with nothing when it was cancelled before, and close it', async () => {
    const reason = new Error('too late')
    const source = [1, 2, 3]
    const { items, error } = await drain(chunksOf(source, 3, AbortSignal.abort(reason)))
    expect(items).toEqual([])
    expect(error).toBe(reason)
  })

  it('end at once, even while the source keeps them waiting', async () => {
    const controller = new AbortController()
    const source = sourceOf([1, 2, 3, 4], forever)
    const stream = chunksOf(source, 3, controller.signal)
    expect((await stream.next()).value).toEqual([1, 2, 3])
    const next = stream.next()
    setTimeout(() => controller.abort(new Error('enough')))
    await expect(next).rejects.toThrow('enough')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('ask it for nothing more, and tell it to close', async () => {
    const controller = new AbortController()
    let [asked, closed] = [0, false]
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve) => setTimeout(() => resolve({ value: asked++ }), 5)),
        return: async () => {
          closed = true
          return { done: true, value: undefined }
        },
      }),
    }
    const running = drain(chunksOf(source, 1000, controller.signal))
    setTimeout(() => controller.abort(new Error('enough')), 12)
    expect((await running).error).toMatchObject({ message: 'enough' })
    expect(closed).toBe(true)
    const before = asked
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(asked).toBeLessThanOrEqual(before + 1)
  })

  it('leave no listener at the signal', async () => {
    let listeners = 0
    const { signal } = new AbortController()
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    Object.assign(signal, {
      addEventListener: (...all: Parameters<typeof add>) => {
        listeners++
        add(...all)
      },
      removeEventListener: (...all: Parameters<typeof remove>) => {
        listeners--
        remove(...all)
      },
    })
    await drain(chunksOf(sourceOf([1, 2, 3, 4]), 1, signal))
    await drain(
      chunksOf(
        sourceOf([1], () => Promise.reject(new Error('gone'))),
        3,
        signal,
      ),
    )
    expect(listeners).toBe(0)
  })
})
