import { createHash } from 'node:crypto'
import type { Seen } from '../../src/document/store.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { Roots } from '../../src/trust/roots.ts'
import { AUTHORITY, bodyOf, documentOf, issuerOf, keyOf, keysOf, listOf } from '../support/trust-lists.ts'

import { type ChainFile, one, refusedFiles, smallOrder, takenFiles, V1, V2, V3, V4 } from './chain-files.ts'

/** The vectors of test/vectors/trust-chains.json, made from keys whose seeds are the SHA-256 of their names. */

interface Roothold {
  readonly version: number
  readonly threshold: number
  readonly keys: readonly string[]
}

export interface ChainVector {
  readonly name: string
  /** What the verifier pins. */
  readonly authority: string
  readonly roots: Roothold
  /** What its store has seen, if it has one that has. */
  readonly seen?: {
    readonly epoch: number
    readonly sequence: number
    readonly digest: string
    readonly roots?: { readonly threshold: number; readonly keys: readonly string[] }
  }
  /** The bytes it is given. */
  readonly file: string
  readonly expected:
    | { readonly sequence: number; readonly rootVersion: number; readonly digest: string }
    | { readonly reason: DocumentReason }
}

const links: readonly [Partial<TrustListContent>, string[]][] = [
  [{ sequence: 5, roots: V2 }, ['b', 'c']],
  [{ sequence: 6, roots: V3 }, ['c', 'd', 'e']],
  [{ sequence: 1, roots: V4 }, ['d', 'f', 'g']],
]
const documents = links.map(([content, names]) => listOf({ issuers: [], ...content }, ...names))
const chain = concatBytes(...documents)
const [rotation] = documents as [Uint8Array]

const digestOf = (content: Partial<TrustListContent>): string =>
  createHash('sha256').update(bodyOf(content)).digest('hex')

const holdOf = ({ version = 1, threshold, keys }: Roots): Roothold => ({
  version,
  threshold,
  keys: keys.map(toHex),
})

const seenOf = (content: Partial<TrustListContent>): Seen => ({
  epoch: 1,
  sequence: content.sequence ?? 1,
  digest: Uint8Array.from(Buffer.from(digestOf({ roots: V1, issuers: [], ...content }), 'hex')),
  roots: V1,
})

const crowd = Array.from({ length: 9 }, (_, index) => issuerOf(`issuer ${index}`, 1, index))
const twice = (keyId: number, facility: number) => issuerOf('issuer', keyId, facility)

/** Reasons that only revocation lists and their deltas have. */
type RevocationReason = 'wrong_key' | 'wrong_epoch' | 'serials_overlap' | 'delta_base' | 'delta_gap'
/** Reasons that only scan logs have. */
type ScanReason = 'unknown_scanner' | 'bad_signature' | 'wrong_place'
/** Reasons that only slices have. */
type SliceReason = 'wrong_slice' | 'slices_disagree'

