import { sha256 } from '@noble/hashes/sha2.js'
import { type RevocationList, type TrustList, withSlice } from 'veristamp/verify'
import { toHex } from './setup.ts'

/** The parts of large lists (SPEC's slices), by their hashes in hexadecimal. */

export type SlicedList = TrustList | RevocationList
type Entry = SlicedList['missingSlices'][number]

/** 256 KiB: nothing longer is a slice. */
export const MAX_SLICE_LENGTH = 2 ** 18

/** A map of canonical CBOR with two fields or more: no other file of a USB stick begins like that, also no patches of slices. */
export const looksLikeSlice = (bytes: Uint8Array): boolean =>
  bytes.length <= MAX_SLICE_LENGTH && bytes[0]! > 0xa1 && bytes[0]! < 0xb8

export const hashOf = (bytes: Uint8Array): string => toHex(sha256(bytes))

export const nameOf = ([, , , digest]: Entry): string => toHex(digest)

/** What a list became with some slices. */
export interface WithSlices<List> {
  readonly list: List
  /** Why they were refused: then the list is as it was. */
  readonly reason?: Extract<ReturnType<typeof withSlice>, { ok: false }>['reason']
}

/** The list with those of the slices that it lacks. */
export function withSlices<List extends SlicedList>(
  list: List,
  slices: ReadonlyMap<string, Uint8Array>,
): WithSlices<List> {
  const files = list.missingSlices.flatMap((entry) => slices.get(nameOf(entry)) ?? [])
  if (files.length === 0) return { list }
  const grown = withSlice(list, files)
  if (grown.ok) return { list: grown.list }
  // What was kept may have been damaged since.
  const sound = new Map([...slices].filter(([name, bytes]) => hashOf(bytes) === name))
  return sound.size < slices.size ? withSlices(list, sound) : { list, reason: grown.reason }
}

/** Key ids from one to another, both included. */
export type KeyIds = readonly [first: number, last: number]

/** The key ids of slices, with neighbours together. */
export function keyIdsOf(entries: readonly Entry[]): readonly KeyIds[] {
  const ranges: [number, number][] = []
  for (const [first, last] of entries) {
    const before = ranges.at(-1)
    if (before !== undefined && before[1] + 1 === first) before[1] = last
    else ranges.push([first, last])
  }
  return ranges
}
