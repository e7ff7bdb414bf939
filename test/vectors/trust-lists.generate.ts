import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { encodeCbor } from '../../src/codec/cbor-writer.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import type { DocumentReason } from '../../src/document/refusal.ts'
import { asciiBytes, toHex } from '../../src/lib/bytes.ts'
import { type TrustListContent, trustListContent } from '../../src/trust/content.ts'
import { forgeDocument, withValue } from '../support/bodies.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { NOT_CANONICAL_KEY, SMALL_ORDER_KEY, withTorsion } from '../support/keys.ts'
import {
  EXAMPLE,
  gate,
  PROVINCE,
  pinned,
  REVOKING,
  revoker,
  root,
  SCANNING,
  SEEDS,
  signers,
} from './lists.ts'

/**
 * Makes trust-lists.json: `npx tsx test/vectors/trust-lists.generate.ts`. One list each, under pinned roots; chains,
 * rotations and what a verifier remembers are not here.
 */

const bodyOf = (content: TrustListContent): CborValue => writeShape(trustListContent, content)
const EXAMPLE_BODY = bodyOf(EXAMPLE)
const { press, kiln, garden } = signers

/** Two of three root keys have to sign. */
const TWO_OF_THREE: TrustListContent = {
  ...PROVINCE,
  roots: { threshold: 2, keys: [root, press, kiln].map(({ publicKey }) => publicKey) },
}
const BODY_OF_TWO = bodyOf(TWO_OF_THREE)

interface Vector {
  readonly name: string
  readonly envelope: Uint8Array
  /** Whose authority and roots are pinned: the example's unless given. */
  readonly pins?: TrustListContent
}
interface FailingVector extends Vector {
  readonly reason: DocumentReason
  readonly detail?: string
}

const valid: Vector[] = [
  { name: "SPEC.md's example", envelope: forgeDocument(EXAMPLE_BODY) },
  { name: 'several issuers and a catalogue', envelope: forgeDocument(bodyOf(PROVINCE)) },
  { name: 'a revocation key', envelope: forgeDocument(bodyOf(REVOKING)) },
  { name: 'scanners', envelope: forgeDocument(bodyOf(SCANNING)) },
  { name: 'two of three roots', pins: TWO_OF_THREE, envelope: forgeDocument(BODY_OF_TWO, [root, kiln]) },
  {
    name: 'a signature beside by a key that is not pinned',
    envelope: forgeDocument(EXAMPLE_BODY, [root, garden]),
  },
  {
    name: 'fields of later versions',
    envelope: forgeDocument(
      withValue(withValue(bodyOf(PROVINCE), 'later', [1]), 'catalogue.products.0.district', 'Hải Hà'),
    ),
  },
]

const malformed = (name: string, envelope: Uint8Array, detail: string): FailingVector => ({
  name,
  envelope,
  reason: 'malformed',
  detail,
})
const pair = (signer: SyncSigner): CborValue => [signer.publicKey, new Uint8Array(64)]
const [lower, higher] = [root, press].sort((a, b) => Buffer.compare(a.publicKey, b.publicKey)) as [
  SyncSigner,
  SyncSigner,
]
const BODY_BYTES = encodeCbor(EXAMPLE_BODY)
const unsigned = (signatures: CborValue, context = 'veristamp:trust1') =>
  encodeCbor([context, BODY_BYTES, signatures])

const malformedEnvelopes: FailingVector[] = [
  malformed('no bytes', new Uint8Array(), 'cbor_truncated'),
  malformed('a cut envelope', forgeDocument(EXAMPLE_BODY).slice(0, -1), 'cbor_truncated'),
  malformed('a map', encodeCbor(new Map()), 'field:document'),
  malformed('no signatures', encodeCbor(['veristamp:trust1', BODY_BYTES]), 'field:document'),
  malformed(
    'a signature of 63 bytes',
    unsigned([[root.publicKey, new Uint8Array(63)]]),
    'field:document[2][0][1]',
  ),
  malformed('signers out of order', unsigned([pair(higher), pair(lower)]), 'signature_order'),
]

