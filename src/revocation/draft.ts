import { sha256 } from '../ed25519/sha2.ts'
import { bytesOf, checkTable, ifGiven, listOf, objectOf } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { checkBytes } from '../lib/checks.ts'
import { aMark, aProduct, aReason, checkContent } from './arguments.ts'
import {
  copyEdits,
  keyName,
  type ProductSerial,
  productName,
  type RevocationContent,
  type RevocationEdits,
  type RevokedKey,
  type RevokedSerials,
  serialsName,
  type Watermark,
  watermarkName,
} from './content.ts'
import { permanent } from './permanence.ts'
import type { SerialSet } from './serial-set.ts'
import { aSerials, type Serials, serialSetOf, subtractSet, uniteSets } from './serial-set-algebra.ts'

/**
 * A revocation list in the making: plain content that the functions below copy with a change. It is signed by
 * `signRevocationList`; what it revokes can be taken back only until then.
 */
export interface RevocationDraft extends RevocationContent {
  /** The signed list that this one follows, and must keep whole. */
  readonly previous?: RevocationContent | undefined
}

/** Drafts whose bytes are nobody else's: edit after edit copies them once. */
const owned = new WeakSet<RevocationDraft>()

function own(draft: RevocationDraft): RevocationDraft {
  if (owned.has(draft)) return draft
  const { previous } = checkContent('draft', draft)
  return {
    ...draft,
    ...copyEdits(draft),
    ...(previous && { previous: { ...previous, ...copyEdits(previous) } }),
  }
}

/** A draft of its own with other entries. */
export function edited(
  draft: Omit<RevocationDraft, keyof RevocationEdits>,
  entries: RevocationEdits,
): RevocationDraft {
  const { revoked, watermarks, revokedKeys } = entries
  const next = { ...draft, revoked, watermarks, revokedKeys }
  owned.add(next)
  return next
}

/** @inline */
type ProductSerials = Omit<RevokedSerials, 'serials' | 'reason' | 'date'> & { readonly serials: Serials }

/**
 * The draft with more serials revoked. Those that are already revoked keep the reason and date they have.
 * @param revoked whose serials, which (`7`, `{ first: 1000, last: 1999 }`), why, and the day as YYYY-MM-DD
 * @throws an argument error for bad serials
 * @example
 * ```ts
 * import { addSerials } from 'veristamp/authority'
 * const serials = [7, { first: 1000, last: 1999 }]
 * const next = addSerials(draft, { facility: 12, product: 104, serials, reason: 'stolen', date: '2026-01-03' })
 * next.revoked.length // → 1
 * ```
 */
export function addSerials(
  given: RevocationDraft,
  revoked: Omit<RevokedSerials, 'serials'> & { readonly serials: Serials },
): RevocationDraft {
  const draft = own(given)
  const { serials, ...entry } = checkTable('revoked', revoked, { ...aProduct, ...aReason, serials: aSerials })
  const name = serialsName(entry)
  const known = draft.revoked.filter((each) => productName(each) === productName(entry))
  const added = known.reduce((left, each) => subtractSet(left, each.serials), serialSetOf(serials))
  const same = known.find((each) => serialsName(each) === name)
  const united = same === undefined ? added : uniteSets(same.serials, added)
  const others = draft.revoked.filter((each) => each !== same)
  return edited(draft, { ...draft, revoked: [...others, { ...entry, serials: united }] })
}

/**
 * The draft without these serials' revocation. Those that are not revoked are passed over.
 * @throws VeristampError `revocation_permanent` when the previous list, which is signed, revoked one of them
 * @example
 * ```ts
 * import { addSerials, removeSerials } from 'veristamp/authority'
 * const mistaken = addSerials(draft, { facility: 12, product: 104, serials: [7], reason: 'lost', date: '2026-01-03' })
 * removeSerials(mistaken, { facility: 12, product: 104, serials: [7] }).revoked // → []
 * ```
 */
export function removeSerials(given: RevocationDraft, restored: ProductSerials): RevocationDraft {
  const draft = own(given)
  const { facility, product, serials } = checkTable('restored', restored, { ...aProduct, serials: aSerials })
  const removed = serialSetOf(serials)
  const isOwn = (each: RevokedSerials) => each.facility === facility && each.product === product
  for (const { serials } of draft.previous?.revoked.filter(isOwn) ?? []) checkNoneOf(serials, removed)
  const revoked = draft.revoked.map((each) =>
    isOwn(each) ? { ...each, serials: subtractSet(each.serials, removed) } : each,
  )
  return edited(draft, { ...draft, revoked: revoked.filter(({ serials }) => serials.firsts.length > 0) })
}

