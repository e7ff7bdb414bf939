import type { DocumentReason } from '../lib/document-reason.ts'
import { isMalformed, isNamed } from '../lib/errors.ts'

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