/** Bodies that the root signed though they break the format; `undefined` takes the field out. */
const BODIES: [name: string, path: string, value: CborValue | undefined, detail?: string][] = [
  ['no authority', 'authority', undefined],
  ['an authority in upper case', 'authority', 'VN-QUANGNINH'],
  ['no sequence', 'sequence', undefined],
  ['expiry at issue', 'expires', EXAMPLE.issued.getTime() / 1000],
  ['an issue after 9999', 'issued', 253_402_300_800],
  ['a threshold of 0', 'roots.threshold', 0],
  ['a threshold above the keys', 'roots.threshold', 2],
  ['a root key twice', 'roots.keys', [root.publicKey, root.publicKey]],
  ['a root key of 31 bytes', 'roots.keys.0', new Uint8Array(31), 'field:roots.keys[0]'],
  ['no issuers', 'issuers', undefined],
  ['a key id of 65536', 'issuers.0.keyId', 65_536, 'field:issuers[0].keyId'],
  ['a public key of 33 bytes', 'issuers.0.publicKey', new Uint8Array(33), 'field:issuers[0].publicKey'],
  ['an issuer without a name', 'issuers.0.name', '', 'field:issuers[0].name'],
  [
    'a range that ends before it begins',
    'issuers.0.scope.0.first',
    100_000,
    'field:issuers[0].scope[0].last',
  ],
  ['a range without a last serial', 'issuers.0.scope.0.last', undefined, 'field:issuers[0].scope[0].last'],
  ['a validity that ends before it begins', 'issuers.0.notAfter', 0, 'field:issuers[0].notAfter'],
  ['a revocation key of 31 bytes', 'revocationKey', new Uint8Array(31)],
  ['a prefix without its last stroke', 'prefixes.0', 'HTTPS://TEM.QUANGNINH.VN', 'field:prefixes[0]'],
  ['a prefix in lower case', 'prefixes.0', 'https://tem.quangninh.vn/', 'field:prefixes[0]'],
  ['a product of no facility', 'catalogue.products', [product(104, 12)]],
]

/** The same of the list that names scanners. */
const SCANNERS: typeof BODIES = [
  ['scanners that are no array', 'scanners', new Map()],
  ['a scanner without a place', 'scanners.0.place', undefined, 'field:scanners[0].place'],
  ['a position in words', 'scanners.0.position', 'Móng Cái', 'field:scanners[0].position'],
]

function product(id: number, facility: number): CborValue {
  return new Map<string, CborValue>([
    ['id', id],
    ['facility', facility],
    ['name', 'x'],
  ])
}

const malformedBodies: FailingVector[] = [
  malformed('a body of two values', forgeDocument(Uint8Array.of(...BODY_BYTES, 0)), 'cbor_trailing_bytes'),
  malformed('a body that is an array', forgeDocument([]), 'field:'),
  ...BODIES.map(([name, path, value, detail = `field:${path}`]) =>
    malformed(name, forgeDocument(withValue(EXAMPLE_BODY, path, value)), detail),
  ),
  ...SCANNERS.map(([name, path, value, detail = `field:${path}`]) =>
    malformed(name, forgeDocument(withValue(bodyOf(SCANNING), path, value)), detail),
  ),
]

const duplicate = forgeDocument(BODY_OF_TWO, [root, root])
const flipped = forgeDocument(EXAMPLE_BODY).map((byte, at, { length }) =>
  at === length - 64 ? byte ^ 1 : byte,
)
const fewOf = (threshold: number) => `fewer than ${threshold} of root version 1 signed`

const signatures: FailingVector[] = [
  { name: 'a draft', reason: 'threshold', detail: fewOf(1), envelope: forgeDocument(EXAMPLE_BODY, []) },
  { name: 'a signature altered', reason: 'threshold', detail: fewOf(1), envelope: flipped },
  {
    name: 'a signature by another key alone',
    reason: 'threshold',
    detail: fewOf(1),
    envelope: forgeDocument(EXAMPLE_BODY, [garden]),
  },
  {
    name: 'one of three roots where two have to sign',
    pins: TWO_OF_THREE,
    reason: 'threshold',
    detail: fewOf(2),
    envelope: forgeDocument(BODY_OF_TWO, [root, garden]),
  },
  { name: 'one root twice', pins: TWO_OF_THREE, reason: 'duplicate_signature', envelope: duplicate },
  {
    name: "a revocation list's context",
    reason: 'wrong_type',
    detail: 'veristamp:revoc1',
    envelope: forgeDocument(EXAMPLE_BODY, [root], 'veristamp:revoc1'),
  },
  {
    name: "a revocation list's signature under a trust list's context",
    reason: 'threshold',
    detail: fewOf(1),
    envelope: relabelled(forgeDocument(EXAMPLE_BODY, [root], 'veristamp:revoc1')),
  },
  {
    name: 'another authority under the same root',
    reason: 'wrong_authority',
    detail: 'vn-haiphong',
    envelope: forgeDocument(withValue(EXAMPLE_BODY, 'authority', 'vn-haiphong')),
  },
]