/** One that fails for each reason, and for nothing else. */
const failing: Record<Exclude<DocumentReason, RevocationReason | ScanReason | SliceReason>, ChainFile> = {
  malformed: { name: 'a byte behind the list', file: concatBytes(one({}), Uint8Array.of(0)) },
  wrong_type: {
    name: 'a revocation list that the roots signed',
    file: documentOf(bodyOf({ roots: V1 }), keysOf('a', 'b'), { context: 'veristamp:revoc1' }),
  },
  wrong_authority: { name: 'the same roots, another authority', file: one({ authority: 'elsewhere' }) },
  duplicate_signature: { name: 'one root key signs twice', file: one({}, 'a', 'a') },
  threshold: { name: 'one of two root keys signs', file: one({}, 'a', 'x') },
  new_threshold: { name: 'a rotation without its new keys', file: one({ sequence: 5, roots: V2 }, 'a', 'b') },
  root_version_gap: { name: 'version 3 after 1', file: one({ roots: V3 }, 'a', 'b', 'd', 'e') },
  root_version_rollback: {
    name: 'a rotation, then version 1 again',
    file: concatBytes(rotation, one({ sequence: 9 }, 'b', 'c')),
  },
  roots_changed: { name: 'other keys under version 1', file: one({ roots: { ...V2, version: 1 } }) },
  rollback: { name: 'a lower sequence than seen', file: one({ sequence: 4 }), seen: seenOf({ sequence: 5 }) },
  equivocation: {
    name: 'another body under the sequence that was seen',
    file: one({ sequence: 5, prefixes: ['HTTPS://EXAMPLE.VN/'] }),
    seen: seenOf({ sequence: 5 }),
  },
  store_corrupt: {
    name: 'a store that has seen version 2 and lost its roots',
    file: rotation,
    seen: { epoch: 2, sequence: 5, digest: new Uint8Array(32) },
  },
  public_key: { name: 'a revocation key of small order', file: one({ revocationKey: smallOrder }) },
  public_key_repeated: {
    name: 'one key for two issuers',
    file: one({ issuers: [twice(1, 1), twice(2, 2)] }),
  },
  key_id_crowded: { name: 'nine keys under one id', file: one({ issuers: crowd }) },
  scope_overlap: {
    name: 'two issuers for one range of serials',
    file: one({ issuers: [issuerOf('issuer'), issuerOf('issuer 2', 2)] }),
  },
  catalogue_conflict: {
    name: "a scope for another facility's product",
    file: one({
      issuers: [issuerOf('issuer', 1, 9)],
      catalogue: {
        facilities: [{ id: 1, name: 'Hạ Long' }],
        products: [{ id: 2, facility: 1, name: 'Chả mực' }],
      },
    }),
  },
}

const seenText = ({ epoch, sequence, digest, roots }: Seen) => ({
  epoch,
  sequence,
  digest: toHex(digest),
  ...(roots && { roots: { threshold: roots.threshold, keys: roots.keys.map(toHex) } }),
})

function vectors(): ChainVector[] {
  const digest = digestOf({ issuers: [], ...links[2]![0] })
  const accepted = [V1, V2, V3, V4].map((roots) => ({
    name: `three rotations, from version ${roots.version}`,
    authority: AUTHORITY,
    roots: holdOf(roots),
    file: toHex(chain),
    expected: { sequence: 1, rootVersion: 4, digest },
  }))
  const taken = takenFiles.map(({ name, file, roots = V1, last }) => ({
    name,
    authority: AUTHORITY,
    roots: holdOf(roots),
    file: toHex(file),
    expected: {
      sequence: last.sequence!,
      rootVersion: last.roots!.version!,
      digest: digestOf({ issuers: [], ...last }),
    },
  }))
  const everyReason = Object.entries(failing).map(([reason, each]) => ({
    ...each,
    reason: reason as DocumentReason,
  }))
  const refused = [...everyReason, ...refusedFiles].map(({ reason, name, file, roots = V1, seen }) => ({
    name,
    authority: AUTHORITY,
    roots: holdOf(roots),
    ...(seen && { seen: seenText(seen) }),
    file: toHex(file),
    expected: { reason },
  }))
  return [...accepted, ...taken, ...refused]
}

function rotations() {
  return links.map(([content, signers], index) => ({
    signers,
    body: toHex(bodyOf({ issuers: [], ...content })),
    digest: digestOf({ issuers: [], ...content }),
    document: toHex(documents[index]!),
  }))
}

/** The file's text. */
export function chainVectorsText(): string {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
    name,
    seed: createHash('sha256').update(name).digest('hex'),
    publicKey: toHex(keyOf(name).publicKey),
  }))
  const about =
    'Trust lists and chains for loadTrustList: the three documents of a chain in their parts, then files that ' +
    'are accepted or refused for one reason. Bytes are hexadecimal. Made by trust-chains.generate.ts.'
  return `${JSON.stringify({ about, keys, rotations: rotations(), vectors: vectors() }, null, 1)}\n`
}
