import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import type { SliceEntry } from '../../src/document/slices.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import { withValue } from '../support/bodies.ts'
import { SMALL_ORDER_KEY } from '../support/keys.ts'
import { gate, market, signers } from './lists.ts'
import {
  EXAMPLE_SLICE,
  entries,
  gone,
  issuer,
  kiln,
  lost,
  mark,
  mill,
  NOTHING,
  named,
  POTS,
  printers,
  REVOCATION_BODY,
  REVOCATION_SLICES,
  revocationSliceOf,
  revocationWith,
  revoked,
  SLICED_BODY,
  SLICES,
  signed,
  sliceOf,
  TEA,
  TEA_REVOKED,
  trustWith,
} from './slices.lists.ts'

/** Slices and bodies that are refused, for one reason each. */

export interface FailingSlices {
  readonly name: string
  readonly kind: 'trust' | 'revocation'
  readonly envelope: Uint8Array
  /** In the order in which they are loaded. None: the body alone is refused. */
  readonly slices: readonly Uint8Array[]
  readonly reason: DocumentReason
  readonly detail?: string
}

const LIST = signed(SLICED_BODY)
const REVOCATION = revoked(REVOCATION_BODY)

const trust = (
  name: string,
  reason: DocumentReason,
  envelope: Uint8Array,
  ...slices: Uint8Array[]
): FailingSlices => ({
  name,
  kind: 'trust',
  envelope,
  slices,
  reason,
})
const revocation = (
  name: string,
  reason: DocumentReason,
  envelope: Uint8Array,
  ...slices: Uint8Array[]
): FailingSlices => ({
  ...trust(name, reason, envelope, ...slices),
  kind: 'revocation',
})

/** A list that names this slice for the key ids 7 to 399, and the slice. */
const one = (
  name: string,
  reason: DocumentReason,
  slice: Uint8Array,
  changes: Parameters<typeof trustWith>[1] = {},
) => trust(name, reason, signed(trustWith([named(7, 399, slice)], changes)), slice)
const two = (name: string, reason: DocumentReason, first: Uint8Array, second: Uint8Array) =>
  trust(name, reason, signed(trustWith([named(7, 7, first), named(8, 399, second)])), first, second)
const oneRevoked = (name: string, reason: DocumentReason, slice: Uint8Array) =>
  revocation(name, reason, revoked(revocationWith([named(7, 7, slice)])), slice)
const twoRevoked = (name: string, reason: DocumentReason, first: Uint8Array, second: Uint8Array) =>
  revocation(
    name,
    reason,
    revoked(revocationWith([named(7, 7, first), named(300, 300, second)])),
    first,
    second,
  )

const [[, , length, digest]] = SLICES as [SliceEntry]
const other = sliceOf([{ ...printers, name: 'Ha Long' }], TEA)
const flipped = EXAMPLE_SLICE.map((byte, at) => (at === 20 ? byte ^ 1 : byte))
const crowd = Array.from({ length: 9 }, (_, index) =>
  issuer((['example', 'press', 'kiln', 'garden', 'late', 'former'] as const)[index] ?? 'example', 7, [
    { facility: 12, product: 104, first: index, last: index },
  ]),
)
const moreKeys = [gate, market, signers.mill]
const nine = crowd.map((each, index) =>
  index < 6 ? each : { ...each, publicKey: moreKeys[index - 6]!.publicKey },
)
const twice = kiln.scope

