import { decodeBase45, encodeBase45 } from '../codec/base45.ts'
import { decodeCbor, encodeCbor } from '../codec/cbor.ts'
import { bytes, list, optional, record, type Shape, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import type { Refusal } from '../document/refusal.ts'
import { compareSeen, isNewer, type Seen, type SeenRoots } from '../document/store.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { concatBytes, equalBytes } from '../lib/bytes.ts'
import { isNamed, Malformed } from '../lib/errors.ts'

/** What is kept of one authority: its newest lists as they came, and their places, which outlast them. */
export interface Kept {
  readonly trust?: KeptList | undefined
  readonly revocation?: KeptList | undefined
}

export interface KeptList {
  readonly seen: Seen
  readonly bytes: Uint8Array
}

const MARK = 'veristamp-kept-1 '
const DIGEST_LENGTH = 32

const seen: Shape<Seen> = record<Seen>({
  epoch: uint(),
  sequence: uint(),
  digest: bytes(32),
  roots: optional(record<SeenRoots>({ threshold: uint(1), keys: list(bytes(32), 16) })),
})
const keptList: Shape<KeptList> = record<KeptList>({ seen, bytes: bytes() })
const shape: Shape<Kept> = record<Kept>({ trust: optional(keptList), revocation: optional(keptList) })

/** A text for a store: a mark, then the SHA-256 of the rest and the rest, in base45. */
export function encodeKept(kept: Kept): string {
  const body = encodeCbor(spellShape(shape, kept))
  return MARK + encodeBase45(concatBytes(sha256(body), body))
}

/** @throws Malformed for any other text */
export function decodeKept(text: string): Kept {
  if (!text.startsWith(MARK)) throw new Malformed('kept_mark')
  const all = decodeBase45(text.slice(MARK.length))
  const body = all.subarray(DIGEST_LENGTH)
  if (!equalBytes(sha256(body), all.subarray(0, DIGEST_LENGTH))) throw new Malformed('kept_checksum')
  return readShape(shape, decodeCbor(body))
}

/** The newest of two, list by list. */
export interface MergedKept {
  readonly newest: Kept
  /** Why the first one's list stayed where the second has another of the same number: `equivocation`. */
  readonly clash?: Refusal | undefined
}

/** Of equal lists the second. A list that another of its number stands against keeps no newer one of the other kind away. */
export function mergeKept(a: Kept, b: Kept): MergedKept {
  const trust = newer(a.trust, b.trust)
  const revocation = newer(a.revocation, b.revocation)
  return {
    newest: { trust: trust.list, revocation: revocation.list },
    clash: trust.clash ?? revocation.clash,
  }
}

interface Newer {
  readonly list: KeptList | undefined
  readonly clash?: Refusal | undefined
}

function newer(a: KeptList | undefined, b: KeptList | undefined): Newer {
  if (a === undefined || b === undefined) return { list: a ?? b }
  if (compareSeen(a.seen, b.seen) > 0) return { list: a }
  try {
    isNewer(b.seen, a.seen)
    return { list: b }
  } catch (error) {
    if (!isNamed(error, 'Refusal')) throw error
    return { list: a, clash: error as Refusal }
  }
}

/** True where both say the same, byte for byte. */
export const sameKept = (a: Kept, b: Kept): boolean =>
  same(a.trust, b.trust) && same(a.revocation, b.revocation)

const same = (a: KeptList | undefined, b: KeptList | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equalBytes(a.bytes, b.bytes))
