import type { Sliced } from '../document/slices.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import { dateOf } from '../lib/dates.ts'
import { PairMap } from '../lib/pair-map.ts'
import {
  REVOCATION_REASONS,
  type RevocationBody,
  type RevocationEntries,
  type RevocationHeader,
  type RevocationReason,
  type SerialMark,
} from './body.ts'
import { hasSerial, joinDisjoint, MAX_RUNS, type SerialSet } from './serial-set.ts'
import { decodeSerialSet } from './serial-set-reader.ts'

/** Why and when something was revoked. */
export interface Revocation {
  readonly reason: RevocationReason
  /** YYYY-MM-DD. */
  readonly date: string
}

/** A revocation list that was verified: only `loadRevocationList` makes one. */
export interface RevocationList extends RevocationHeader, Sliced {
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
  /** True when a store stands against older lists. */
  readonly rollbackProtected: boolean
  /** @internal */
  readonly [ENTRIES]?: RevocationEntries
  /** The revocation of one stamp, whichever key signed it. */
  findSerial(facility: number, product: number, serial: number): Revocation | undefined
  /** What the list says of an issuer key, 32 bytes: asked once for many stamps. */
  ofKey(publicKey: Uint8Array): KeyRecord
}

/** What a revocation list says of one issuer key. */
export interface KeyRecord {
  /** The highest serial that the key may have issued of a product; undefined where the list sets no limit. */
  watermark(facility: number, product: number): number | undefined
  /** The revocation of the key, where it covers this serial. */
  revocation(facility: number, product: number, serial: number): Revocation | undefined
}

/** Where a loaded list keeps its entries, for threads that load it anew. In every build the same. */
export const ENTRIES: unique symbol = /* @__PURE__ */ Symbol.for('veristamp:entries') as never

/**
 * Makes a verified body ready to be asked.
 * @throws Malformed for malformed serial sets; Refusal `serials_overlap` for a serial that stands twice
 */
export function indexRevocationList(
  {
    revoked,
    watermarks,
    revokedKeys,
    missingSlices,
    ...header
  }: RevocationBody & Partial<Pick<Sliced, 'missingSlices'>>,
  loaded: Pick<RevocationList, 'digest' | 'rollbackProtected'>,
): RevocationList {
  const products = indexProducts(revoked)
  const marksByKey = new Map(watermarks.map(([key, marks]) => [toHex(key), indexMarks(marks)]))
  const revocationsByKey = new Map(
    revokedKeys.map(([key, reason, day, above]) => [
      toHex(key),
      { revocation: revocationOf(reason, day), above: indexMarks(above) },
    ]),
  )
  return {
    ...header,
    ...loaded,
    missingSlices: missingSlices ?? header.slices ?? [],
    [ENTRIES]: { revoked, watermarks, revokedKeys },
    findSerial(facility, product, serial) {
      const own = products.get(facility, product)
      if (!own || !hasSerial(own.all, serial)) return undefined
      return own.entries.find(({ serials }) => hasSerial(serials, serial))?.revocation
    },
    ofKey(publicKey) {
      const name = toHex(sha256(publicKey))
      const marks = marksByKey.get(name)
      const revoked = revocationsByKey.get(name)
      return {
        watermark: (facility, product) => marks?.get(facility, product),
        revocation(facility, product, serial) {
          const isCovered = serial > (revoked?.above.get(facility, product) ?? -1)
          return isCovered ? revoked?.revocation : undefined
        },
      }
    },
  }
}

const revocationOf = (reason: number, day: number): Revocation => ({
  reason: REVOCATION_REASONS[reason]!,
  date: dateOf(day),
})

/** The revoked serials of one product. */
interface ProductSerials {
  /** Of all entries, so that a serial that is not revoked takes one search. */
  all: SerialSet
  readonly entries: { readonly serials: SerialSet; readonly revocation: Revocation }[]
}

/** @throws as `indexRevocationList` does */
export const checkRevocationList = ({ revoked }: RevocationEntries): void => void indexProducts(revoked)

function indexProducts(revoked: RevocationBody['revoked']): PairMap<ProductSerials> {
  const products = new PairMap<ProductSerials>()
  const all = new Set<ProductSerials>()
  let runsLeft = MAX_RUNS
  for (const [facility, product, reason, day, bytes] of revoked) {
    const serials = decodeSerialSet(bytes, runsLeft)
    runsLeft -= serials.firsts.length
    const own = products.get(facility, product) ?? { all: serials, entries: [] }
    own.entries.push({ serials, revocation: revocationOf(reason, day) })
    products.set(facility, product, own)
    all.add(own)
  }
  for (const own of all) own.all = joinDisjoint(own.entries.map(({ serials }) => serials))
  return products
}

function indexMarks(marks: readonly SerialMark[]): PairMap<number> {
  const index = new PairMap<number>()
  for (const [facility, product, serial] of marks) index.set(facility, product, serial)
  return index
}
