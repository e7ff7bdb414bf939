import { sliceFileName } from '../../document/named-slices.ts'
import { orRefused } from '../../document/refusal.ts'
import { copyBytes } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { findHidden } from '../../revocation/hidden.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { acceptedOrThrow, type ListName } from './accepted.ts'
import type { OpenedList } from './bases.ts'

/** A list that was loaded with all its slices, and their files. */
export interface SlicedFile<List> extends OpenedList<List> {
  /** By their names, in the order of their key ids. */
  readonly slices: ReadonlyMap<string, Uint8Array>
}

/** Files of slices by their names, of these lists and of others. */
export type GivenSlices = ReadonlyMap<string, Uint8Array>

/** How a list of one kind takes its slices. */
export interface ListOfKind<List> {
  readonly document: ListName
  readonly grow: (list: List, files: readonly Uint8Array[]) => List
}

/**
 * Loads the slices that a list names.
 * @throws VeristampError `bad_document` where one is missing, and for those that no verifier would take
 */
export function withSlices<List extends TrustList | RevocationList>(
  { bytes, list }: OpenedList<List>,
  given: GivenSlices,
  { document, grow }: ListOfKind<List>,
): SlicedFile<List> {
  const { slices: entries = [] } = list
  const slices = new Map<string, Uint8Array>()
  for (const [, , , digest] of entries) {
    const name = sliceFileName(digest)
    const file = given.get(name)
    if (file !== undefined) slices.set(name, copyBytes('options.slices', file))
    else throw missing(document)
  }
  const files = [...slices.values()]
  if (files.length === 0) return { bytes, list, slices }
  const grown = orRefused(() => ({ ok: true as const, list: grow(list, files) }))
  return { bytes, list: acceptedOrThrow(grown, document).list, slices }
}

const missing = (document: ListName): VeristampError =>
  new VeristampError('bad_document', `${document}: expected all its slices in options.slices`, {
    fault: 'slices_missing',
  })

/** @throws VeristampError `bad_document` for a revocation that phones would miss under this trust list */
export function checkTogether(
  { bytes, slices }: SlicedFile<RevocationList>,
  { issuers }: Pick<TrustList, 'issuers'>,
): void {
  const hidden = findHidden({ document: bytes, slices: [...slices.values()] }, issuers)
  if (hidden === undefined) return
  const { keyId, product } = hidden
  const message = `revocation_list: key id ${keyId} is in another slice than what revokes its stamps: cut it by this trust list`
  throw new VeristampError('bad_document', message, { fault: 'revocation_hidden', keyId, ...product })
}
