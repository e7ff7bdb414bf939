import { decodeEnvelope } from '../document/envelope.ts'
import { type ArgumentTable, checkTable, ifGiven } from '../lib/arguments.ts'
import { VeristampError } from '../lib/errors.ts'
import { aHeader } from './arguments.ts'
import { type RevocationContent, type RevocationEdits, readRevocationList } from './content.ts'
import { edited, type RevocationDraft } from './draft.ts'

/** How lists begin: an authority's first one, and the one after another. */

export interface RevocationDraftHeader
  extends Pick<RevocationContent, 'authority' | 'issued' | 'next' | 'expires'> {
  /** The trust list's `revocationEpoch`. By default 0. */
  readonly epoch?: number | undefined
  /** By default 1. */
  readonly sequence?: number | undefined
}

/** What the next list says otherwise than the one before it. What is not given counts on by itself, or stays. */
export interface RevocationListChanges extends Pick<RevocationContent, 'issued' | 'next' | 'expires'> {
  /** The trust list's `revocationEpoch`. By default that of the list before. */
  readonly epoch?: number | undefined
  /** By default one more than before. */
  readonly sequence?: number | undefined
}

/**
 * Begins an authority's first list, with nothing in it.
 * @param header the authority and the dates
 * @throws an argument error naming the field
 * @example
 * ```ts
 * import { addSerials, draftRevocationList, signRevocationList } from 'veristamp/authority'
 *
 * const draft = draftRevocationList({ authority, issued, next, expires })
 * draft.sequence // → 1
 * const roll = { first: 42_000, last: 42_999 }
 * const longer = addSerials(draft, { facility: 12, product: 104, serials: [roll], reason: 'lost', date: '2026-01-03' })
 * const file = await signRevocationList(longer, revocationSigner)
 * ```
 */
export function draftRevocationList(header: RevocationDraftHeader): RevocationDraft {
  const { authority, issued, next, expires, epoch, sequence } = checkTable('header', header, headerFields)
  const times = { issued, next, expires }
  return edited({ authority, epoch: epoch ?? 0, sequence: sequence ?? 1, ...times }, NOTHING)
}

/**
 * Begins the list after one that was signed, with all that it says.
 * @param before the authority's own newest list; its signature is not checked here
 * @param changes the dates; epoch and sequence count on by themselves
 * @param options `slices`: the files of all the slices that the list before names, if it names any
 * @throws an argument error naming the field; VeristampError `bad_document` for a list that is malformed or unsigned
 * @example
 * ```ts
 * import { reviseRevocationList } from 'veristamp/authority'
 *
 * const draft = reviseRevocationList(revocationListFile, { issued, next, expires })
 * draft.sequence // → 2
 * ```
 */
export function reviseRevocationList(
  before: Uint8Array,
  changes: RevocationListChanges,
  options: { readonly slices?: readonly Uint8Array[] | undefined } = {},
): RevocationDraft {
  const { issued, next, expires, epoch, sequence } = checkTable('changes', changes, changeFields)
  const previous = readSigned(before, options)
  const times = { issued, next, expires }
  const place = { epoch: epoch ?? previous.epoch, sequence: sequence ?? previous.sequence + 1 }
  return edited({ authority: previous.authority, ...place, ...times, previous }, previous)
}

const NOTHING: RevocationEdits = { revoked: [], watermarks: [], revokedKeys: [] }

function readSigned(
  document: Uint8Array,
  options: { readonly slices?: readonly Uint8Array[] | undefined },
): RevocationContent {
  const content = readRevocationList(document, options)
  if (decodeEnvelope(document).signatures.length > 0) return content
  const message = 'before: expected a signed list, got a draft'
  throw new VeristampError('bad_document', message, { fault: 'not_signed' })
}

const headerFields: ArgumentTable<RevocationDraftHeader> = {
  ...aHeader,
  epoch: ifGiven(aHeader.epoch),
  sequence: ifGiven(aHeader.sequence),
}
const { authority: _, ...changeFields } = headerFields
