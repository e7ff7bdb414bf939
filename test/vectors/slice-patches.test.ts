import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applySlicePatches } from '../../src/document/slice-patches.ts'
import type { SliceEntry } from '../../src/document/slices.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { hex } from '../support/bytes.ts'
import { slicePatchVectors } from './slice-patches.generate.ts'

interface Vectors {
  sliceFiles: Record<string, { bytes: string }>
  valid: { name: string; file: string; here: string[]; missing: string[]; makes: string[] }[]
  failing: { name: string; reason: string; file: string }[]
}

const file = readFileSync(new URL('slice-patches.json', import.meta.url), 'utf8')
const { sliceFiles, valid, failing }: Vectors = JSON.parse(file)
const bytesOf = (name: string): Uint8Array => hex(sliceFiles[name]!.bytes)
const entryOf = (name: string): SliceEntry => [7, 7, bytesOf(name).length, sha256(bytesOf(name))]
const shelf = (names: readonly string[]) => async (digest: string) =>
  names.map(bytesOf).find((bytes) => toHex(sha256(bytes)) === digest)
const NAMES = Object.keys(sliceFiles)

describe('the file of patches of slices', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(slicePatchVectors())
  })
  it('has a name of its own for each', () => {
    const names = [...valid, ...failing].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

it.each(valid)('makes what it leads to: $name', async ({ file: bytes, here, missing, makes }) => {
  const patched = await applySlicePatches(hex(bytes), missing.map(entryOf), shelf(here))
  expect(patched.ok && patched.slices.map(toHex).sort()).toEqual(
    makes.map((name) => toHex(bytesOf(name))).sort(),
  )
})

it.each(failing)('is $reason: $name', async ({ file: bytes, reason }) => {
  expect(await applySlicePatches(hex(bytes), NAMES.map(entryOf), shelf(NAMES))).toMatchObject({
    ok: false,
    reason,
  })
})