function relabelled(document: Uint8Array): Uint8Array {
  const copy = document.slice()
  copy.set(asciiBytes('veristamp:trust1'), 2) // after the heads of the array and the text
  return copy
}

const [example] = EXAMPLE.issuers as [TrustListContent['issuers'][number]]
const all = Object.values(signers)
const crowd = Array.from({ length: 9 }, (_, index) => ({
  ...example,
  publicKey: (all[index] ?? [root, revoker][index - all.length]!).publicKey,
  scope: [{ facility: 12, product: 104, first: index, last: index }],
}))
const withIssuers = (...issuers: TrustListContent['issuers']) =>
  forgeDocument(bodyOf({ ...EXAMPLE, issuers }))
const withKey = (publicKey: Uint8Array) => withIssuers({ ...example, publicKey })
const key = (fault: string) => ({ reason: 'public_key', detail: `issuers[0].publicKey: ${fault}` }) as const

const lists: FailingVector[] = [
  { name: 'a key of small order', ...key('key_small_order'), envelope: withKey(SMALL_ORDER_KEY) },
  { name: 'a key that is not canonical', ...key('key_not_canonical'), envelope: withKey(NOT_CANONICAL_KEY) },
  { name: 'a key with torsion', ...key('key_torsion'), envelope: withKey(withTorsion(press.publicKey)) },
  {
    name: 'a revocation key of small order',
    reason: 'public_key',
    detail: 'revocationKey: key_small_order',
    envelope: forgeDocument(bodyOf({ ...EXAMPLE, revocationKey: SMALL_ORDER_KEY })),
  },
  {
    name: 'one key under two ids',
    reason: 'public_key_repeated',
    envelope: withIssuers(example, { ...example, keyId: 8, scope: [] }),
  },
  ...[press, root, revoker, gate].map(({ publicKey }, index) => ({
    name: `a scanner's key that is ${['an issuer', 'a root', 'the revocation key', 'another scanner'][index]}`,
    reason: 'public_key_repeated' as const,
    detail: toHex(publicKey),
    envelope: forgeDocument(
      bodyOf({
        ...SCANNING,
        revocationKey: revoker.publicKey,
        scanners: [...SCANNING.scanners!, { publicKey, place: 'x' }],
      }),
    ),
  })),
  { name: 'nine keys under one id', reason: 'key_id_crowded', envelope: withIssuers(...crowd) },
  {
    name: 'one serial in the scopes of two keys',
    reason: 'scope_overlap',
    envelope: withIssuers(example, {
      ...example,
      publicKey: press.publicKey,
      scope: [{ facility: 12, product: 104, first: 99_999 }],
    }),
  },
  {
    name: 'a product of another facility in a scope',
    reason: 'catalogue_conflict',
    envelope: forgeDocument(
      bodyOf({ ...PROVINCE, issuers: [{ ...example, scope: [{ facility: 13, product: 104 }] }] }),
    ),
  },
]

const asJson = ({ envelope, pins = EXAMPLE, ...rest }: Vector) => ({
  ...rest,
  ...pinned(pins),
  ...partsOf(envelope),
  envelope: toHex(envelope),
})

/** The body and the signatures, where the envelope has them. */
function partsOf(envelope: Uint8Array) {
  try {
    const { body, signatures } = decodeEnvelope(envelope)
    return {
      body: toHex(body),
      signatures: signatures.map((each) => ({
        publicKey: toHex(each.publicKey),
        signature: toHex(each.signature),
      })),
    }
  } catch {
    return {}
  }
}

/** What trust-lists.json holds. */
export function trustListVectors(): string {
  const failing = [...malformedEnvelopes, ...malformedBodies, ...signatures, ...lists]
  const seeds = { root: 0x20, revoker: 0xc0, gate: 0xd0, market: 0xe0, ...SEEDS }
  const vectors = { seedsBeginAt: seeds, valid: valid.map(asJson), failing: failing.map(asJson) }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('trust-lists.json', import.meta.url), trustListVectors())
}
