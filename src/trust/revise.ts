import { equalBytes } from '../lib/bytes.ts'
import { checkBytes, checkFields, type Fields } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import type { TrustListContent } from './content.ts'
import type { Roots } from './roots.ts'
import { draftTrustList, type TrustDraft } from './sign.ts'
import { aTrustList, type TrustList } from './trust-list.ts'

/** What the next list says otherwise than the one before it. What is not given stays. */
export interface TrustListChanges extends Pick<TrustListContent, 'issued' | 'expires'> {
  /** One more than before by default. A rotation may set it back: recovery from a list that ran ahead. */
  readonly sequence?: number | undefined
  /** Rotates: the list gets the next root version, and enough of the old and of these keys must sign it. */
  readonly roots?: Omit<Roots, 'version'> | undefined
  readonly issuers?: TrustListContent['issuers'] | undefined
  /** Another key than before raises `revocationEpoch`. */
  readonly revocationKey?: Uint8Array | undefined
  readonly prefixes?: readonly string[] | undefined
  readonly catalogue?: NonNullable<TrustListContent['catalogue']> | undefined
  readonly scanners?: NonNullable<TrustListContent['scanners']> | undefined
}

/**
 * Drafts the list after one that was loaded: sequence, root version and revocation epoch count on by
 * themselves, and nothing that was not verified comes along. Fields that this version does not know are not
 * carried over, except the catalogue's.
 * @param before the newest list, loaded
 * @param changes the new dates, and what else is to change
 * @throws as `draftTrustList` does
 * @example
 * ```ts
 * import { reviseTrustList, signTrustList } from 'veristamp/authority'
 *
 * // The same keys for another year.
 * const draft = reviseTrustList(trustList, { issued, expires })
 * draft.sequence // → 2
 * const file = await signTrustList(draft, [rootSigner])
 * ```
 */
export const reviseTrustList = (before: TrustList, changes: TrustListChanges): TrustDraft =>
  draftTrustList(reviseTrustContent(before, changes))

/** The same for a list that is cut into slices, which may be too large for a draft. @throws an argument error */
export function reviseTrustContent(before: TrustList, changes: TrustListChanges): TrustListContent {
  aTrustList('before', before)
  if (before.missingSlices.length > 0) {
    throw argumentRange('before', 'a list with all its slices', `${before.missingSlices.length} missing`)
  }
  checkFields('changes', changes, FIELDS)
  if (changes.roots !== undefined) checkFields<Roots>('changes.roots', changes.roots, ROOTS)
  return reviseContent(before, changes)
}

const FIELDS: Fields<TrustListChanges> = {
  issued: true,
  expires: true,
  sequence: true,
  roots: true,
  issuers: true,
  revocationKey: true,
  prefixes: true,
  catalogue: true,
  scanners: true,
}
/** Their version counts by itself, whatever is given for it. */
const ROOTS: Fields<Roots> = { version: true, threshold: true, keys: true }

function reviseContent(before: TrustList, changes: TrustListChanges): TrustListContent {
  const { threshold, version } = before.roots
  const keys = before.roots.keys.map(({ publicKey }) => publicKey)
  const oldKey = before.revocationKey?.publicKey
  const newKey = changes.revocationKey ?? oldKey
  const scanners = changes.scanners ?? before.scanners
  const rekeyed =
    newKey !== undefined && (oldKey === undefined || !equalBytes(oldKey, checkBytes('revocationKey', newKey)))
  return {
    authority: before.authority,
    sequence: changes.sequence ?? before.sequence + 1,
    issued: changes.issued,
    expires: changes.expires,
    roots: changes.roots ? { ...changes.roots, version: version + 1 } : { version, threshold, keys },
    issuers: changes.issuers ?? before.issuers,
    revocationKey: newKey,
    revocationEpoch: before.revocationEpoch + (rekeyed ? 1 : 0),
    prefixes: changes.prefixes ?? before.prefixes,
    catalogue: changes.catalogue ?? before.catalogue,
    ...(scanners.length > 0 && { scanners }),
  }
}
