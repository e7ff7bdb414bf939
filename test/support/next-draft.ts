import {
  draftRevocationList,
  type RevocationDraftHeader,
  reviseRevocationList,
} from '../../src/revocation/begin.ts'
import type { RevocationDraft } from '../../src/revocation/draft.ts'

/** The list after one, or the first where there is none. */
export function draftAfter(previous: Uint8Array | undefined, header: RevocationDraftHeader): RevocationDraft {
  if (previous === undefined) return draftRevocationList(header)
  const { authority: _, ...changes } = header
  return reviseRevocationList(previous, changes)
}
