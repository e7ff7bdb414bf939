import { decodeCbor } from '../codec/cbor.ts'
import { bytes, list, record, type Shape, time, tuple, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { type Header, headerFields } from '../document/header.ts'
import { type SlicedBody, slicesFault, slicesField } from '../document/slices.ts'
import { isBytes } from '../lib/brand.ts'
import { compareBytes } from '../lib/bytes.ts'
import { MAX_DAY } from '../lib/dates.ts'

/** Why something was revoked; the body says the place in this list. */
export const REVOCATION_REASONS = [
  'recalled',
  'lost',
  'stolen',
  'damaged',
  'withdrawn',
  'key-compromise',
  'other',
] as const
/**
 * Why serials or a key are revoked. Verdicts repeat it.
 * @useDeclaredType
 */
export type RevocationReason = (typeof REVOCATION_REASONS)[number]

/** One product's serials up to and including `serial`. */
export type SerialMark = readonly [facility: number, product: number, serial: number]

/** One set of revoked serials, spelled as docs/spec/revocation.md's "Serial set". `day` counts from 1970-01-01. */
export type SerialsEntry = readonly [
  facility: number,
  product: number,
  reason: number,
  day: number,
  serials: Uint8Array,
]
/** The watermarks of one issuer key, which is named by the SHA-256 of its public key. */
export type WatermarksEntry = readonly [key: Uint8Array, marks: readonly SerialMark[]]
/** A revoked issuer key: all its stamps, but for those up to the marks. */
export type KeyEntry = readonly [key: Uint8Array, reason: number, day: number, above: readonly SerialMark[]]

/**
 * What a revocation list's signed body says (docs/spec/revocation.md, "The revocation list"), entries in ascending
 * order.
 */
export interface RevocationBody extends RevocationHeader, RevocationEntries, SlicedBody {}

export interface RevocationHeader extends Header {
  /** The epoch of the key that signs. Lists are ordered by epoch, then by sequence. */
  readonly epoch: number
  /** When the next list is due, after `issued` and not after `expires`. */
  readonly next: Date
}

export interface RevocationEntries {
  readonly revoked: readonly SerialsEntry[]
  readonly watermarks: readonly WatermarksEntry[]
  readonly revokedKeys: readonly KeyEntry[]
}

const MAX = 2 ** 16
const key = bytes(32)
const reason = uint(0, REVOCATION_REASONS.length - 1)
const day = uint(0, MAX_DAY)
const marks: Shape<readonly SerialMark[]> = list(tuple(uint(), uint(), uint()), MAX)

/** The fields that slices have. */
const slicedFields = {
  revoked: list<SerialsEntry>(tuple(uint(), uint(), reason, day, bytes()), MAX),
  watermarks: list<WatermarksEntry>(tuple(key, marks), MAX),
  revokedKeys: list<KeyEntry>(tuple(key, reason, day, marks), MAX),
}

/** The fields that deltas have too. */
export const entriesFields = { epoch: uint(), next: time, ...slicedFields }

/** The field that is wrong, if one is: impossible dates, entries out of order or there twice. */
export function entriesFault(
  body: Omit<RevocationBody, 'authority' | 'slices'>,
): 'expires' | 'next' | keyof RevocationEntries | undefined {
  const { issued, next, expires } = body
  if (!(issued < next && next <= expires)) return expires > issued ? 'next' : 'expires'
  return orderFault(body)
}

function orderFault({
  revoked,
  watermarks,
  revokedKeys,
}: RevocationEntries): keyof RevocationEntries | undefined {
  if (!isAscending(revoked, 4)) return 'revoked'
  if (!areKeysAscending(watermarks)) return 'watermarks'
  if (!areKeysAscending(revokedKeys)) return 'revokedKeys'
  return undefined
}

export const revocationBody: Shape<RevocationBody> = record<RevocationBody>(
  { ...headerFields, ...entriesFields, slices: slicesField },
  { fault: (body) => entriesFault(body) ?? slicesFault(body) },
)

export const revocationSlice: Shape<RevocationEntries> = record<RevocationEntries>(slicedFields, {
  fault: orderFault,
})

/** What a signed body says. @throws Malformed */
export const readRevocationBody = (body: Uint8Array): RevocationBody =>
  readShape(revocationBody, decodeCbor(body))

type Entry = SerialMark | SerialsEntry | WatermarksEntry | KeyEntry | readonly [Uint8Array, ...SerialMark]

/** Entries go by their first items, numbers or bytes, in that order. */
export function compareEntries(a: Entry, b: Entry, items: number): number {
  for (let i = 0; i < items; i++) {
    const [x, y] = [a[i], b[i]]
    const order = isBytes(x) ? compareBytes(x, y as Uint8Array) : (x as number) - (y as number)
    if (order !== 0) return order
  }
  return 0
}

const isAscending = (entries: readonly Entry[], items: number): boolean =>
  entries.every((entry, i) => i === 0 || compareEntries(entries[i - 1]!, entry, items) < 0)

const areKeysAscending = (entries: readonly (WatermarksEntry | KeyEntry)[]): boolean =>
  isAscending(entries, 1) &&
  entries.every((entry) => isAscending(entry[entry.length - 1] as readonly SerialMark[], 2))
