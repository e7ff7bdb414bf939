import type { DocumentReason } from '../lib/document-reason.ts'
import type { ListAge, RevocationListAge } from '../verify/verdict.ts'

/** What a keeper knows of itself, at the moment when it is asked. */
export interface KeeperState {
  /** In the order of the pins. */
  readonly authorities: readonly AuthorityState[]
}

/** How things stand with the lists of one authority. */
export interface AuthorityState {
  readonly authority: string
  /** The trust list in use; absent where there is none yet. */
  readonly trustList?: ListAge
  /** The revocation list in use; absent where there is none. */
  readonly revocationList?: RevocationListAge
  /** When the server was last asked and everything that it had was here in the end. */
  readonly lastSuccess?: Date
  /** Why the newest of all tries that failed did, and when. */
  readonly lastFailure?: KeeperFailure
  /** True when the newest answer had older lists than the ones here: a cache on the way that is behind. */
  readonly staleCopy: boolean
  /** What the authority's people should hear of. */
  readonly alarms: readonly AlarmKind[]
  /** When a keeper that was started asks next. */
  readonly due: Date
}

export interface KeeperFailure {
  readonly at: Date
  readonly reason: KeeperReason
  /** What exactly, for developers. Not stable. */
  readonly detail?: string
}

/**
 * Why a try failed, beside the reasons for which a list is refused.
 *
 * `no_answer`: no connection, or an answer that was cut off. `deadline`: the answer took too long. `status`: another
 * one than 200 and 304. `redirect`: the server sent the keeper elsewhere. `too_long`: more bytes than such a file has.
 * `bad_index`: `lists.json` is no index. `other_bytes`: a file is not the one that the index names. `store_failed`: the
 * store did not read or write.
 */
export type KeeperReason =
  | 'no_answer'
  | 'deadline'
  | 'status'
  | 'redirect'
  | 'too_long'
  | 'bad_index'
  | 'other_bytes'
  | 'store_failed'
  | DocumentReason

/**
 * What people should hear of. Only signatures that hold can raise one.
 *
 * `rollback`: the index calls a list new that is older than one seen here. `equivocation`: the authority signed two
 * lists of one number. `clock`: this device's clock is behind the newest list. `expiry_near`: a list expires soon, or has.
 * `store_corrupt`: what the store keeps is damaged, so nothing stands against older lists.
 */
export type AlarmKind = 'rollback' | 'equivocation' | 'clock' | 'expiry_near' | 'store_corrupt'

export interface KeeperAlarm {
  readonly authority: string
  readonly kind: AlarmKind
  readonly detail?: string
}
