import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { toHex } from '../lib/bytes.ts'
import { argumentRange, VeristampError } from '../lib/errors.ts'
import { groupBy } from '../lib/group-by.ts'
import type { KeyRecord } from '../revocation/revocation-list.ts'
import type { TrustedIssuer } from '../trust/trust-list.ts'
import { type AuthorityLists, lacksSlice } from './lists.ts'
import type { Scan } from './scan.ts'

/** Whose signature a scan bears. */
export interface Signatory {
  readonly lists: AuthorityLists
  readonly issuer: TrustedIssuer
  /** What the revocation list says of its key, where there is one. */
  readonly record: KeyRecord | undefined
}

/** A trusted key that a scan's signature may be of. */
export interface Candidate extends Signatory {
  readonly key: VerifyKey
}

/** The trusted keys of all lists. */
export interface Keyring {
  /**
   * Step 5: every key of the lists that bears the scan's key id, 8 a list at the most. The id is only a hint; the
   * signature decides. Lists that lack the slice of the key id give none.
   */
  candidates(scan: Scan, asked: readonly AuthorityLists[]): readonly Candidate[]
  /** All of them, in the order of the lists. */
  readonly all: readonly Candidate[]
}

/**
 * @throws VeristampError `key_shared` when two lists trust one public key: a verdict could name either
 * authority
 */
export function createKeyring(authorities: readonly AuthorityLists[], engine?: Engine): Keyring {
  const all = authorities.flatMap((lists) =>
    lists.trustList.issuers.map((issuer) => ({
      lists,
      issuer,
      record: lists.revocationList?.ofKey(issuer.publicKey),
      key: engine ? keyFor(engine, issuer) : issuer.key,
    })),
  )
  checkDisjoint(all)
  const byKeyId = groupBy(all, ({ issuer }) => issuer.keyId)
  return {
    all,
    candidates({ keyId }, asked) {
      const bearing = byKeyId.get(keyId) ?? []
      return bearing.filter(({ lists }) => asked.includes(lists) && !lacksSlice(lists, keyId))
    },
  }
}

function keyFor(engine: Engine, { publicKey }: TrustedIssuer): VerifyKey {
  const imported = engine.importKey(publicKey)
  if (imported.ok) return imported.key
  // The list was loaded, so the key passed the checks that all engines share.
  throw argumentRange('engine', 'an Engine', imported.reason)
}

/** Each list was loaded, so none of them names a key twice. */
function checkDisjoint(all: readonly Candidate[]): void {
  for (const [identity, [first, second]] of groupBy(all, ({ issuer }) => toHex(issuer.publicKey))) {
    if (!second) continue
    const [owner, other] = [first!, second].map(({ lists }) => lists.trustList.authority)
    throw new VeristampError('key_shared', `key ${identity}: trusted by ${owner} and by ${other}`, {
      publicKey: identity,
      authorities: [owner!, other!],
    })
  }
}
