import { countSigners, decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, Refusal, type Refused } from '../document/refusal.ts'
import { admit, aStore, type SequenceStore } from '../document/store.ts'
import type { VerifyKey } from '../ed25519/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { type ArgumentTable, checkTable, ifGiven, kindOf } from '../lib/arguments.ts'
import { copyBounded } from '../lib/checks.ts'
import { type RevocationBody, readRevocationBody } from './body.ts'
import { indexRevocationList, type RevocationList } from './revocation-list.ts'

/** What a trust list says of revocation. Every loaded trust list fits. */
export interface RevocationTrust {
  readonly authority: string
  readonly revocationKey: VerifyKey | undefined
  readonly revocationEpoch: number
}

export interface LoadRevocationListOptions {
  /** The authority's loaded trust list. Its revocation key verifies, with the engine it was loaded with. */
  readonly trustList: RevocationTrust
  /** The memory against older lists; without one every verdict warns `rollback_unprotected`. */
  readonly store?: SequenceStore | undefined
}

export const loadFields: ArgumentTable<LoadRevocationListOptions> = {
  trustList: kindOf('a loaded trust list', (value) => {
    const { revocationEpoch, revocationKey = { verify: true } } = Object(value)
    return revocationEpoch >= 0 && !!Object(revocationKey).verify
  }),
  store: ifGiven(aStore),
}

export type LoadedRevocationList = { readonly ok: true; readonly revocationList: RevocationList } | Refused

/**
 * Verifies a revocation list (docs/spec/revocation.md, "Loading a revocation list"). Nothing of it is read before its
 * signature holds. Its dates are not asked here: an old list loads, and verification calls it stale.
 * @param bytes the file, at most 4 MiB
 * @returns the list, or the reason why it is not accepted
 * @throws ArgumentTypeError for anything but bytes, and what a store throws that can't write
 * @example
 * ```ts
 * import { loadRevocationList } from 'veristamp/verify'
 *
 * const loaded = loadRevocationList(revocationListFile, { trustList })
 * if (!loaded.ok) throw new Error(loaded.reason)
 * loaded.revocationList.sequence // → 1
 * ```
 */
export function loadRevocationList(
  bytes: Uint8Array,
  options: LoadRevocationListOptions,
): LoadedRevocationList {
  const own = copyBounded('bytes', bytes, MAX_DOCUMENT_LENGTH)
  const { trustList, store } = checkTable('options', options, loadFields)
  return orRefused(() => {
    const { body, digest } = openRevocationList(own, trustList)
    const revocationList = indexRevocationList(body, { digest, rollbackProtected: store !== undefined })
    const { authority, epoch, sequence } = body
    if (store) admit(store, authority, 'revocation', { epoch, sequence, digest })
    return { ok: true, revocationList }
  })
}

/** The body of a list that the trust list's key signed. @throws Refusal or Malformed */
export function openRevocationList(
  bytes: Uint8Array,
  { authority, revocationKey, revocationEpoch }: RevocationTrust,
): { body: RevocationBody; digest: Uint8Array } {
  const envelope = decodeEnvelope(bytes)
  if (envelope.context !== 'veristamp:revoc1') throw new Refusal('wrong_type', envelope.context)
  if (!revocationKey || countSigners(envelope, [revocationKey]) === 0) {
    throw new Refusal('wrong_key')
  }
  const body = readRevocationBody(envelope.body)
  if (body.authority !== authority) throw new Refusal('wrong_authority', body.authority)
  if (body.epoch !== revocationEpoch)
    throw new Refusal('wrong_epoch', `${body.epoch}, not ${revocationEpoch}`)
  return { body, digest: sha256(envelope.body) }
}