export const FAILING: FailingSlices[] = [
  trust('a slice with one bit changed', 'wrong_slice', LIST, flipped),
  trust('a slice without its last byte', 'wrong_slice', LIST, EXAMPLE_SLICE.slice(0, -1)),
  trust('no bytes', 'wrong_slice', LIST, new Uint8Array()),
  trust("another list's slice for the same key ids", 'wrong_slice', LIST, other),
  trust(
    'a slice of the right hash, whose length is another',
    'wrong_slice',
    signed(trustWith([[7, 7, length + 1, digest]])),
    EXAMPLE_SLICE,
  ),
  trust('a slice of a list without slices', 'wrong_slice', signed(trustWith([])), EXAMPLE_SLICE),
  trust('a good slice, then one of another list', 'wrong_slice', LIST, EXAMPLE_SLICE, other),
  trust("a revocation list's slice", 'wrong_slice', LIST, TEA_REVOKED),
  one('a slice that is no CBOR', 'malformed', Uint8Array.of(0xff)),
  one('a slice with a byte behind it', 'malformed', Uint8Array.of(...EXAMPLE_SLICE, 0)),
  one('a slice that is an array', 'malformed', encodeCbor([])),
  one(
    'a slice without issuers',
    'malformed',
    encodeCbor(
      new Map([
        [
          'catalogue',
          new Map<string, CborValue>([
            ['facilities', []],
            ['products', []],
          ]),
        ],
      ]),
    ),
  ),
  one('a slice without a catalogue', 'malformed', encodeCbor(new Map([['issuers', []]]))),
  one("a revocation list's slice that a trust list names", 'malformed', TEA_REVOKED),
  one('an issuer below the key ids of its slice', 'malformed', sliceOf([issuer('press', 6, [])])),
  one('an issuer above the key ids of its slice', 'malformed', sliceOf([issuer('press', 400, [])])),
  trust(
    'an issuer outside of the key ids of the second range that names the slice',
    'malformed',
    signed(trustWith([named(7, 7, EXAMPLE_SLICE), named(9, 9, EXAMPLE_SLICE)])),
    EXAMPLE_SLICE,
  ),
  two(
    'a product whose facility stands in another slice alone',
    'malformed',
    sliceOf([printers], TEA),
    sliceOf([kiln], { ...NOTHING, products: TEA.products }),
  ),
  one('a key of small order', 'public_key', sliceOf([{ ...printers, publicKey: SMALL_ORDER_KEY }])),
  one("a key of the body's once more", 'public_key_repeated', sliceOf([issuer('mill', 7, [])])),
  two(
    'a key in two slices',
    'public_key_repeated',
    sliceOf([printers]),
    sliceOf([issuer('example', 300, [])]),
  ),
  one("a scanner's key", 'public_key_repeated', sliceOf([{ ...printers, publicKey: gate.publicKey }]), {
    scanners: [{ publicKey: gate.publicKey, place: 'Móng Cái' }],
  }),
  one(
    'eight keys in the body and a ninth in the slice under one id',
    'key_id_crowded',
    sliceOf(nine.slice(8)),
    { issuers: nine.slice(0, 8) },
  ),
  one("a range that overlaps one of the body's", 'scope_overlap', sliceOf([issuer('press', 7, mill.scope)])),
  two(
    'ranges of two slices that overlap',
    'scope_overlap',
    sliceOf([issuer('press', 7, twice)], POTS),
    sliceOf([kiln], POTS),
  ),
  two(
    "a scope for another facility's product, which another slice names",
    'catalogue_conflict',
    sliceOf([printers], TEA),
    sliceOf([issuer('kiln', 300, [{ facility: 13, product: 104 }])], POTS),
  ),
  one('a facility of another name than in the body', 'slices_disagree', sliceOf([printers], TEA), {
    catalogue: { facilities: [{ ...TEA.facilities[0]!, name: 'Chè' }], products: [] },
  }),
  two(
    'a product with stars in one of two slices',
    'slices_disagree',
    sliceOf([printers], TEA),
    sliceOf([kiln], { ...TEA, products: [{ ...TEA.products[0]!, stars: 4 }] }),
  ),
  two(
    'a product of two facilities',
    'slices_disagree',
    sliceOf([printers], TEA),
    sliceOf([kiln], { ...POTS, products: [{ ...TEA.products[0]!, facility: 13 }] }),
  ),
  two(
    'a field of later versions that only one of two slices has',
    'slices_disagree',
    sliceOf([printers], TEA),
    sliceOf([kiln], { ...TEA, facilities: [{ ...TEA.facilities[0]!, later: new Map([[1, 'x']]) }] }),
  ),
  ...bodies(),
  revocation(
    'a slice with one bit changed, of a revocation list',
    'wrong_slice',
    REVOCATION,
    TEA_REVOKED.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
  ),
  revocation("a trust list's slice", 'wrong_slice', REVOCATION, EXAMPLE_SLICE),
  oneRevoked("a trust list's slice that a revocation list names", 'malformed', EXAMPLE_SLICE),
  oneRevoked('entries out of order', 'malformed', spelled([lost(12, 104, 1, 5), lost(12, 103, 1, 5)])),
  oneRevoked('a set that no encoder writes', 'malformed', spelled([[12, 104, 1, 20_456, Uint8Array.of(2)]])),
  twoRevoked(
    'two sets of one product, reason and day',
    'slices_disagree',
    revocationSliceOf(entries({ revoked: [lost(12, 104, 1, 5)] })),
    revocationSliceOf(entries({ revoked: [lost(12, 104, 1, 6)] })),
  ),
  oneRevoked(
    "another set than the body's",
    'slices_disagree',
    revocationSliceOf(entries({ revoked: [lost(12, 104, 2, 78)] })),
  ),
  twoRevoked(
    'two watermarks of one key',
    'slices_disagree',
    revocationSliceOf(entries({ watermarks: [mark('example', 12, 104, 5)] })),
    revocationSliceOf(entries({ watermarks: [mark('example', 12, 104, 6)] })),
  ),
  twoRevoked(
    'a key that was revoked on two days',
    'slices_disagree',
    revocationSliceOf(entries({ revokedKeys: [gone('kiln')] })),
    revocationSliceOf(entries({ revokedKeys: [gone('kiln', 20_457)] })),
  ),
  oneRevoked(
    "a serial of the body's under another reason",
    'serials_overlap',
    revocationSliceOf(entries({ revoked: [lost(12, 104, 3, 77)] })),
  ),
  ...REVOCATION_SLICES.slice(1).map((entry) =>
    revocation('a range of a revocation list twice', 'malformed', revoked(revocationWith([entry, entry]))),
  ),
]

