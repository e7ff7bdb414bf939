import { writeShape } from '../codec/shape-writer.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import { type ArgumentCheck, listOf } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { type ReadContent, readTrustList, type TrustListContent, trustListContent } from './content.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import { readyKeys, readyRoots } from './roots.ts'
import { checkTrustList } from './trust-list.ts'

/** A trust list in the making: plain content with nothing left to default, which a spread copies with a change. */
export interface TrustDraft extends ReadContent {}

/**
 * Drafts a trust list from scratch.
 * @param content all that the list says; `sequence` is 1 for an authority's first list
 * @returns the content with its defaults, copied
 * @throws as `encodeTrustDraft` does
 * @example
 * ```ts
 * import { describeTrustList, draftTrustList, signTrustList } from 'veristamp/authority'
 *
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots, issuers })
 * const described = describeTrustList(draft)
 * described.ok && described.lists[0]?.issuers[0]?.name // → 'Tea'
 * const file = await signTrustList(draft, [rootSigner])
 * ```
 */
export const draftTrustList = (content: TrustListContent): TrustDraft =>
  readTrustList(decodeEnvelope(encodeTrustDraft(content)).body)

/**
 * The draft as an unsigned document, to be signed with `signDocument` on as many machines as there are root keys.
 * @throws an argument error naming the field; VeristampError `bad_document` for a list that no verifier would
 * load, whoever signed it (overlapping scopes, a key that stands twice, …)
 * @example
 * ```ts
 * import { draftTrustList, encodeTrustDraft, signDocument } from 'veristamp/authority'
 *
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots, issuers })
 * const unsigned = encodeTrustDraft(draft)
 * const file = await signDocument(unsigned, rootSigner) // on the machine of the root key
 * ```
 */
export function encodeTrustDraft(draft: TrustListContent): Bytes {
  const document = draftDocument('veristamp:trust1', writeShape(trustListContent, asEntries(draft)))
  const { body } = decodeEnvelope(document)
  const usable = orRefused(() => {
    const read = readTrustList(body)
    const roots = readyRoots(read.roots, nobleEngine)
    checkTrustList(read, roots, nobleEngine)
    // Verifiers leave this to those who read scans: a key costs them milliseconds.
    const scanners = (read.scanners ?? []).map(({ publicKey }) => publicKey)
    readyKeys(scanners, 'scanners[#].publicKey', nobleEngine)
    return { ok: true as const }
  })
  if (usable.ok) return document
  throw refusedDraft(usable)
}

/** A draft that no verifier would load. */
export const refusedDraft = ({ reason, detail }: Refused): VeristampError =>
  new VeristampError('bad_document', `trust list: ${reason} (${detail})`, {
    fault: 'refused',
    document: 'trust_list',
    reason,
    detail,
  })

/**
 * A trust list signed by all of the given root signers, for authorities whose keys are at hand.
 * For a rotation these are enough of the old and enough of the new roots.
 * @param rootSigners as many as the threshold at least
 * @param draft as `draftTrustList` and `reviseTrustList` make it, or content from scratch
 * @throws as `encodeTrustDraft` and `signDocument` do
 * @example
 * ```ts
 * import { signTrustList } from 'veristamp/authority'
 *
 * const content = { authority, sequence: 1, issued, expires, roots, issuers }
 * const file = await signTrustList(content, [rootSigner])
 * ```
 */
export async function signTrustList(draft: TrustListContent, rootSigners: readonly Signer[]): Promise<Bytes> {
  let document = encodeTrustDraft(draft)
  listOf(ownSigner as ArgumentCheck)('rootSigners', rootSigners)
  const signers = rootSigners.map((signer) => ownSigner('rootSigners', signer))
  for (const signer of signers) document = await signDocument(document, signer)
  return document
}

/** The issuers of a loaded list have their key as well as its bytes, and may be given back so. */
export function asEntries(content: TrustListContent): TrustListContent {
  if (!Array.isArray(content?.issuers)) return content
  const issuers = content.issuers.map((issuer: IssuerEntry & { readonly key?: unknown }) => {
    if (!issuer?.key) return issuer
    const { key: _, ...entry } = issuer
    return entry
  })
  return { ...content, issuers }
}
