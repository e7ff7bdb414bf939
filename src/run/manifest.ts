import { join } from 'node:path'
import { decodeCbor } from '../codec/cbor.ts'
import { bytes, optional, record, type Shape, text, time, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { countSigners, decodeEnvelope } from '../document/envelope.ts'
import { Refusal } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import type { VerifyKey } from '../ed25519/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import type { Bytes } from '../lib/bytes.ts'
import { readBoundedFile } from '../node/files/bounded-file.ts'
import { MAX_KEY_ID } from '../stamp/stamp.ts'

/** What closes a run: a document that its issuer key signs (docs/spec/runs.md, "The run manifest"). */
export interface Manifest {
  /** What the run is called, 1 to 60 letters. Nothing is read from it. */
  readonly run: string
  readonly facility: number
  readonly product: number
  /** The serials, `first` to `last`, each once. */
  readonly first: number
  readonly last: number
  readonly count: number
  readonly keyId: number
  /** When the serials were reserved. */
  readonly reserved: Date
  /** SHA-256 of the file of codes. */
  readonly codes: Uint8Array
  /** SHA-256 of the sheets, where there are any: of several PDF volumes one after another. */
  readonly sheets?: Uint8Array | undefined
}

const manifest: Shape<Manifest> = record<Manifest>(
  {
    run: text(60),
    facility: uint(),
    product: uint(),
    first: uint(),
    last: uint(),
    count: uint(1, undefined),
    keyId: uint(0, MAX_KEY_ID),
    reserved: time,
    codes: bytes(32),
    sheets: optional(bytes(32)),
  },
  { fault: ({ first, last, count }) => (last - first + 1 === count ? undefined : 'count') },
)

export const signManifest = (content: Manifest, signer: Signer): Promise<Bytes> =>
  signDocument(draftDocument('veristamp:print1', writeShape(manifest, content)), signer)

export const MANIFEST_FILE = 'manifest.cbor'
export const MAX_MANIFEST = 65_536

/**
 * What the manifest in a run's folder claims, whoever signed it; undefined where there is none that can be read.
 * Good for one thing: finding serials that may have been given away.
 */
export function readClaim(folder: string): Manifest | undefined {
  try {
    const document = readBoundedFile(join(folder, MANIFEST_FILE), MAX_MANIFEST)
    const { context, body } = decodeEnvelope(document!)
    return context === 'veristamp:print1' ? readShape(manifest, decodeCbor(body)) : undefined
  } catch {
    return undefined
  }
}

/** The content of a manifest that the key signed. @throws Malformed or Refusal */
export function openManifest(document: Uint8Array, key: VerifyKey): Manifest {
  const envelope = decodeEnvelope(document)
  if (envelope.context !== 'veristamp:print1') throw new Refusal('wrong_type', envelope.context)
  if (countSigners(envelope, [key]) === 0) throw new Refusal('wrong_key')
  return readShape(manifest, decodeCbor(envelope.body))
}
