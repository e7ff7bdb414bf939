import type { Revocation } from '../revocation/revocation-list.ts'
import type { Carrier } from '../stamp/carrier.ts'
import type { Stamp } from '../stamp/stamp.ts'
import type { Facility, Product } from '../trust/catalogue.ts'
import type { IndeterminateReason, InvalidReason } from './reasons.ts'

/**
 * The answer for one scanned text. `valid` means issued by a trusted key, in scope, not expired and not
 * revoked as far as the lists say. It never means genuine: a photocopy of a stamp verifies as well.
 * The three statuses are those of ETSI EN 319 102-1.
 */
export type Verdict = Valid | Invalid | Indeterminate

export interface Valid extends Checked, Signed {
  readonly status: 'valid'
}

export interface Invalid extends Checked, Partial<Signed> {
  readonly status: 'invalid'
  readonly reason: InvalidReason
  /** What exactly, for developers: `base45_letter`, `serial`, … */
  readonly detail?: string
  /** Why and when, where the reason is `revoked` or `key_revoked`. */
  readonly revocation?: Revocation
}

export interface Indeterminate extends Checked, Partial<Signed> {
  readonly status: 'indeterminate'
  readonly reason: IndeterminateReason
  readonly detail?: string
  /** What fresh lists might still confirm or clear. */
  readonly finding?: InvalidReason
  /** The key id whose slice is not loaded, where the reason is `slice_missing`. */
  readonly keyId?: number
}

export interface Checked {
  /** The `now` of the check. */
  readonly checkedAt: Date
  readonly warnings: readonly Warning[]
}

/** What a signature that held vouches for: present in a verdict only then. */
export interface Signed {
  readonly stamp: Stamp
  readonly carrier: Carrier
  /** The id of the authority whose trust list names the key. */
  readonly authority: string
  readonly issuer: { readonly keyId: number; readonly name: string; readonly publicKey: Uint8Array }
  readonly trustList: ListAge
  /** The authority's revocation list, where one was loaded. */
  readonly revocationList?: RevocationListAge
  /** The facility and the product as the catalogue has them, where it does. */
  readonly facility?: Facility
  readonly product?: Product
}

/** Which list was asked, and how old it was. */
export interface ListAge {
  readonly sequence: number
  readonly issued: Date
  readonly expires: Date
  /** Whole seconds from `issued` to the check: negative under a clock that is behind. */
  readonly ageSeconds: number
}

export interface RevocationListAge extends ListAge {
  /** When the next list is due. */
  readonly next: Date
}

/**
 * `revocation_unchecked`: the authority keeps no revocation list.
 * `rollback_unprotected`: no store stands against an older list.
 */
export type Warning = 'revocation_unchecked' | 'rollback_unprotected'
