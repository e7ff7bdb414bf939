import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Level } from '../../src/print/level.ts'
import { codewordsOf } from '../../src/print/press/capacity.ts'
import { LaneDrawer } from '../../src/print/press/lane-drawer.ts'
import { matrixOf } from '../../src/print/press/matrix.ts'
import { createPress } from '../../src/print/press/press.ts'
import { wasmDrawer } from '../../src/print/press/wasm-drawer.ts'
import { runs } from '../support/laws.ts'

const LEVELS: readonly Level[] = ['L', 'M', 'Q', 'H']

/** Codewords of all kinds: long runs, patterns that look like finders, noise. */
const codewords = (length: number) =>
  fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    fc
      .uint8Array({ minLength: 1, maxLength: 6 })
      .map((few) => Uint8Array.from({ length }, (_, at) => few[at % few.length]!)),
  )

afterEach(() => void vi.unstubAllGlobals())

describe('both drawers', () => {
  it('draw the same modules under the same mask, whatever the codewords', () => {
    const masks = new Set<number>()
    const drawers = new Map<string, ReturnType<typeof both>>()
    const both = (version: number, level: Level) => {
      const matrix = matrixOf(version)
      return [new LaneDrawer(matrix, level), wasmDrawer(matrix, level)] as const
    }
    const symbols = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(...LEVELS))
      .chain(([version, level]) =>
        fc.tuple(fc.constant(version), fc.constant(level), codewords(codewordsOf(version, level).total)),
      )
    fc.assert(
      fc.property(symbols, ([version, level, words]) => {
        const name = `${version} ${level}`
        const [lanes, wasm] = drawers.get(name) ?? both(version, level)
        drawers.set(name, [lanes, wasm])
        const [expected, drawn] = [lanes.draw(words), wasm.draw(words)]
        masks.add(drawn.mask)
        expect(drawn.mask).toBe(expected.mask)
        expect(Buffer.compare(drawn.bits, expected.bits)).toBe(0)
      }),
      { numRuns: runs(3000, 200) },
    )
    expect(masks.size).toBeGreaterThan(3)
  })
})

describe('a press', () => {
  const texts = Array.from({ length: 20 }, (_, at) => String(10n ** 200n + BigInt(at) ** 40n))
  const expected = texts.map((text) => createPress().symbol(text))

  it.each([
    ['is missing', undefined],
    [
      'is forbidden',
      {
        Module: class {
          constructor() {
            throw new Error('blocked by Content Security Policy')
          }
        },
      },
    ],
  ])('draws the same where WebAssembly %s', async (_, WebAssembly) => {
    vi.stubGlobal('WebAssembly', WebAssembly)
    vi.resetModules()
    const another = await import('../../src/print/press/press.ts')
    const press = another.createPress()
    for (const [at, text] of texts.entries()) {
      const { mask, bits } = press.symbol(text)
      expect([mask, Buffer.from(bits).toString('hex')]).toEqual([
        expected[at]!.mask,
        Buffer.from(expected[at]!.bits).toString('hex'),
      ])
    }
  })
})
