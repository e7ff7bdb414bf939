import { decodeCbor, decodeCborSequence } from '../codec/cbor.ts'
import { record } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { toHex } from '../lib/bytes.ts'
import { envelopeFromValue, MAX_DOCUMENT_LENGTH, MAX_ENVELOPE_ITEMS } from './envelope.ts'
import { orRefused } from './refusal.ts'
import { type SlicedBody, type SliceEntry, slicesFault, slicesField } from './slices.ts'

/** Which slices a list names, for those who put list and slices together. */

/** A list's file, or a draft's, and those of its slices: none for a list that stands whole in its body. */
export interface ListFiles {
  readonly document: Uint8Array
  readonly slices: readonly Uint8Array[]
}

/** The documents of the longest chain. */
const MAX_DOCUMENTS = 64

const slicesOnly = record<SlicedBody>({ slices: slicesField }, { fault: slicesFault })

/**
 * The slices that a file's list names, or its draft; of a chain the last list counts. Of bytes that are no list none: who
 * loads them says why. Nothing is verified.
 */
export function namedSlices(file: Uint8Array): readonly SliceEntry[] {
  const read = orRefused(() => {
    if (file.length > 4 * MAX_DOCUMENT_LENGTH) return { ok: true as const, slices: [] }
    const documents = decodeCborSequence(file, MAX_DOCUMENTS, MAX_DOCUMENTS * MAX_ENVELOPE_ITEMS)
    const { body } = envelopeFromValue(documents.at(-1)!.value)
    return { ok: true as const, slices: readShape(slicesOnly, decodeCbor(body)).slices ?? [] }
  })
  return read.ok ? read.slices : []
}

/** The name of a slice's file, which lies next to its list. */
export const sliceFileName = (digest: Uint8Array): string => `slice-${toHex(digest)}.cbor`

/** A slice as people and programs read of it. All of it is plain JSON. */
export interface SliceDescription {
  readonly firstKeyId: number
  readonly lastKeyId: number
  /** How long its file is. */
  readonly bytes: number
  /** In hexadecimal. */
  readonly sha256: string
  /** True for one that was not given: nothing is said of what it holds. */
  readonly missing?: true
}

/** Undefined for a list that stands whole in its body. */
export function describeSlices(
  slices: readonly SliceEntry[] = [],
  missing: readonly SliceEntry[] = slices,
): readonly SliceDescription[] | undefined {
  if (slices.length === 0) return undefined
  const lacks = new Set(missing.map(([firstKeyId]) => firstKeyId))
  return slices.map((entry) => {
    const [firstKeyId, lastKeyId, bytes, digest] = entry
    const described = { firstKeyId, lastKeyId, bytes, sha256: toHex(digest) }
    return lacks.has(firstKeyId) ? { ...described, missing: true } : described
  })
}
