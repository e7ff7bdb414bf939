import { toHex } from '../lib/bytes.ts'
import { makePatch } from './slice-patch.ts'
import { lengthOfPatch, type SlicePatch } from './slice-patches.ts'
import type { SliceEntry } from './slices.ts'

/** The file of a slice, by its SHA-256 in hexadecimal; undefined where it is not at hand. */
export type SliceFiles = (sha256: string) => Uint8Array | undefined

/** Patches that were made before, by both hashes: many older lists have the same slices. Undefined for one not worth it. */
export type MadePatches = Map<string, SlicePatch | undefined>

/**
 * The patches that lead from the slices of an older list to those of a newer one, where a patch takes less than half of its
 * slice. Each begins at the old slice that has most of its key ids.
 * @param made is filled
 */
export function makeSlicePatches(
  before: readonly SliceEntry[],
  after: readonly SliceEntry[],
  fileOf: SliceFiles,
  made: MadePatches = new Map(),
): SlicePatch[] {
  const old = new Set(before.map(nameOf))
  const patches = new Map<string, SlicePatch>()
  let at = 0
  for (const entry of after) {
    while (at < before.length && before[at]![1] < entry[0]) at++
    const name = nameOf(entry)
    if (old.has(name)) continue
    const from = mostOf(before, at, entry)
    const patch = from && makeOnce(from, entry, fileOf, made)
    if (patch !== undefined) patches.set(name, patch)
  }
  return [...patches.values()]
}

const nameOf = ([, , , digest]: SliceEntry): string => toHex(digest)

/** Of the old slices from a place on, the one that shares most key ids with a new one. */
function mostOf(
  before: readonly SliceEntry[],
  place: number,
  [first, last]: SliceEntry,
): SliceEntry | undefined {
  let best: SliceEntry | undefined
  let most = 0
  for (let at = place; at < before.length && before[at]![0] <= last; at++) {
    const shared = Math.min(last, before[at]![1]) - Math.max(first, before[at]![0]) + 1
    if (shared > most) [best, most] = [before[at], shared]
  }
  return best
}

function makeOnce(
  from: SliceEntry,
  to: SliceEntry,
  fileOf: SliceFiles,
  made: MadePatches,
): SlicePatch | undefined {
  const key = `${nameOf(from)} ${nameOf(to)}`
  if (!made.has(key)) made.set(key, worthyPatch(from, to, fileOf))
  return made.get(key)
}

/** Less than half of its slice: undefined for a longer one, and where a file is not at hand. */
function worthyPatch(from: SliceEntry, to: SliceEntry, fileOf: SliceFiles): SlicePatch | undefined {
  const [old, slice] = [fileOf(nameOf(from)), fileOf(nameOf(to))]
  if (old === undefined || slice === undefined) return undefined
  const patch: SlicePatch = [from[3], to[3], makePatch(old, slice)]
  return 2 * lengthOfPatch(patch) < slice.length ? patch : undefined
}
