import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import type { RevocationDraft } from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { AUTHORITY, EXPIRES, ISSUED, plus, revoker, trustListWith } from './fixtures.ts'

/** The province's trust list, from when it revokes. */
export const revokingTrustList = (changes: Partial<TrustListContent> = {}): Promise<TrustList> =>
  trustListWith({ revocationKey: revoker.publicKey, ...changes })

export const HEADER: RevocationDraftHeader = {
  authority: AUTHORITY,
  sequence: 3,
  issued: ISSUED,
  next: plus(ISSUED, 86_400),
  expires: EXPIRES,
}

export type Edit = (draft: RevocationDraft) => RevocationDraft

/** A revocation list with these edits, signed by the revoker and loaded. */
export async function revocationListWith(
  trustList: TrustList,
  edit: Edit = (draft) => draft,
  header: Partial<RevocationDraftHeader> = {},
): Promise<RevocationList> {
  const draft = edit(draftRevocationList({ ...HEADER, authority: trustList.authority, ...header }))
  const loaded = loadRevocationList(await signRevocationList(draft, revoker), { trustList })
  if (loaded.ok) return loaded.revocationList
  throw new Error(`the revocation list was refused: ${loaded.reason} (${loaded.detail})`)
}
