import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborMap, CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { asciiBytes, toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
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
import { FULL, MALFORMED_BODIES, VALID_BODIES } from './trust-lists.bodies.ts'

/**
 * Makes trust-lists.json: `npx tsx test/vectors/trust-lists.generate.ts`. One list each, under pinned roots; chains,
 * rotations and what a verifier remembers are not here.
 */

const bodyOf = (content: TrustListContent): CborValue => writeShape(trustListContent, content)
const EXAMPLE_BODY = bodyOf(EXAMPLE)
const FULL_BODY = bodyOf(FULL)
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
  /** Whose authority and roots are pinned: the example's by default. */
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
  {
    name: 'a field of later versions that a number names',
    envelope: forgeDocument(new Map([[1, 0], ...(EXAMPLE_BODY as CborMap)])),
  },
  ...VALID_BODIES.map(([name, path, value]) => ({
    name,
    envelope: forgeDocument(withValue(FULL_BODY, path, value)),
  })),
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
  malformed('a 33rd signature', unsigned(Array.from({ length: 33 }, () => pair(root))), 'field:document[2]'),
  malformed('a context of no letters', unsigned([], ''), 'field:document[0]'),
  malformed('a context of 17 letters', unsigned([], 'veristamp:trust1x'), 'field:document[0]'),
]

const malformedBodies: FailingVector[] = [
  malformed('a body of two values', forgeDocument(Uint8Array.of(...BODY_BYTES, 0)), 'cbor_trailing_bytes'),
  malformed('a body that is an array', forgeDocument([]), 'field:'),
  ...MALFORMED_BODIES.map(([name, path, value, detail = `field:${path}`]) =>
    malformed(name, forgeDocument(withValue(FULL_BODY, path, value)), detail),
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
    name: 'a context of later versions',
    reason: 'wrong_type',
    detail: 'later',
    envelope: unsigned([], 'later'),
  },
  {
    name: 'one root twice, under another context: signers are asked first',
    reason: 'duplicate_signature',
    envelope: unsigned([pair(root), pair(root)], 'veristamp:revoc1'),
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
    name: 'one serial in two ranges of one key',
    reason: 'scope_overlap',
    envelope: withIssuers({
      ...example,
      scope: [...example.scope, { facility: 12, product: 104, first: 99_999 }],
    }),
  },
  {
    name: 'a range of all products beside one of a product that no catalogue has',
    reason: 'scope_overlap',
    envelope: withIssuers(example, {
      ...example,
      publicKey: press.publicKey,
      scope: [{ facility: 12, first: 99_999 }],
    }),
  },
  {
    name: 'two ranges of all products of a facility that no catalogue has',
    reason: 'scope_overlap',
    envelope: withIssuers({
      ...example,
      scope: [
        { facility: 14, last: 5 },
        { facility: 14, first: 5 },
      ],
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

const unsound = { revocationKey: SMALL_ORDER_KEY }
const conflict = { ...PROVINCE, issuers: [{ ...example, scope: [{ facility: 13, product: 104 }] }] }
const twoScopes = [{ facility: 12 }, { facility: 12 }]

/** Lists with two faults: the reason is that of the rule which is asked first. */
const order: FailingVector[] = [
  {
    name: 'one key for two issuers of one scope: keys are asked first',
    reason: 'public_key_repeated',
    envelope: withIssuers(example, { ...example, keyId: 8 }),
  },
  {
    name: 'nine keys under one id, of one scope: ids are asked first',
    reason: 'key_id_crowded',
    envelope: withIssuers(...crowd.map((issuer) => ({ ...issuer, scope: example.scope }))),
  },
  {
    name: "two ranges that overlap, of another facility's product: overlaps are asked first",
    reason: 'scope_overlap',
    envelope: forgeDocument(
      bodyOf({
        ...conflict,
        issuers: [{ ...example, scope: [...conflict.issuers[0]!.scope, ...twoScopes] }],
      }),
    ),
  },
  {
    name: 'ranges that overlap, and a revocation key of small order: it is asked last',
    reason: 'scope_overlap',
    envelope: forgeDocument(bodyOf({ ...EXAMPLE, ...unsound, issuers: [{ ...example, scope: twoScopes }] })),
  },
  {
    name: "another facility's product, and a revocation key of small order: it is asked last",
    reason: 'catalogue_conflict',
    envelope: forgeDocument(bodyOf({ ...conflict, ...unsound })),
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
  const failing = [...malformedEnvelopes, ...malformedBodies, ...signatures, ...lists, ...order]
  const seeds = { root: 0x20, revoker: 0xc0, gate: 0xd0, market: 0xe0, ...SEEDS }
  const vectors = { seedsBeginAt: seeds, valid: valid.map(asJson), failing: failing.map(asJson) }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('trust-lists.json', import.meta.url), trustListVectors())
}
