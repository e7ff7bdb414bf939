import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { toHex } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { groupBy } from '../trust/scope.ts'
import type { TrustedIssuer, TrustList } from '../trust/trust-list.ts'
import type { AuthorityLists } from './lists.ts'
import type { Scan } from './scan.ts'

/** Whose signature a scan bears. */
export interface Signatory {
  readonly lists: AuthorityLists
  readonly issuer: TrustedIssuer
}

/** A trusted key that a scan's signature may be of. */
export interface Candidate extends Signatory {
  readonly key: VerifyKey
}

/** The trusted keys of all lists. */
export interface Keyring {
  /**
   * Step 5: every key of the lists that bears the scan's key id, 8 a list at the most. The id is only a hint; the
   * signature decides.
   */
  candidates(scan: Scan, asked: readonly AuthorityLists[]): Candidate[]
}

/**
 * @throws VeristampError `key_shared` when two lists trust one public key: a verdict could name either
 * authority
 */
export function createKeyring(authorities: readonly AuthorityLists[], engine?: Engine): Keyring {
  checkDisjoint(authorities.map(({ trustList }) => trustList))
  const byKeyId = new Map(authorities.map((lists) => [lists, groupByKeyId(lists, engine)]))
  return {
    candidates: ({ keyId }, asked) => asked.flatMap((lists) => byKeyId.get(lists)!.get(keyId) ?? []),
  }
}

const groupByKeyId = (lists: AuthorityLists, engine?: Engine): Map<number, Candidate[]> =>
  groupBy(
    lists.trustList.issuers.map((issuer) => ({
      lists,
      issuer,
      key: engine === undefined ? issuer.key : keyFor(engine, issuer),
    })),
    ({ issuer }) => issuer.keyId,
  )

function keyFor(engine: Engine, { publicKey }: TrustedIssuer): VerifyKey {
  const imported = engine.importKey(publicKey)
  if (imported.ok) return imported.key
  // The list was loaded, so the key passed the checks that all engines share.
  throw new VeristampError('bad_document', `engine: refused a key (${imported.reason})`)
}

function checkDisjoint(trustLists: readonly TrustList[]): void {
  const owners = new Map<string, string>()
  for (const { authority, issuers } of trustLists) {
    for (const { publicKey } of issuers) {
      const identity = toHex(publicKey)
      const owner = owners.get(identity)
      if (owner !== undefined && owner !== authority) {
        throw new VeristampError('key_shared', `key ${identity}: trusted by ${owner} and by ${authority}`)
      }
      owners.set(identity, authority)
    }
  }
}
