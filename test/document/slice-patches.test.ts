import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { applyPatch, makePatch } from '../../src/document/slice-patch.ts'
import {
  applySlicePatches,
  decodeSlicePatches,
  encodeSlicePatches,
  type SlicePatch,
} from '../../src/document/slice-patches.ts'
import type { SliceEntry } from '../../src/document/slices.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { runs } from '../support/laws.ts'
import { withBitFlipped } from '../support/tamper.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
/** Bytes of few kinds, in which the same comes again and again, as in a slice; or of all kinds. */
const slice = fc.oneof(
  fc
    .array(fc.constantFrom('facility', 'product', 'Chè Đường Hoa', 'serial', '\x1a\x00\x01', 'x'), {
      minLength: 1,
      maxLength: 300,
    })
    .map((words) => text(words.join(''))),
  fc.uint8Array({ minLength: 1, maxLength: 400 }),
)
/** Cuts a piece out of a slice and puts bytes in its place, some times. */
const edits = fc.array(
  fc.record({ at: fc.nat(5000), length: fc.nat(60), put: fc.uint8Array({ maxLength: 40 }) }),
  { maxLength: 6 },
)
const edited = (from: Uint8Array, all: readonly { at: number; length: number; put: Uint8Array }[]) => {
  let to = from
  for (const { at, length, put } of all) {
    const begin = at % (to.length + 1)
    to = concatBytes(to.subarray(0, begin), put, to.subarray(begin + length))
  }
  return to.length > 0 ? to : Uint8Array.of(0)
}
const pairs = fc.oneof(
  fc.tuple(slice, slice),
  fc.tuple(slice, edits).map(([from, all]): [Uint8Array, Uint8Array] => [from, edited(from, all)]),
)

const patchOf = (from: Uint8Array, to: Uint8Array): SlicePatch => [
  sha256(from),
  sha256(to),
  makePatch(from, to),
]
const entryOf = (file: Uint8Array): SliceEntry => [1, 9, file.length, sha256(file)]
const shelf =
  (...files: Uint8Array[]) =>
  async (name: string) =>
    files.find((file) => toHex(sha256(file)) === name)
const fileOf = (...patches: SlicePatch[]): Uint8Array => encodeSlicePatches(patches)!
const slicesOf = async (...args: Parameters<typeof applySlicePatches>) => {
  const patched = await applySlicePatches(...args)
  return patched.ok ? patched.slices : patched.detail
}

describe('a patch', () => {
  it('leads from any slice to any other', () => {
    fc.assert(
      fc.property(pairs, ([from, to]) => {
        expect(applyPatch(from, makePatch(from, to), to.length)).toEqual(to)
      }),
      { numRuns: runs(2000, 200) },
    )
  })

  it('is the same each time, and one that every reader takes', () => {
    fc.assert(
      fc.property(pairs, ([from, to]) => {
        const patch = patchOf(from, to)
        expect(patchOf(from, to)).toEqual(patch)
        expect(decodeSlicePatches(fileOf(patch))).toEqual([patch])
      }),
      { numRuns: runs(500, 100) },
    )
  })

  it('takes little where little changed, wherever it stands and whatever comes before and after', () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `product ${at}: Chè ${(at * 7919) % 1000}; `)
    const from = text(lines.join(''))
    const to = text(
      lines.map((line, at) => (at % 200 === 7 ? line.replace('Chè', 'Trà sen') : line)).join(''),
    )
    expect(fileOf(patchOf(from, to)).length).toBeLessThan(72 + 10 * 30)
    const [half] = [from.subarray(from.length >> 1)]
    expect(makePatch(from, half)).toEqual([[from.length - half.length, half.length, new Uint8Array()]])
    expect(makePatch(from, from)).toEqual([[0, from.length, new Uint8Array()]])
  })

  it('is made in no long time of slices of the greatest length, also of those that are all alike', () => {
    const alike = new Uint8Array(2 ** 18).fill(7)
    const before = performance.now()
    for (const to of [alike, withBitFlipped(alike, 2 ** 20), withBitFlipped(alike, 5)])
      expect(applyPatch(alike, makePatch(alike, to), to.length)).toEqual(to)
    expect(performance.now() - before).toBeLessThan(5000)
  })

  it('leads nowhere from a slice that is too short, or to another length than the list says', () => {
    const [from, to] = [text('a slice that was here before'), text('a slice that was here after')]
    const steps = makePatch(from, to)
    expect(applyPatch(from.subarray(0, 10), steps, to.length)).toBeUndefined()
    expect(applyPatch(from, steps, to.length + 1)).toBeUndefined()
    expect(applyPatch(from, steps, to.length)).toEqual(to)
  })
})