/** The slice of these entries, whatever their order. */
function spelled(given: readonly (readonly CborValue[])[]): Uint8Array {
  return encodeCbor(
    new Map<string, CborValue>([
      ['revoked', given],
      ['watermarks', []],
      ['revokedKeys', []],
    ]),
  )
}

/** Lists whose field `slices` is wrong: no slice is needed to see it. */
function bodies(): FailingSlices[] {
  const [tea, pots] = SLICES.map((entry) => [...entry]) as [CborValue[], CborValue[]]
  const body = (name: string, slices: CborValue): FailingSlices =>
    trust(name, 'malformed', signed(withValue(SLICED_BODY, 'slices', slices)))
  const entry = (at: number, value: CborValue) => [tea.map((item, index) => (index === at ? value : item))]
  const long = Array.from({ length: 1025 }, (_, at) => [at, at, 2 ** 18, digest])
  return [
    body('slices that are no array', 7),
    body('a slice of three items', [tea.slice(0, 3)]),
    body('a slice of five items', [[...tea, 0]]),
    body('a range that ends before it begins', entry(1, 6)),
    body('a key id above 65535', entry(1, 65_536)),
    body('a slice of no bytes', entry(2, 0)),
    body('a slice of more than 256 KiB', entry(2, 2 ** 18 + 1)),
    body('a hash of 31 bytes', entry(3, digest.slice(1))),
    body('ranges out of order', [pots, tea]),
    body('ranges that overlap', [[7, 8, ...tea.slice(2)], pots]),
    body('slices of more than 256 MiB together', long),
  ]
}
