import type { Refused } from '../../document/refusal.ts'
import type { DocumentReason } from '../../lib/document-reason.ts'
import type { DocumentFacts } from '../../lib/error-details.ts'
import { VeristampError } from '../../lib/errors.ts'

export type ListName = Extract<DocumentFacts, { fault: 'refused' }>['document']

/** What was loaded. @throws VeristampError `bad_document` */
export function acceptedOrThrow<T extends { readonly ok: true }>(loaded: T | Refused, document: ListName): T {
  if (loaded.ok) return loaded
  const { reason, detail } = loaded
  throw refusedDocument(document, reason, detail)
}

export const refusedDocument = (
  document: ListName,
  reason: DocumentReason,
  detail?: string,
): VeristampError =>
  new VeristampError('bad_document', `${document}: ${reason}${detail ? ` (${detail})` : ''}`, {
    ...{ fault: 'refused', document, reason, detail },
  })