describe('a file of patches', () => {
  const olds = ['one', 'two', 'three'].map((name) => text(`${name}: ${'Chè Hải Hà, '.repeat(20)}`))
  const news = olds.map((old, at) => concatBytes(old, text(`and ${at}`)))
  const file = fileOf(...olds.map((old, at) => patchOf(old, news[at]!)))
  /** Undefined where the file was refused. */
  const names = (slices: readonly Uint8Array[] | string | undefined) =>
    typeof slices === 'object' ? slices.map((each) => toHex(sha256(each))).sort() : undefined

  it('makes the slices that are missing, whose old ones are here, and no others', async () => {
    const missing = news.map(entryOf)
    expect(names(await slicesOf(file, missing, shelf(...olds)))).toEqual(names(news))
    expect(await slicesOf(file, missing, shelf(olds[1]!))).toEqual([news[1]])
    const asked: string[] = []
    const made = await slicesOf(file, missing.slice(2), async (name) => {
      asked.push(name)
      return shelf(...olds)(name)
    })
    expect(made).toEqual([news[2]])
    expect(asked).toEqual([toHex(sha256(olds[2]!))])
    expect(await slicesOf(file, [], shelf(...olds))).toEqual([])
  })

  it('makes nothing else of whatever old slice stands under its name', async () => {
    const other = async () => withBitFlipped(olds[0]!, 9)
    expect(await slicesOf(file, news.map(entryOf), other)).toEqual([])
    expect(await slicesOf(file, news.map(entryOf), async () => new Uint8Array())).toEqual([])
  })

  it('never makes a slice that the list does not name, whichever bit of it is flipped', async () => {
    const missing = news.map(entryOf)
    const right = new Set(names(news))
    for (let bit = 0; bit < 8 * file.length; bit++) {
      const made = names(await slicesOf(withBitFlipped(file, bit), missing, shelf(...olds)))
      expect(made?.every((name) => right.has(name)) ?? true).toBe(true)
    }
  })

  it('never makes the reader throw, and no slice but one that is named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const made = await slicesOf(bytes, news.map(entryOf), shelf(...olds))
        expect(Array.isArray(made) ? made : []).toEqual([])
      }),
      { numRuns: runs(1000, 100) },
    )
  })

  it('is not read above 4 MiB, nor with more than a million items, and not written either', async () => {
    const long = new Uint8Array(2 ** 22 + 1).fill(0xff)
    expect(await slicesOf(long, [], shelf())).toBe('patches_length')
    const crowded = new Uint8Array(2 ** 21)
    crowded.set([0xa1, 0x67, ...text('patches'), 0x9a, 0x00, 0x10, 0x00, 0x00])
    expect(await slicesOf(crowded, [], shelf())).toBe('cbor_too_many')
    const steps = Array.from({ length: 65_536 }, () => [0, 1, new Uint8Array()] as const)
    const many = Array.from(
      { length: 5 },
      (_, at): SlicePatch => [...([new Uint8Array(32), new Uint8Array(32).fill(at)] as const), steps],
    )
    expect(encodeSlicePatches(many)).toBeUndefined()
    const large = Array.from(
      { length: 17 },
      (_, at): SlicePatch => [
        new Uint8Array(32),
        new Uint8Array(32).fill(at),
        [[0, 0, new Uint8Array(2 ** 18)]],
      ],
    )
    expect(encodeSlicePatches(large)).toBeUndefined()
    expect(encodeSlicePatches(large.slice(2))).toBeDefined()
  })

  it('is one file, whatever the order in which its patches were made', () => {
    const patches = olds.map((old, at) => patchOf(old, news[at]!))
    expect(fileOf(...patches.reverse())).toEqual(file)
    expect(decodeSlicePatches(encodeCbor(new Map([['patches', []]])))).toEqual([])
  })
})
