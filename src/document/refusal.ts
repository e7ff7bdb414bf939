import { isMalformed, isNamed } from '../lib/errors.ts'

/**
 * Why a document is not accepted: one reason for each rule (docs/spec/trust-lists.md, "Loading a trust list", and
 * docs/spec/revocation.md, "Loading a revocation list").
 */
export type DocumentReason =
  | 'malformed'
  | 'wrong_type'
  | 'wrong_authority'
  | 'duplicate_signature'
  | 'threshold'
  | 'new_threshold'
  | 'root_version_gap'
  | 'root_version_rollback'
  | 'roots_changed'
  | 'rollback'
  | 'equivocation'
  | 'store_corrupt'
  | 'public_key'
  | 'public_key_repeated'
  | 'key_id_crowded'
  | 'scope_overlap'
  | 'catalogue_conflict'
  | 'wrong_key'
  | 'wrong_epoch'
  | 'serials_overlap'
  | 'delta_base'
  | 'delta_gap'
  | 'unknown_scanner'
  | 'bad_signature'
  | 'wrong_place'

/** A document that was not accepted. */
export interface Refused {
  readonly ok: false
  readonly reason: DocumentReason
  /** What exactly, for people who mend the document: `field:issuers[3].publicKey`. Not stable. */
  readonly detail?: string
}

/** Thrown inside the room that loads a document, and never past its door. */
export class Refusal extends Error {
  readonly reason: DocumentReason
  readonly detail: string | undefined
  constructor(reason: DocumentReason, detail?: string) {
    super(reason)
    this.name = 'Refusal'
    this.reason = reason
    this.detail = detail
  }
}

/** What `load` returns, or why it refused. */
export function orRefused<T>(load: () => T): T | Refused {
  try {
    return load()
  } catch (error) {
    if (!(isMalformed(error) || isNamed(error, 'Refusal'))) throw error
    const { reason = 'malformed', detail } = error as Partial<Refusal>
    return { ok: false, reason, ...(detail && { detail }) }
  }
}
