import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { toHex } from '../lib/bytes.ts'
import { signedMessage } from '../lib/contexts.ts'
import { VeristampError } from '../lib/errors.ts'
import type { TrustedIssuer, TrustList } from '../trust/trust-list.ts'
import type { AuthorityLists } from './lists.ts'
import type { Scan } from './scan.ts'

/** Whose signature a scan bears. */
export interface Signatory {
  readonly lists: AuthorityLists
  readonly issuer: TrustedIssuer
}

/** The trusted keys of all lists. */
export interface Keyring {
  /**
   * Steps 5 and 6: tries every key of the lists that bears the scan's key id, 8 a list at the most. The id is
   * only a hint; the signature decides.
   */
  find(scan: Scan, asked: readonly AuthorityLists[]): Signatory | 'unknown_key' | 'bad_signature'
}

/**
 * @throws VeristampError `key_shared` when two lists trust one public key: a verdict could name either
 * authority
 */
export function createKeyring(trustLists: readonly TrustList[], engine?: Engine): Keyring {
  checkDisjoint(trustLists)
  const keyOf = engine === undefined ? (issuer: TrustedIssuer) => issuer.key : importedBy(trustLists, engine)
  return {
    find(scan, asked) {
      const candidates = asked.flatMap((lists) =>
        lists.trustList.issuersWith(scan.keyId).map((issuer) => ({ lists, issuer })),
      )
      if (candidates.length === 0) return 'unknown_key'
      const message = signedMessage('veristamp:stamp1', scan.payloadBytes)
      const signatory = candidates.find(({ issuer }) => keyOf(issuer).verify(message, scan.signature))
      return signatory ?? 'bad_signature'
    },
  }
}

function importedBy(trustLists: readonly TrustList[], engine: Engine): (issuer: TrustedIssuer) => VerifyKey {
  const keys = new Map<TrustedIssuer, VerifyKey>()
  for (const issuer of trustLists.flatMap(({ issuers }) => issuers)) {
    const imported = engine.importKey(issuer.publicKey)
    // The list was loaded, so the key passed the checks that all engines share.
    if (!imported.ok) throw new VeristampError('bad_document', `engine: refused a key (${imported.reason})`)
    keys.set(issuer, imported.key)
  }
  return (issuer) => keys.get(issuer)!
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
