import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { ProductSerial, RevocationContent, RevokedKey } from '../../revocation/content.ts'
import type { RevocationDraft } from '../../revocation/draft.ts'
import type { SerialSet } from '../../revocation/serial-set.ts'
import { type SerialRange, serialSetOf, subtractSet, uniteSets } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'

/** How many stamps a revocation hits, counted by the runs of the project. Ranges are counted, however long. */
export interface RevocationEffect {
  /** Serials of runs. */
  readonly issued: number
  /** Serials that no run has. */
  readonly unissued: number
  /** Serials that are revoked already. */
  readonly known: number
}

type Product = Omit<ProductSerial, 'serial'>

const isOf =
  ({ facility, product }: Product) =>
  (each: Product): boolean =>
    each.facility === facility && each.product === product

export const countOf = ({ firsts, lasts }: SerialSet): number =>
  firsts.reduce((sum, first, i) => sum + (lasts[i]! - first + 1), 0)

const serialsOf = (runs: readonly Reservation[]): SerialSet =>
  serialSetOf(runs.map(({ first, last }) => ({ first, last })))

/** The effect of revoking serials of a product in this draft. */
export function effectOnSerials(
  draft: RevocationDraft,
  reservations: readonly Reservation[],
  product: Product,
  serials: readonly SerialRange[],
): RevocationEffect {
  const wanted = serialSetOf(serials)
  const fresh = subtractSet(wanted, revokedOf(draft, product))
  const unissued = subtractSet(fresh, serialsOf(reservations.filter(isOf(product))))
  const all = countOf(fresh)
  return { issued: all - countOf(unissued), unissued: countOf(unissued), known: countOf(wanted) - all }
}

/**
 * How many stamps of a key its revocation takes that are good until then. What the key has not signed yet is revoked
 * with it, and has no number.
 */
export function effectOnKey(
  draft: RevocationDraft,
  reservations: readonly Reservation[],
  publicKey: Uint8Array,
  above: readonly ProductSerial[],
): number {
  const own = reservations.filter((run) => run.publicKey === toHex(publicKey))
  const products = new Map(own.map((run) => [`${run.facility} ${run.product}`, run]))
  let count = 0
  for (const product of products.values()) {
    const good = goodSerials(draft, publicKey, product, serialsOf(own.filter(isOf(product))))
    count += countOf(good) - countOf(subtractSet(good, aboveMark(above, product)))
  }
  return count
}

/** Those of a key's serials that neither they themselves nor the key was revoked for. */
export const goodSerials = (
  draft: RevocationContent,
  publicKey: Uint8Array,
  product: Product,
  serials: SerialSet,
): SerialSet => {
  const entry = draft.revokedKeys.find(({ key }) => equalBytes(key, sha256(publicKey)))
  return subtractSet(subtractSet(serials, revokedOf(draft, product)), revokedBy(entry, product))
}

const revokedOf = ({ revoked }: RevocationContent, product: Product): SerialSet =>
  uniteSets(...revoked.filter(isOf(product)).map(({ serials }) => serials))

const revokedBy = (entry: RevokedKey | undefined, product: Product): SerialSet =>
  entry === undefined ? serialSetOf([]) : aboveMark(entry.above, product)

/** The serials of a product that no mark spares. */
function aboveMark(marks: readonly ProductSerial[], product: Product): SerialSet {
  const first = (marks.find(isOf(product))?.serial ?? -1) + 1
  return first > Number.MAX_SAFE_INTEGER
    ? serialSetOf([])
    : serialSetOf([{ first, last: Number.MAX_SAFE_INTEGER }])
}
