import { decodeCbor } from '../codec/cbor.ts'
import type { CborValue } from '../codec/cbor-value.ts'
import { bytes, list, text, tuple } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import type { VerifyKey } from '../ed25519/engine.ts'
import { compareBytes, equalBytes } from '../lib/bytes.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { Malformed } from '../lib/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * The signed document that every list is: `[context, body, [[public key, signature], …]]`, the signatures made over
 * context ‖ body and in ascending order of their keys (docs/spec/trust-lists.md, "The signed document"). One without
 * signatures is a draft, which travels to those who sign it.
 */
export interface Envelope {
  readonly context: string
  readonly body: Uint8Array
  readonly signatures: readonly DocumentSignature[]
}

export interface DocumentSignature {
  /** 32 bytes: names the signer among the keys that the reader already trusts. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
}

/** 4 MiB: longer documents are refused by their length alone. */
export const MAX_DOCUMENT_LENGTH = 2 ** 22
export const MAX_SIGNATURES = 32
/** The items of CBOR in an envelope around its body: refused by their count before anything is read. */
export const MAX_ENVELOPE_ITEMS = 3 + 3 * MAX_SIGNATURES

/** The signatures as pairs of a public key and what it signed. */
export const envelopeShape = tuple(text(16), bytes(), list(tuple(bytes(32), bytes(64)), MAX_SIGNATURES))

/** The envelope that a CBOR value is. @throws Malformed, or Refusal `duplicate_signature` for a key that signs twice */
export function envelopeFromValue(value: CborValue): Envelope {
  const [context, body, pairs] = readShape(envelopeShape, value, 'document')
  const signatures = pairs.map(([publicKey, signature]) => ({ publicKey, signature }))
  checkSignerOrder(signatures)
  return { context, body, signatures }
}

/** The envelope that bytes spell. @throws Malformed */
export function decodeEnvelope(document: Uint8Array): Envelope {
  if (document.length > MAX_DOCUMENT_LENGTH) throw new Malformed('document_length')
  return envelopeFromValue(decodeCbor(document, MAX_ENVELOPE_ITEMS))
}

/**
 * How many of the keys signed the envelope's bytes. Every key counts once; signatures by other keys say
 * nothing to this reader and are passed over.
 */
export function countSigners(envelope: Envelope, keys: readonly VerifyKey[]): number {
  const message = signedMessage(envelope.context as SigningContext, envelope.body)
  return keys.filter((key) => {
    const entry = envelope.signatures.find(({ publicKey }) => equalBytes(publicKey, key.publicKey))
    return !!entry && key.verify(message, entry.signature)
  }).length
}

function checkSignerOrder(signatures: readonly DocumentSignature[]): void {
  for (let i = 1; i < signatures.length; i++) {
    const order = compareBytes(signatures[i - 1]!.publicKey, signatures[i]!.publicKey)
    if (order === 0) throw new Refusal('duplicate_signature')
    if (order > 0) throw new Malformed('signature_order')
  }
}
