import { type MadePatches, makeSlicePatches, type SliceFiles } from '../../document/make-patches.ts'
import { encodeSlicePatches } from '../../document/slice-patches.ts'
import type { SlicedBody } from '../../document/slices.ts'
import { compareSeen } from '../../document/store.ts'
import { MAX_INDEXED_STEPS } from '../../keeper/lists-index.ts'
import { copyBytes } from '../../lib/checks.ts'
import { isOurs } from '../../lib/errors.ts'
import { makeDelta } from '../../revocation/make-delta.ts'
import { hashOfFile } from './site-files.ts'

/** A list, as it came and as it was read. */
export interface OpenedList<List> {
  readonly bytes: Uint8Array
  readonly list: List
}

/** Where a list stands among those of its kind, and how long it is good. */
export interface ListPlace {
  readonly epoch: number
  readonly sequence: number
  readonly expires: Date
}

/** An older list that verifiers may still have, and what leads from it to the newest, where that is worth its bytes. */
export interface Base extends OpenedList<ListPlace> {
  readonly delta?: Uint8Array | undefined
  readonly patches?: Uint8Array | undefined
}

/** The lists before the newest that have not expired, the newest first: 64 at most. Others are passed over. */
export function olderThan(
  newest: OpenedList<ListPlace>,
  files: readonly Uint8Array[],
  open: (bytes: Uint8Array) => (ListPlace & SlicedBody) | undefined,
  now: Date,
): OpenedList<ListPlace & SlicedBody>[] {
  const older = new Map<string, OpenedList<ListPlace & SlicedBody>>()
  for (const bytes of files) {
    const list = open(bytes)
    if (list === undefined || list.expires <= now || compareSeen(list, newest.list) >= 0) continue
    older.set(hashOfFile(bytes), { bytes: copyBytes('before', bytes), list })
  }
  return [...older.values()].sort((a, b) => compareSeen(b.list, a.list)).slice(0, MAX_INDEXED_STEPS)
}

/** The delta that leads to the newest list: less than half of it. Undefined for a longer one, and where none can lead there. */
export function worthyDelta(from: Uint8Array, to: Uint8Array): Uint8Array | undefined {
  try {
    const delta = makeDelta(from, to)
    return delta.length * 2 < to.length ? delta : undefined
  } catch (error) {
    if (isOurs(error, 'revocation_permanent') || isOurs(error, 'bad_document')) return undefined
    throw error
  }
}

/**
 * Makes the files of patches that lead to a list's slices.
 * @returns undefined where no patch is worth its bytes, or where all of them are too many for a file
 */
export function patcher(
  { slices: after = [] }: SlicedBody,
  fileOf: SliceFiles,
): (list: SlicedBody) => Uint8Array | undefined {
  const made: MadePatches = new Map()
  return ({ slices: before = [] }) => {
    const patches = makeSlicePatches(before, after, fileOf, made)
    return patches.length > 0 ? encodeSlicePatches(patches) : undefined
  }
}
