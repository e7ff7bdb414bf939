import { sha256 } from '../ed25519/sha2.ts'
import { equalBytes, toHex } from '../lib/bytes.ts'
import { dateOf } from '../lib/dates.ts'
import {
  REVOCATION_REASONS,
  type RevocationBody,
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
export interface RevocationList extends RevocationHeader {
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
  /** True when a store stands against older lists. */
  readonly rollbackProtected: boolean
  /** The revocation of one stamp, whichever key signed it. */
  findSerial(facility: number, product: number, serial: number): Revocation | undefined
  /** The highest serial that a key may have issued of a product; undefined where the list sets no limit. */
  watermark(publicKey: Uint8Array, facility: number, product: number): number | undefined
  /** The revocation of a key, where it covers this serial. */
  keyRevocation(
    publicKey: Uint8Array,
    facility: number,
    product: number,
    serial: number,
  ): Revocation | undefined
}

/**
 * Makes a verified body ready to be asked.
 * @throws Malformed for serial sets that are none; Refusal `serials_overlap` for a serial that stands twice
 */
export function indexRevocationList(
  { revoked, watermarks, revokedKeys, ...header }: RevocationBody,
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
  const nameOf = keyNames()
  return {
    ...header,
    ...loaded,
    findSerial(facility, product, serial) {
      const own = products.get(pairOf(facility, product))
      if (own === undefined || !hasSerial(own.all, serial)) return undefined
      return own.entries.find(({ serials }) => hasSerial(serials, serial))?.revocation
    },
    watermark: (publicKey, facility, product) =>
      marksByKey.get(nameOf(publicKey))?.get(pairOf(facility, product)),
    keyRevocation(publicKey, facility, product, serial) {
      const revoked = revocationsByKey.get(nameOf(publicKey))
      const isCovered = revoked !== undefined && serial > (revoked.above.get(pairOf(facility, product)) ?? -1)
      return isCovered ? revoked.revocation : undefined
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

function indexProducts(revoked: RevocationBody['revoked']): Map<string, ProductSerials> {
  const products = new Map<string, ProductSerials>()
  let runsLeft = MAX_RUNS
  for (const [facility, product, reason, day, bytes] of revoked) {
    const serials = decodeSerialSet(bytes, runsLeft)
    runsLeft -= serials.firsts.length
    const entry = { serials, revocation: revocationOf(reason, day) }
    const own = products.get(pairOf(facility, product))
    if (own === undefined) products.set(pairOf(facility, product), { all: serials, entries: [entry] })
    else own.entries.push(entry)
  }
  for (const own of products.values()) own.all = joinDisjoint(own.entries.map(({ serials }) => serials))
  return products
}

const indexMarks = (marks: readonly SerialMark[]): Map<string, number> =>
  new Map(marks.map(([facility, product, serial]) => [pairOf(facility, product), serial]))

/** Facility and product as the key of a map. */
const pairOf = (facility: number, product: number): string => `${facility} ${product}`

/** The SHA-256 of a public key, in hexadecimal. Few keys are asked for many stamps, so each is kept. */
function keyNames(): (publicKey: Uint8Array) => string {
  const known = new Map<number, { readonly publicKey: Uint8Array; readonly name: string }>()
  return (publicKey) => {
    const start = publicKey[0]! | (publicKey[1]! << 8) | (publicKey[2]! << 16)
    let entry = known.get(start)
    if (entry === undefined || !equalBytes(entry.publicKey, publicKey)) {
      // A copy, even of a Buffer: the caller may write over it.
      entry = { publicKey: Uint8Array.from(publicKey), name: toHex(sha256(publicKey)) }
      known.set(start, entry)
    }
    return entry.name
  }
}
