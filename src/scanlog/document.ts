import { decodeCbor, decodeCborSequence } from '../codec/cbor.ts'
import type { Shape } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import {
  type Envelope,
  envelopeFromValue,
  MAX_DOCUMENT_LENGTH,
  MAX_ENVELOPE_ITEMS,
} from '../document/envelope.ts'
import { Refusal } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import type { Engine } from '../ed25519/engine.ts'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import type { Bytes } from '../lib/bytes.ts'
import { concatBytes, equalBytes, toHex } from '../lib/bytes.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { Malformed, VeristampError } from '../lib/errors.ts'
import { type DocumentBody, documentBody, type ScansBody } from './body.ts'
import type { Scanner, ScannerList } from './scanner.ts'

/** Documents in one file. */
const MAX_DOCUMENTS = 64
/** 256 MiB: longer files are refused by their length alone. */
export const MAX_FILE_LENGTH = MAX_DOCUMENTS * MAX_DOCUMENT_LENGTH

/** A file of documents, signed one after another. @throws as `signDocument`; VeristampError `does_not_fit` */
export async function signScans(bodies: readonly ScansBody[], issued: Date, signer: Signer): Promise<Bytes> {
  if (bodies.length > MAX_DOCUMENTS) {
    throw new VeristampError('does_not_fit', `scans: ${bodies.length} documents, at most ${MAX_DOCUMENTS}`, {
      what: 'scans',
      count: bodies.length,
      max: MAX_DOCUMENTS,
    })
  }
  const own = ownSigner('signer', signer)
  const documents: Uint8Array[] = []
  for (const body of bodies) {
    const draft = draftDocument('veristamp:scans1', writeShape(documentBody, { ...body, issued }))
    documents.push(await signDocument(draft, own))
  }
  return concatBytes(...documents)
}

export interface ReadScansOptions {
  readonly lists: readonly ScannerList[]
  readonly engine: Engine
}

/** What a scanner signed. */
interface Signed {
  /** Its public key. */
  readonly signer: Uint8Array
}

export interface SignedScans extends DocumentBody, Signed {}

/** What a file's documents say, each signed by a scanner of its place. @throws Malformed or Refusal */
export function readScans(file: Uint8Array, options: ReadScansOptions): SignedScans[] {
  if (file.length > MAX_FILE_LENGTH) throw new Malformed('document_length')
  const documents = decodeCborSequence(file, MAX_DOCUMENTS, MAX_DOCUMENTS * MAX_ENVELOPE_ITEMS)
  return documents.map(({ value, bytes }) => {
    if (bytes.length > MAX_DOCUMENT_LENGTH) throw new Malformed('document_length')
    return readDocument(envelopeFromValue(value), options)
  })
}

interface NamedScanner extends Scanner {
  readonly authority: string
}

const readDocument = (envelope: Envelope, options: ReadScansOptions): SignedScans =>
  readSigned(envelope, 'veristamp:scans1', documentBody, options)

/** What a document of this context says, signed by a scanner of its authority and its place. @throws Malformed or Refusal */
export function readSigned<T extends { readonly authority: string; readonly place: string }>(
  envelope: Envelope,
  context: SigningContext,
  shape: Shape<T>,
  options: ReadScansOptions,
): T & Signed {
  if (envelope.context !== context) throw new Refusal('wrong_type', envelope.context)
  const signers = findSigners(envelope, context, options)
  const body = readShape(shape, decodeCbor(envelope.body))
  const own = signers.filter(({ authority }) => authority === body.authority)
  if (own.length === 0) throw new Refusal('wrong_authority', body.authority)
  const scanner = own.find(({ place }) => place === body.place)
  if (scanner === undefined) throw new Refusal('wrong_place', body.place)
  return { ...body, signer: scanner.publicKey }
}

/** The scanners whose signature the document bears: one in each list that names the key. */
function findSigners(
  { body, signatures }: Envelope,
  context: SigningContext,
  { lists, engine }: ReadScansOptions,
): NamedScanner[] {
  const message = signedMessage(context, body)
  for (const { publicKey, signature } of signatures) {
    const named = namedScanners(lists, publicKey)
    if (named.length === 0) continue
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw new Refusal('public_key', `${toHex(publicKey)}: ${imported.reason}`)
    if (!imported.key.verify(message, signature)) throw new Refusal('bad_signature', toHex(publicKey))
    return named
  }
  throw new Refusal('unknown_scanner', signatures[0] && toHex(signatures[0].publicKey))
}

const namedScanners = (lists: readonly ScannerList[], publicKey: Uint8Array): NamedScanner[] =>
  lists.flatMap(({ authority, scanners }) =>
    scanners
      .filter((scanner) => equalBytes(scanner.publicKey, publicKey))
      .map((scanner) => ({ ...scanner, authority })),
  )
