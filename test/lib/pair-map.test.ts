import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PairMap } from '../../src/lib/pair-map.ts'

const number = fc.oneof(fc.nat(3), fc.constantFrom(2 ** 32, Number.MAX_SAFE_INTEGER))

it('a map by pairs answers as a plain map by their text does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, fc.nat())), number, number, (entries, a, b) => {
      const map = new PairMap<number>()
      for (const [x, y, value] of entries) map.set(x, y, value)
      const plain = new Map(entries.map(([x, y, value]) => [`${x} ${y}`, value]))
      expect(map.get(a, b)).toBe(plain.get(`${a} ${b}`))
    }),
  )
})
