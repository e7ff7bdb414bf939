import { covers } from '../document/slices.ts'
import { argumentRange } from '../lib/errors.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'

/** What one authority says: whom it trusts, and what it revoked, as far as that is known here. */
export interface AuthorityLists {
  readonly trustList: TrustList
  readonly revocationList: RevocationList | undefined
}

/** True where the slice of a key id is not loaded, of either list. */
export const lacksSlice = ({ trustList, revocationList }: AuthorityLists, keyId: number): boolean =>
  [trustList, revocationList].some((list) => list?.missingSlices.some((entry) => covers(entry, keyId)))

/** Each authority's lists. @throws ArgumentRangeError for lists that can't stand beside each other */
export function pairLists(
  trustLists: readonly TrustList[],
  revocationLists: readonly RevocationList[],
): AuthorityLists[] {
  const pairs = trustLists.map((trustList) => ({
    trustList,
    revocationList: revocationLists.find((list) => isOf(trustList, list)),
  }))
  if (new Set(trustLists.map(({ authority }) => authority)).size < pairs.length) {
    throw argumentRange('trustLists', 'one list an authority', 'two of one')
  }
  if (pairs.filter(({ revocationList }) => revocationList).length < revocationLists.length) {
    throw argumentRange('revocationLists', 'one list for a trust list of its epoch', 'another')
  }
  return pairs
}

/** After a change of the revocation key, lists of the key before it count no more. */
const isOf = ({ authority, revocationKey, revocationEpoch }: TrustList, list: RevocationList): boolean =>
  !!revocationKey && list.authority === authority && list.epoch === revocationEpoch
