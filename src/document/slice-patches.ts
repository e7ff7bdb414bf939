import { decodeCbor, encodeCbor } from '../codec/cbor.ts'
import { bytes, list, record, tuple, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { aFunction, kindOf, listOf } from '../lib/arguments.ts'
import { isBytes, isMap } from '../lib/brand.ts'
import { type Bytes, compareBytes, equalBytes, toHex } from '../lib/bytes.ts'
import { checkBytes, copyBounded } from '../lib/checks.ts'
import { isMalformed, Malformed } from '../lib/errors.ts'
import { orRefused, type Refused } from './refusal.ts'
import { applyPatch, type PatchStep } from './slice-patch.ts'
import { MAX_SLICE_LENGTH, MAX_SLICES, type SliceEntry } from './slices.ts'

/**
 * The file of patches that lead from the slices of an older list to those of the newest (docs/spec/slices.md, "Patches"). It
 * bears no signature, and nobody believes it: a patch makes the slice that the signed body names, or nothing.
 */

/** What leads from one slice to another, each named by its SHA-256. */
export type SlicePatch = readonly [from: Uint8Array, to: Uint8Array, steps: readonly PatchStep[]]

interface SlicePatches {
  readonly patches: readonly SlicePatch[]
}

/** 4 MiB: a longer file is refused by its length alone. */
export const MAX_PATCHES_LENGTH = 2 ** 22
/** Of one patch, and of all: four items of CBOR each. */
const MAX_STEPS = 2 ** 16
const MAX_ALL_STEPS = 2 ** 18

const place = uint(0, MAX_SLICE_LENGTH)
const step = tuple<PatchStep>(place, place, bytes())
const patchShape = tuple<SlicePatch>(bytes(32), bytes(32), list(step, MAX_STEPS))
const shape = record<SlicePatches>(
  { patches: list(patchShape, MAX_SLICES) },
  { fault: ({ patches }) => (ascend(patches) && patches.every(isSound) ? undefined : 'patches') },
)

const ascend = (patches: readonly SlicePatch[]): boolean =>
  patches.every(([, to], at) => at === 0 || compareBytes(patches[at - 1]![1], to) < 0)

/** No step but the first copies nothing, and none says nothing; all of them make a slice, of what may stand in one. */
function isSound([, , steps]: SlicePatch): boolean {
  let made = 0
  for (const [at, [offset, length, added]] of steps.entries()) {
    if (length === 0 && (at > 0 || offset > 0 || added.length === 0)) return false
    if (offset + length > MAX_SLICE_LENGTH) return false
    made += length + added.length
  }
  return made > 0 && made <= MAX_SLICE_LENGTH
}

/**
 * The file of these patches, whatever their order.
 * @returns undefined where it would be longer than any reader takes
 */
export function encodeSlicePatches(patches: readonly SlicePatch[]): Bytes | undefined {
  if (patches.reduce((sum, [, , steps]) => sum + steps.length, 0) > MAX_ALL_STEPS) return undefined
  const ascending = [...patches].sort(([, a], [, b]) => compareBytes(a, b))
  const file = encodeCbor(spellShape(shape, { patches: ascending }))
  try {
    decodeSlicePatches(file)
    return file
  } catch (error) {
    if (isMalformed(error)) return undefined
    throw error
  }
}

/** How many bytes of a file a patch takes. */
export const lengthOfPatch = (patch: SlicePatch): number => encodeCbor(spellShape(patchShape, patch)).length

/** @throws Malformed */
export function decodeSlicePatches(file: Uint8Array): readonly SlicePatch[] {
  if (file.length > MAX_PATCHES_LENGTH) throw new Malformed('patches_length')
  const value = decodeCbor(file)
  if (isMap(value) && value.size > 1) throw new Malformed('unknown_field')
  return readShape(shape, value).patches
}

export type PatchedSlices =
  | {
      readonly ok: true
      /** In no order. Each is one of those that were missing. */
      readonly slices: readonly Uint8Array[]
    }
  | Refused

/** Gives an old slice by its SHA-256 in hexadecimal; undefined for one that isn't here. */
export type SliceSource = (sha256: string) => Promise<Uint8Array | undefined>

const someEntries = listOf(
  kindOf('slices as `missingSlices` has them', (value) => {
    const [, , length, digest] = Array.isArray(value) ? value : []
    return Number.isInteger(length) && isBytes(digest)
  }),
)

/**
 * Makes slices that are missing out of older ones, by a file of patches that `lists.json` names (docs/spec/slices.md). The
 * file may come from anywhere: only a slice that the signed list names comes out of it. Patches that lead to another slice,
 * or from one that isn't here, are passed over, so ask for what is still missing one by one.
 * @param file at most 4 MiB
 * @param missing what the new list lacks: its `missingSlices`
 * @param sliceOf is asked for each old slice that a patch begins at, one after the other
 * @returns the slices, to be given to `withSlice`; or `malformed` for what is no such file
 * @throws (rejects with) ArgumentTypeError for bad arguments; what `sliceOf` rejects with
 * @example
 * ```ts
 * import { applySlicePatches } from 'veristamp/keeper'
 *
 * const missing = laterTrustList.missingSlices
 * const patched = await applySlicePatches(slicePatchesFile, missing, async () => sliceFile)
 * if (!patched.ok) throw new Error(patched.reason)
 * patched.slices.length // → 1
 * ```
 */
export async function applySlicePatches(
  file: Uint8Array,
  missing: readonly SliceEntry[],
  sliceOf: SliceSource,
): Promise<PatchedSlices> {
  const own = copyBounded('file', file, MAX_PATCHES_LENGTH)
  someEntries('missing', missing)
  aFunction('sliceOf', sliceOf)
  const wanted = new Map(missing.map(([, , length, digest]) => [toHex(digest), length]))
  const read = orRefused(() => ({ ok: true as const, patches: decodeSlicePatches(own) }))
  if (!read.ok) return read
  const slices: Uint8Array[] = []
  for (const [from, to, steps] of read.patches) {
    // The work is bounded by what is missing: no slice is made twice, and none of another length than the list says.
    const length = wanted.get(toHex(to))
    const old = length === undefined ? undefined : await sliceOf(toHex(from))
    const slice = old && applyPatch(checkBytes('sliceOf()', old), steps, length!)
    if (slice && equalBytes(sha256(slice), to)) slices.push(slice)
  }
  return { ok: true, slices }
}
