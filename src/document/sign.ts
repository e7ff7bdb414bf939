import { encodeCbor } from '../codec/cbor.ts'
import type { CborValue } from '../codec/cbor-value.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import { isBytes } from '../lib/brand.ts'
import type { Bytes } from '../lib/bytes.ts'
import { compareBytes, equalBytes } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { VeristampError } from '../lib/errors.ts'
import {
  type DocumentSignature,
  decodeEnvelope,
  type Envelope,
  envelopeShape,
  MAX_DOCUMENT_LENGTH,
  MAX_SIGNATURES,
} from './envelope.ts'
import { orRefused } from './refusal.ts'

/** Drafting and signing documents: one signer at a time, on one machine or on several. */

/** A draft: a document that nobody has signed yet. @throws VeristampError `does_not_fit` above 4 MiB */
export const draftDocument = (context: SigningContext, body: CborValue): Bytes =>
  encodeEnvelope({ context, body: encodeCbor(body), signatures: [] })

/** What `signDocument` puts a signature to: a stamp, or bytes that only look like one of these, it does not. */
const DOCUMENT_CONTEXTS: readonly string[] = [
  'veristamp:trust1',
  'veristamp:revoc1',
  'veristamp:delta1',
  'veristamp:print1',
  'veristamp:scans1',
  'veristamp:check1',
] satisfies SigningContext[]

/**
 * The document with one more signature, or one replaced by the same key's. The body stays as it is, byte for
 * byte, so signatures that others made stay good.
 * @param document a draft, or what others have signed already
 * @param signer of a root key, the revocation key or a scanner, as the kind of document asks
 * @throws VeristampError `bad_document` for bytes that are no document of a kind that is signed,
 * `signing_failed` for a bad signer
 * @example
 * ```ts
 * import { draftTrustList, encodeTrustDraft, signDocument } from 'veristamp/authority'
 *
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots, issuers })
 * const file = await signDocument(encodeTrustDraft(draft), rootSigner)
 * ```
 */
export async function signDocument(document: Uint8Array, signer: Signer): Promise<Bytes> {
  const envelope = openOwn(document)
  const { publicKey, sign } = ownSigner('signer', signer)
  if (!DOCUMENT_CONTEXTS.includes(envelope.context)) {
    throw new VeristampError(
      'bad_document',
      `document: ${JSON.stringify(envelope.context)} is not signed here`,
      { fault: 'other_context', context: envelope.context },
    )
  }
  const message = signedMessage(envelope.context as SigningContext, envelope.body)
  const signature = await sign(message)
  const imported = nobleEngine.importKey(publicKey)
  const isSigned = imported.ok && isBytes(signature) && imported.key.verify(message, signature)
  if (!isSigned) {
    throw new VeristampError('signing_failed', 'signer: its signature does not verify under its public key', {
      fault: 'wrong_signature',
    })
  }
  return withSignatures(envelope, [{ publicKey, signature }])
}

/**
 * One document with the signatures of both, for drafts that went to several signers at once.
 * @throws VeristampError `bad_document` when the two differ in more than their signatures
 * @example
 * ```ts
 * import { draftTrustList, encodeTrustDraft, mergeSignatures, signDocument } from 'veristamp/authority'
 *
 * const both = { threshold: 2, keys: [rootSigner.publicKey, secondRootSigner.publicKey] }
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots: both, issuers })
 * // Each signs a copy, and the copies come together.
 * const copy = encodeTrustDraft(draft)
 * const file = mergeSignatures(await signDocument(copy, rootSigner), await signDocument(copy, secondRootSigner))
 * ```
 */
export function mergeSignatures(document: Uint8Array, other: Uint8Array): Bytes {
  const [one, two] = [openOwn(document), openOwn(other)]
  if (one.context !== two.context || !equalBytes(one.body, two.body)) {
    throw new VeristampError('bad_document', 'documents: expected the same body in both', {
      fault: 'other_body',
    })
  }
  return withSignatures(one, two.signatures)
}

function withSignatures(envelope: Envelope, added: readonly DocumentSignature[]): Bytes {
  const kept = envelope.signatures.filter(
    (entry) => !added.some(({ publicKey }) => equalBytes(publicKey, entry.publicKey)),
  )
  const signatures = [...kept, ...added].sort((a, b) => compareBytes(a.publicKey, b.publicKey))
  if (signatures.length > MAX_SIGNATURES) {
    throw new VeristampError('does_not_fit', `document: at most ${MAX_SIGNATURES} signatures`, {
      what: 'signatures',
      count: signatures.length,
      max: MAX_SIGNATURES,
    })
  }
  return encodeEnvelope({ ...envelope, signatures })
}

/** The document that holds this. @throws VeristampError `does_not_fit` above 4 MiB */
export function encodeEnvelope(envelope: Envelope): Bytes {
  const { context, body, signatures } = envelope
  const pairs = signatures.map(
    ({ publicKey, signature }) => [publicKey, signature] as [Uint8Array, Uint8Array],
  )
  const document = encodeCbor(spellShape(envelopeShape, [context, body, pairs]))
  if (document.length <= MAX_DOCUMENT_LENGTH) return document
  throw new VeristampError(
    'does_not_fit',
    `document: ${document.length} bytes, at most ${MAX_DOCUMENT_LENGTH} are allowed`,
    { what: 'document', length: document.length, max: MAX_DOCUMENT_LENGTH },
  )
}

function openOwn(document: Uint8Array): Envelope {
  const own = copyBounded('document', document, MAX_DOCUMENT_LENGTH)
  const opened = orRefused(() => ({ ok: true as const, envelope: decodeEnvelope(own) }))
  if (opened.ok) return opened.envelope
  throw new VeristampError('bad_document', `document: ${opened.detail ?? opened.reason}`, {
    fault: 'refused',
    document: 'document',
    reason: opened.reason,
    detail: opened.detail,
  })
}
