import { writeShape } from '../codec/shape-writer.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import { orRefused } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import { type ArgumentCheck, listOf } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { readTrustList, type TrustListContent, trustListContent } from './content.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import { readyKey, readyRoots } from './roots.ts'
import { checkTrustList } from './trust-list.ts'

/**
 * An unsigned trust list, to be signed with `signDocument` on as many machines as there are root keys.
 * @param content all that the list says; `sequence` is one more than the last one's
 * @throws an argument error naming the field; VeristampError `bad_document` for a list that no verifier would
 * load, whoever signed it (overlapping scopes, a key that stands twice, …)
 * @example
 * ```ts
 * import { draftTrustList, signDocument } from 'veristamp/authority'
 *
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots, issuers })
 * const file = await signDocument(draft, rootSigner) // on the machine of the root key
 * ```
 */
export function draftTrustList(content: TrustListContent): Bytes {
  const draft = draftDocument('veristamp:trust1', writeShape(trustListContent, asEntries(content)))
  const body = decodeEnvelope(draft).body
  const usable = orRefused(() => {
    const read = readTrustList(body)
    const roots = readyRoots(read.roots, nobleEngine)
    checkTrustList(read, roots, nobleEngine)
    // Verifiers leave this to those who read scans: a key costs them milliseconds.
    for (const [index, { publicKey }] of (read.scanners ?? []).entries()) {
      readyKey(publicKey, `scanners[${index}].publicKey`, nobleEngine)
    }
    return { ok: true as const }
  })
  if (usable.ok) return draft
  throw new VeristampError('bad_document', `trust list: ${usable.reason} (${usable.detail})`, {
    fault: 'refused',
    document: 'trust_list',
    reason: usable.reason,
    detail: usable.detail,
  })
}

/**
 * A trust list signed by all of the given root signers, for authorities whose keys are at hand.
 * For a rotation these are enough of the old and enough of the new roots.
 * @param rootSigners as many as the threshold at least
 * @param content as for `draftTrustList`
 * @throws as `draftTrustList` and `signDocument` do
 * @example
 * ```ts
 * import { signTrustList } from 'veristamp/authority'
 *
 * const content = { authority, sequence: 1, issued, expires, roots, issuers }
 * const file = await signTrustList(content, [rootSigner])
 * ```
 */
export async function signTrustList(
  content: TrustListContent,
  rootSigners: readonly Signer[],
): Promise<Bytes> {
  let document = draftTrustList(content)
  listOf(ownSigner as ArgumentCheck)('rootSigners', rootSigners)
  const signers = rootSigners.map((signer) => ownSigner('rootSigners', signer))
  for (const signer of signers) document = await signDocument(document, signer)
  return document
}

/** The issuers of a loaded list have their key as well as its bytes, and may be given back so. */
function asEntries(content: TrustListContent): TrustListContent {
  if (!Array.isArray(content?.issuers)) return content
  const issuers = content.issuers.map((issuer: IssuerEntry & { readonly key?: unknown }) => {
    if (!issuer?.key) return issuer
    const { key: _, ...entry } = issuer
    return entry
  })
  return { ...content, issuers }
}
