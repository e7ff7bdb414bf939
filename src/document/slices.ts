import { decodeCbor } from '../codec/cbor.ts'
import { bytes, list, optional, type Shape, tuple, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { isMap } from '../lib/brand.ts'
import { equalBytes } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * Lists in slices (docs/spec/slices.md): a list names its parts by their hashes, and each part holds what
 * concerns the issuers of a range of key ids. The parts bear no signature.
 */

/** A slice as the signed body names it: for which key ids, how long in bytes, and its SHA-256. */
export type SliceEntry = readonly [firstKeyId: number, lastKeyId: number, length: number, digest: Uint8Array]

/** A signed body that may have slices. */
export interface SlicedBody {
  /** Ascending by key id. Absent for a list that stands whole in its body. */
  readonly slices?: readonly SliceEntry[] | undefined
}

/** What a loaded list says of its slices. */
export interface Sliced extends SlicedBody {
  /** Those that are not loaded: stamps with a key id in one of them are `slice_missing`. */
  readonly missingSlices: readonly SliceEntry[]
}

/** 256 KiB: a longer slice is refused by its length alone. */
export const MAX_SLICE_LENGTH = 2 ** 18
export const MAX_SLICES = 2 ** 16
/** Bytes of all slices of a list: 256 MiB. */
const MAX_SLICES_LENGTH = 2 ** 28
/** Entries of a kind in a body and the slices that are loaded with it. */
const MAX_ENTRIES = 2 ** 20

const keyId = uint(0, 65_535)

export const slicesField = optional(
  list<SliceEntry>(tuple(keyId, keyId, uint(1, MAX_SLICE_LENGTH), bytes(32)), MAX_SLICES),
)

/** Names the field where ranges are not ascending and disjoint, or where the slices are too long together. */
export function slicesFault({ slices = [] }: SlicedBody): 'slices' | undefined {
  let before = -1
  let left = MAX_SLICES_LENGTH
  for (const [first, last, length] of slices) {
    left -= length
    if (first <= before || last < first || left < 0) return 'slices'
    before = last
  }
  return undefined
}

/** True for the slice that holds a key id. */
export const covers = ([first, last]: SliceEntry, keyId: number): boolean => first <= keyId && keyId <= last

/** What may name issuers: they stand in the slice of their key id. */
interface Issued {
  readonly issuers?: readonly { readonly keyId: number }[]
}

/**
 * What the files of some slices hold; those that are loaded already are passed over. Length and hash are compared before
 * anything is read.
 * @throws Refusal `wrong_slice`, or Malformed
 */
export function openSlices<T extends object>(
  files: readonly Uint8Array[],
  { slices = [], missingSlices }: Sliced,
  shape: Shape<T>,
): { readonly parts: readonly T[]; readonly missingSlices: readonly SliceEntry[] } {
  const parts: T[] = []
  for (const file of files) {
    const hash = sha256(file)
    const isIt = ([, , length, digest]: SliceEntry) => length === file.length && equalBytes(digest, hash)
    if (!slices.some(isIt)) throw new Refusal('wrong_slice')
    if (!missingSlices.some(isIt)) continue
    const part: T & Issued = readShape(shape, decodeCbor(file))
    parts.push(part)
    missingSlices = missingSlices.filter((entry) => {
      if (isIt(entry) && part.issuers?.some(({ keyId }) => !covers(entry, keyId)))
        throw new Malformed('slices')
      return !isIt(entry)
    })
  }
  return { parts, missingSlices }
}

/** What makes two entries of each field one and the same. @inline */
export type Names<T extends object> = {
  readonly [Field in keyof T]: T[Field] extends readonly (infer Entry)[] ? (entry: Entry) => unknown : never
}

/**
 * The entries of a body and of slices, each once: what is named alike in two of them is the same, item for item.
 * @throws Malformed for too many; Refusal `slices_disagree`
 */
export function unite<T extends object>(parts: readonly T[], names: Names<T>): T {
  const united: Record<string, unknown> = {}
  for (const field in names) {
    const known = new Map<unknown, unknown>()
    for (const part of parts) {
      for (const entry of part[field] as readonly unknown[]) {
        const name = names[field](entry as never)
        const same = known.get(name) ?? entry
        if (same !== entry && spell(same) !== spell(entry)) throw new Refusal('slices_disagree')
        if (known.set(name, same).size > MAX_ENTRIES) throw new Malformed('slices')
      }
    }
    united[field] = [...known.values()]
  }
  return united as T
}

/** Values that differ differ in this: no map of CBOR looks like anything else. */
const spell = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (isMap(item) ? { map: [...item] } : item))