function checkNoneOf(signed: SerialSet, removed: SerialSet): void {
  const both = subtractSet(signed, subtractSet(signed, removed))
  if (both.firsts.length > 0) throw permanent({ serial: both.firsts[0]! })
}

/**
 * The draft with a watermark set, in place of the one that the key has for this product, if it has one.
 * @param mark the issuer's public key, 32 bytes, and the highest serial that it may have issued
 * @throws ArgumentTypeError or ArgumentRangeError for a bad mark
 * @example
 * ```ts
 * import { setWatermark } from 'veristamp/authority'
 * // A stamp of this key above serial 95,000 is `not_issued`.
 * const { publicKey } = signer
 * const next = setWatermark(draft, { publicKey, facility: 12, product: 104, serial: 95_000 })
 * next.watermarks.length // → 1
 * ```
 */
export function setWatermark(
  given: RevocationDraft,
  mark: ProductSerial & { readonly publicKey: Uint8Array },
): RevocationDraft {
  const draft = own(given)
  const { publicKey, facility, product, serial } = checkTable('mark', mark, {
    ...aMark,
    publicKey: bytesOf(32),
  })
  const watermark: Watermark = { key: nameKey(publicKey), facility, product, serial }
  const others = draft.watermarks.filter((each) => watermarkName(each) !== watermarkName(watermark))
  return edited(draft, { ...draft, watermarks: [...others, watermark] })
}

/**
 * The draft with an issuer key revoked: all its stamps, or only those above a serial for the products in
 * `above`. Who has the key can still sign serials below.
 * @param revoked the public key, 32 bytes, why, and the day as YYYY-MM-DD
 * @throws ArgumentTypeError or ArgumentRangeError for what can't be
 * @example
 * ```ts
 * import { revokeKey } from 'veristamp/authority'
 * // Stolen: but what was sold until then, serials up to 90,000, stays good.
 * const above = [{ facility: 12, product: 104, serial: 90_000 }]
 * const { publicKey } = signer
 * const next = revokeKey(draft, { publicKey, reason: 'key-compromise', date: '2026-01-03', above })
 * next.revokedKeys.length // → 1
 * ```
 */
export function revokeKey(
  given: RevocationDraft,
  revoked: Omit<RevokedKey, 'key' | 'above'> & {
    readonly publicKey: Uint8Array
    readonly above?: readonly ProductSerial[] | undefined
  },
): RevocationDraft {
  const draft = own(given)
  const {
    publicKey,
    reason,
    date,
    above = [],
  } = checkTable('revoked', revoked, {
    ...aReason,
    publicKey: bytesOf(32),
    above: ifGiven(listOf(objectOf(aMark))),
  })
  const entry: RevokedKey = { key: nameKey(publicKey), reason, date, above }
  return edited(draft, { ...draft, revokedKeys: [...withoutKey(draft, entry), entry] })
}

/**
 * The draft without a key's revocation.
 * @param publicKey 32 bytes
 * @throws VeristampError `revocation_permanent` when the previous list, which is signed, revoked it
 * @example
 * ```ts
 * import { restoreKey, revokeKey } from 'veristamp/authority'
 * const { publicKey } = signer
 * const mistaken = revokeKey(draft, { publicKey, reason: 'other', date: '2026-01-03' })
 * restoreKey(mistaken, publicKey).revokedKeys // → []
 * ```
 */
export function restoreKey(given: RevocationDraft, publicKey: Uint8Array): RevocationDraft {
  const draft = own(given)
  const entry = { key: nameKey(publicKey) }
  if (draft.previous?.revokedKeys.some((each) => keyName(each) === keyName(entry))) {
    throw permanent({ key: keyName(entry) })
  }
  return edited(draft, { ...draft, revokedKeys: withoutKey(draft, entry) })
}

const withoutKey = ({ revokedKeys }: RevocationDraft, entry: Pick<RevokedKey, 'key'>): RevokedKey[] =>
  revokedKeys.filter((each) => keyName(each) !== keyName(entry))

const nameKey = (publicKey: Uint8Array): Bytes => sha256(checkBytes('publicKey', publicKey, 32))
