import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SlotHeap } from '../../src/scanlog/slot-heap.ts'
import { halvesOf, mixWords, SlotIndex } from '../../src/scanlog/slot-index.ts'

describe('a heap of slots', () => {
  it('gives them in their order, whatever the order in which they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300)), fc.nat(20), (slots, early) => {
        const heap = new SlotHeap((a, b) => b - a)
        for (const slot of slots) heap.push(slot)
        const sorted = [...slots].sort((a, b) => b - a)
        expect(heap.first).toBe(sorted[0])
        const taken = Array.from({ length: Math.min(early, slots.length) }, () => heap.pop())
        expect([...taken, ...heap.drain()]).toEqual(sorted)
        expect([heap.size, heap.pop()]).toEqual([0, undefined])
      }),
    )
  })

  it('gives up any of them, and no other', () => {
    const law = fc.property(fc.uniqueArray(fc.nat(300)), fc.array(fc.nat(300)), (slots, gone) => {
      const heap = new SlotHeap((a, b) => a - b)
      for (const slot of slots) heap.push(slot)
      const left = new Set(slots)
      for (const slot of gone) expect(heap.remove(slot)).toBe(left.delete(slot))
      expect(heap.drain()).toEqual([...left].sort((a, b) => a - b))
    })
    fc.assert(law)
  })
})

describe('an index of slots', () => {
  it('finds those of a hash, through removals and growth', () => {
    const step = fc.record({ slot: fc.nat(15), isAdded: fc.boolean() })
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 16, maxLength: 16 }), fc.array(step), (hashes, steps) => {
        const index = new SlotIndex((slot) => hashes[slot]!, 16)
        const inside = new Set<number>()
        for (const [at, { slot, isAdded }] of steps.entries()) {
          if (isAdded !== inside.has(slot)) isAdded ? index.add(slot) : index.remove(slot)
          isAdded ? inside.add(slot) : inside.delete(slot)
          if (at === 20) index.grow(32)
        }
        for (let hash = 0; hash <= 6; hash++) {
          const found: number[] = []
          for (let slot = index.first(hash); slot >= 0; slot = index.after(slot)) found.push(slot)
          const expected = [...inside].filter((slot) => hashes[slot] === hash)
          expect(found.filter((slot) => hashes[slot] === hash).sort()).toEqual(expected.sort())
        }
      }),
    )
  })

  it('spreads numbers that differ in whatever bit', () => {
    const numbers = Array.from({ length: 53 }, (_, bit) => 2 ** bit)
    const hashes = new Set(numbers.map((number) => mixWords(7, ...halvesOf(number))))
    expect(hashes.size).toBe(53)
    expect(new Set([...hashes].map((hash) => hash & 1023)).size).toBeGreaterThan(40)
  })
})
