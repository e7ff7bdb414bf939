import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256, sha512 } from '../../src/ed25519/sha2.ts'
import { equalBytes, toHex } from '../../src/lib/bytes.ts'
import { runs } from '../support/laws.ts'
import { filler } from './forge.ts'

const HASHES = [
  { name: 'sha256', hash: sha256, blockLength: 64 },
  { name: 'sha512', hash: sha512, blockLength: 128 },
]

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe.each(HASHES)('$name', ({ name, hash, blockLength }) => {
  const byNode = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash(name).update(bytes).digest())
  const differing = (inputs: readonly Uint8Array[]): number[] =>
    inputs.filter((bytes) => !equalBytes(hash(bytes), byNode(bytes))).map((bytes) => bytes.length)

  it('is that of node:crypto at every length from 0 to 400 bytes', () => {
    expect(differing(range(0, 400).map((length) => filler(`${name} ${length}`, length)))).toEqual([])
  })
  it('is that of node:crypto around the edges of later blocks and of the padding', () => {
    const edges = [8, 16, 17, 100, 512].map((blocks) => blocks * blockLength)
    const lengths = edges.flatMap((edge) => range(edge - blockLength / 4 - 2, edge + 2))
    expect(differing(lengths.map((length) => filler('edges', length)))).toEqual([])
  })
  it.each([0x00, 0x80, 0xff])('is that of node:crypto for nothing but bytes %i', (byte) => {
    expect(differing(range(0, 300).map((length) => new Uint8Array(length).fill(byte)))).toEqual([])
  })
  it('is that of node:crypto for random bytes of random lengths', () => {
    const bytes = fc.uint8Array({ maxLength: 3000, size: 'max' })
    fc.assert(
      fc.property(bytes, (input) => differing([input]).length === 0),
      { numRuns: runs(300) },
    )
  })
  it('is that of node:crypto for inputs of some hundred kilobytes', () => {
    expect(differing([2 ** 16, 2 ** 18 - 1, 300_001].map((length) => filler('large', length)))).toEqual([])
  })
  it('reads a view from where it begins to where it ends', () => {
    const bytes = filler('views', 500)
    for (const view of [bytes.subarray(3, 290), Buffer.from(bytes).subarray(3, 290)])
      expect(toHex(hash(view))).toBe(toHex(byNode(bytes.slice(3, 290))))
  })
  it('leaves its input as it was, and each digest to its caller', () => {
    const bytes = filler('kept', 200)
    const first = hash(bytes)
    const copy = first.slice()
    hash(filler('another', 200))
    expect(bytes).toEqual(filler('kept', 200))
    expect(first).toEqual(copy)
  })
})

// FIPS 180-4's own examples (its companion document of example values), so that node:crypto isn't the only judge.
it('gives the published digests of "abc"', () => {
  const abc = new Uint8Array([97, 98, 99])
  expect(toHex(sha256(abc))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(toHex(sha512(abc))).toBe(
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  )
})
