import { applySlicePatches, MAX_PATCHES_LENGTH, type SliceSource } from '../document/slice-patches.ts'
import type { SliceEntry } from '../document/slices.ts'
import { KeeperFault } from './fault.ts'
import type { Inquiry } from './inquiry.ts'
import type { IndexedStep } from './lists-index.ts'

/**
 * The slices that patches make of those that are here. What does not come of it is no loss: it is asked for one by one.
 * @param from the SHA-256 of the file of the list that the old slices are of
 * @param offered what the index names
 * @throws the reason of a signal
 */
export async function bringPatched(
  missing: readonly SliceEntry[],
  from: string,
  offered: readonly IndexedStep[],
  inquiry: Inquiry,
  sliceOf: SliceSource,
): Promise<readonly Uint8Array[]> {
  const named = offered.find((each) => each.from === from)
  if (named === undefined || missing.length === 0) return []
  // What takes more bytes than the slices themselves is not read to its end.
  const worth = missing.reduce((sum, [, , length]) => sum + length, 0)
  try {
    const file = await inquiry.download(named, Math.min(MAX_PATCHES_LENGTH, worth))
    const patched = await applySlicePatches(file, missing, sliceOf)
    return patched.ok ? patched.slices : []
  } catch (error) {
    if (error instanceof KeeperFault) return []
    throw error
  }
}
