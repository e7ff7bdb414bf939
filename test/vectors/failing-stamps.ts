import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import type { Revocation } from '../../src/revocation/revocation-list.ts'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import { type ListName, PREFIX, signers } from './lists.ts'

/** Scans that fail, each for one reason. */
export interface FailingVector {
  readonly name: string
  readonly reason: Reason
  readonly detail?: string
  /** What stands beside an indeterminate reason. */
  readonly finding?: Reason
  /** `province` by default. */
  readonly trustList?: ListName
  /** None by default. */
  readonly revocationList?: 'revoking'
  /** Why and when, of what was revoked. */
  readonly revocation?: Revocation
  /** The file's by default. */
  readonly now?: string
  /** Seconds after which lists count as stale; without it as many as they say themselves. */
  readonly maxListAge?: number
  readonly clockTolerance?: number
  readonly text: string
  /** The code in hexadecimal, where the text carries one. */
  readonly code?: string
}

type Expected = Omit<FailingVector, 'name' | 'text' | 'code'>

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

function sign(
  payload: Uint8Array,
  signer = signers.press,
  context: SigningContext = 'veristamp:stamp1',
): Uint8Array {
  return concatBytes(payload, signer.sign(signedMessage(context, payload)))
}

const asText = (name: string, text: string, expected: Expected): FailingVector => ({
  name,
  ...expected,
  text,
})
const asCode = (name: string, code: Uint8Array, expected: Expected): FailingVector => ({
  name,
  ...expected,
  text: encodeText(code, 'base45'),
  code: toHex(code),
})
const malformed = (detail: string): Expected => ({ reason: 'malformed', detail })

const HEAD = '00 0c 18 68 01' // key id 0, facility 12, product 104, serial 1
const GOOD = sign(hex(`84 ${HEAD}`))
const DIGITS = encodeText(GOOD, 'digits')
const spoilt = (code: Uint8Array) => code.map((byte, at) => (at === code.length - 1 ? byte ^ 1 : byte))
const SPOILT = encodeText(spoilt(GOOD), 'base45')

const texts: FailingVector[] = [
  asText('no text', '', malformed('text_empty')),
  asText('586 units', '0'.repeat(586), malformed('text_length')),
  asText(
    '586 units, of which a reader would remove ten',
    `${DIGITS}${'\n'.repeat(586 - DIGITS.length)}`,
    malformed('text_length'),
  ),
  asText(
    '585 units with what a reader removes: the text is read',
    `\r\n${SPOILT}${'\t'.repeat(583 - SPOILT.length)}`,
    { reason: 'bad_signature' },
  ),
  asText('464 digits', '1'.repeat(464), malformed('text_length')),
  asText('289 base45 letters', 'A'.repeat(289), malformed('text_length')),
  asText('base45: a letter of none', `a${encodeText(GOOD, 'base45').slice(1)}`, malformed('base45_letter')),
  asText('base45: a lone letter at the end', `${encodeText(GOOD, 'base45')}0`, malformed('base45_length')),
  asText('base45: three letters above two bytes', `:::${'0'.repeat(102)}`, malformed('base45_overflow')),
  asText('base45: two letters above a byte', `${'0'.repeat(105)}::`, malformed('base45_overflow')),
  asText('digits: a leading zero', `0${DIGITS}`, malformed('digits_leading_zero')),
  asText('url: no digits', PREFIX, malformed('digits_letter')),
  asText('url: a letter among the digits', `${PREFIX}${DIGITS}A`, malformed('digits_letter')),
  asText('url: no host', `HTTPS:///${DIGITS}`, malformed('text_prefix')),
  asText('url: two #', `${PREFIX}##${DIGITS}`, malformed('digits_letter')),
  asText('url: a # within the prefix', `HTTPS://TEM.VN/#/${DIGITS}`, malformed('text_prefix')),
  asText('url: no / before the #', `HTTPS://TEM.VN#${DIGITS}`, malformed('text_prefix')),
  asText('url: a prefix of 65 letters', `HTTPS://${'X'.repeat(56)}/${DIGITS}`, malformed('text_prefix')),
  asText('url: a prefix in lower case', PREFIX.toLowerCase() + DIGITS, malformed('base45_letter')),
]

const codes: FailingVector[] = [
  asCode('a code of 68 bytes', GOOD.subarray(0, 68), malformed('code_length')),
  asText(
    'a code of 193 bytes',
    encodeText(Uint8Array.of(1, ...Array(192).fill(0)), 'digits'),
    malformed('code_length'),
  ),
  asCode('a first byte of none: 0x4f', Uint8Array.of(0x4f, ...GOOD.subarray(1)), malformed('code_version')),
  asCode('a first byte of none: 0xea', Uint8Array.of(0xea, ...GOOD.subarray(1)), malformed('code_version')),
  ...[0x82, 0x83].map((first) =>
    asCode(
      `what only a link of GS1 begins with: 0x${first.toString(16)}`,
      sign(hex(first.toString(16) + HEAD)),
      malformed('code_version'),
    ),
  ),
  ...[0x50, 0x81, 0x86, 0xe9, 0xeb, 0xff].map((first) =>
    asCode(`a later version: 0x${first.toString(16)}`, sign(hex(first.toString(16) + HEAD)), {
      reason: 'unsupported_version',
      detail: `first byte 0x${first.toString(16)}`,
    }),
  ),
]

/** Links of GS1. What is signed is the payload that the link says; `v` is what a link has of it. */
const CIDER = { gtin: '18935000000127' }
const cider = encodeCbor([0, 8_935_000_000_128, 18_935_000_000_127, 1])
const CIDER_HEAD = toHex(cider.subarray(1, 11))
const digitsOf = (bytes: Uint8Array) => encodeText(bytes, 'digits')
/** `v` for what stands in it, with the signature of the payload that belongs to it. */
const vOf = (rest: string, payload: Uint8Array) =>
  digitsOf(concatBytes(hex(rest), sign(payload).subarray(payload.length)))
const V = vOf(`82 ${CIDER_HEAD}`, cider)
const withClaims = (claims: [number, CborValue][]) =>
  encodeCbor([0, 8_935_000_000_128, 18_935_000_000_127, 1, new Map(claims)])
const link = (path: string, query: string) => `${PREFIX}${path}?${query}`
const PATH = `01/${CIDER.gtin}/21/1`
const lotted = (lot: string) => link(`01/${CIDER.gtin}/10/${lot}/21/1`, `v=${V}`)
const dated = (attributes: string) => link(PATH, `${attributes}v=${V}`)
const asLink = (name: string, text: string, detail: string): FailingVector =>
  asText(`gs1: ${name}`, text, malformed(detail))

const links: FailingVector[] = [
  asLink('a wrong check digit', link('01/18935000000128/21/1', `v=${V}`), 'gs1_gtin'),
  asLink('a GTIN of 13 digits', link('01/8935000000120/21/1', `v=${V}`), 'gs1_link'),
  asLink('a catalogue id in place of a GTIN', link('01/00000000001045/21/1', `v=${V}`), 'gs1_gtin'),
  asLink('no serial', link(`01/${CIDER.gtin}`, `v=${V}`), 'gs1_link'),
  asLink('a serial with a zero in front', link(`01/${CIDER.gtin}/21/01`, `v=${V}`), 'gs1_serial'),
  asLink('a serial of 2^53', link(`01/${CIDER.gtin}/21/9007199254740992`, `v=${V}`), 'gs1_serial'),
  asLink('a serial of letters', link(`01/${CIDER.gtin}/21/A1`, `v=${V}`), 'gs1_serial'),
  asLink('a lot in the query', link(PATH, `10=L1&v=${V}`), 'gs1_link'),
  asLink('a lot after the serial', link(`01/${CIDER.gtin}/21/1/10/L1`, `v=${V}`), 'gs1_link'),
  asLink('an empty lot', lotted(''), 'gs1_link'),
  asLink('a lot of 21 letters', lotted('A'.repeat(21)), 'gs1_lot'),
  asLink('a lot of one dot', lotted('.'), 'gs1_lot'),
  asLink('a lot of two dots', lotted('..'), 'gs1_lot'),
  asLink('a lot with small hexadecimal', lotted('A%2fB'), 'gs1_lot'),
  asLink('a lot with percent-encoding that it does not need', lotted('%41'), 'gs1_lot'),
  asLink('a lot without percent-encoding that it needs', lotted('A+B'), 'gs1_lot'),
  asLink('a lot with a letter outside set 82', lotted('A%23'), 'gs1_lot'),
  asLink('a lot cut off within a percent-sequence', lotted('A%2'), 'gs1_lot'),
  asLink('attributes out of order', dated('17=261231&11=260102&'), 'gs1_link'),
  asLink('an attribute after v', link(PATH, `v=${V}&17=261231`), 'gs1_link'),
  asLink('an attribute twice', dated('17=261231&17=261231&'), 'gs1_link'),
  asLink('two v', link(PATH, `v=${V}&v=${V}`), 'gs1_link'),
  asLink('no v', link(PATH, '17=261231'), 'gs1_link'),
  asLink('an empty query', link(PATH, ''), 'gs1_link'),
  asLink('a key that is an AI we do not carry', dated('15=261231&'), 'gs1_link'),
  asLink('a numeric key of nothing', dated('999=1&'), 'gs1_link'),
  asLink('a foreign key', dated('utm_source=x&'), 'gs1_link'),
  asLink('a fragment', `${link(PATH, `v=${V}`)}#1`, 'gs1_link'),
  asLink('a trailing slash', link(`${PATH}/`, `v=${V}`), 'gs1_link'),
  asLink('day 00', dated('17=261200&'), 'gs1_day'),
  asLink('31 February', dated('17=260231&'), 'gs1_day'),
  asLink('month 13', dated('11=261301&'), 'gs1_day'),
  asLink('a prefix with a key in it', `HTTPS://TEM.QUANGNINH.VN/01/${PATH}?v=${V}`, 'text_prefix'),
  asLink(
    'a prefix with a step of four digits',
    `HTTPS://TEM.QUANGNINH.VN/8003/${PATH}?v=${V}`,
    'text_prefix',
  ),
  asLink('a prefix that ends in #', `${PREFIX}#${PATH}?v=${V}`, 'gs1_link'),
  asLink('a query and no link', `HTTPS://TEM.VN/?S=/${DIGITS}`, 'gs1_link'),
  asLink('v with a zero in front', link(PATH, `v=0${V}`), 'digits_leading_zero'),
  asLink('v of 68 bytes', link(PATH, `v=${digitsOf(hex(`82 ${'01'.repeat(65)}`))}`), 'code_length'),
  asLink('a whole payload of four in v', link(PATH, `v=${digitsOf(sign(cider))}`), 'code_version'),
  asLink(
    'a whole payload of five in v',
    link(PATH, `v=${digitsOf(sign(withClaims([[4, new Uint8Array(8)]])))}`),
    'code_version',
  ),
  asLink(
    'v that begins with none of ours',
    link(PATH, `v=${vOf(`4f ${CIDER_HEAD}`, cider)}`),
    'code_version',
  ),
  asLink('no facility in v', link(PATH, `v=${vOf('82 00 00 00', cider)}`), 'payload_shape'),
  asLink(
    'no claims in v that says it has some',
    link(PATH, `v=${vOf(`83 ${CIDER_HEAD}`, cider)}`),
    'payload_shape',
  ),
  asLink(
    'claims in v that says it has none',
    link(PATH, `v=${vOf(`82 ${CIDER_HEAD} a1 04 48 ${'00'.repeat(8)}`, cider)}`),
    'payload_shape',
  ),
  asLink('an empty map in v', link(PATH, `v=${vOf(`83 ${CIDER_HEAD} a0`, cider)}`), 'payload_claims'),
  asLink(
    'claims in v that are no map',
    link(PATH, `v=${vOf(`83 ${CIDER_HEAD} 00`, cider)}`),
    'payload_claims',
  ),
  ...[
    ['lot', 1, 'L1'],
    ['day made', 2, 20_000],
    ['expiry', 3, 21_000],
  ].map(([name, key, value]) =>
    asLink(
      `the ${name} in v`,
      link(
        PATH,
        `v=${vOf(`83 ${CIDER_HEAD} ${toHex(encodeCbor(new Map([[key as number, value as CborValue]])))}`, withClaims([[key as number, value as CborValue]]))}`,
      ),
      'gs1_claim',
    ),
  ),
  asLink(
    'claim 0 in v',
    link(PATH, `v=${vOf(`83 ${CIDER_HEAD} a1 00 00`, withClaims([[0, 0]]))}`),
    'claim_key',
  ),
  asText('gs1: another GTIN than was signed', link('01/18935000000134/21/1', `v=${V}`), {
    reason: 'bad_signature',
  }),
  asText('gs1: another serial than was signed', link(`01/${CIDER.gtin}/21/2`, `v=${V}`), {
    reason: 'bad_signature',
  }),
  asText('gs1: a lot that nobody signed', lotted('L1'), { reason: 'bad_signature' }),
  asText('gs1: an expiry that nobody signed', dated('17=261231&'), { reason: 'bad_signature' }),
  asText('gs1: a prefix that no list names', `HTTPS://TEM.EXAMPLE/${PATH}?v=${V}`, { reason: 'url_prefix' }),
  asText('gs1: a later version in v', link(PATH, `v=${vOf(`86 ${CIDER_HEAD}`, cider)}`), {
    reason: 'unsupported_version',
    detail: 'first byte 0x86',
  }),
]

/** Payloads that an issuer signed though they break the format. */
const PAYLOADS: [name: string, payload: string, detail: string][] = [
  ['an integer not in its shortest form', '84 00 0c 18 68 18 01', 'cbor_not_shortest'],
  ['an array cut short', '84 00 0c 18 68', 'cbor_truncated'],
  ['a byte after the array', `84 ${HEAD} 00`, 'cbor_trailing_bytes'],
  ['a negative serial', '84 00 0c 18 68 20', 'cbor_type'],
  ['a serial as a float', '84 00 0c 18 68 f9 3c00', 'cbor_type'],
  ['a serial under a tag', '84 00 0c 18 68 c1 01', 'cbor_type'],
  ['a serial that is true', '84 00 0c 18 68 f5', 'cbor_type'],
  ['a serial with a reserved head', '84 00 0c 18 68 1c', 'cbor_head'],
  ['a serial of 2^53', '84 00 0c 18 68 1b 0020000000000000', 'cbor_integer_range'],
  ['claims of no fixed length', `85 ${HEAD} bf 01 61 41 ff`, 'cbor_indefinite'],
  ['claims that say they are 2^53 − 1', `85 ${HEAD} bb 001fffffffffffff`, 'cbor_truncated'],
  ['claims out of order', `85 ${HEAD} a2 02 00 01 61 41`, 'cbor_key_order'],
  ['a claim twice', `85 ${HEAD} a2 01 61 41 01 61 41`, 'cbor_key_order'],
  ['a claim called by bytes', `85 ${HEAD} a1 41 00 00`, 'cbor_key_type'],
  ['a text that is no UTF-8', `85 ${HEAD} a1 10 61 ff`, 'cbor_utf8'],
  ['a value nested too deep', `85 ${HEAD} a1 10 81 81 81 81 81 81 81 00`, 'cbor_depth'],
  ['an empty array nested too deep', `85 ${HEAD} a1 10 81 81 81 81 81 81 80`, 'cbor_depth'],
  ['an empty map nested too deep', `85 ${HEAD} a1 10 81 81 81 81 81 81 a0`, 'cbor_depth'],
  ['a facility that is a text', '84 00 61 41 18 68 01', 'payload_integer'],
  ['a key id of 65536', '84 1a 00010000 0c 18 68 01', 'payload_key_id'],
  ['no claim in the claims', `85 ${HEAD} a0`, 'payload_claims'],
  ['claims that are no map', `85 ${HEAD} 00`, 'payload_claims'],
  ['claim 0', `85 ${HEAD} a1 00 00`, 'claim_key'],
  ['claim 24', `85 ${HEAD} a1 18 18 00`, 'claim_key'],
  ['a claim called by a text', `85 ${HEAD} a1 61 41 00`, 'claim_key'],
  ['an empty lot', `85 ${HEAD} a1 01 60`, 'claim_lot'],
  ['a lot of 21 letters', `85 ${HEAD} a1 01 75 ${'41'.repeat(21)}`, 'claim_lot'],
  ['a lot with a letter outside set 82', `85 ${HEAD} a1 01 61 23`, 'claim_lot'],
  ['a lot that is a number', `85 ${HEAD} a1 01 01`, 'claim_lot'],
  ['made after 9999', `85 ${HEAD} a1 02 1a 002cc0a1`, 'claim_date'],
  ['expires as a text', `85 ${HEAD} a1 03 61 41`, 'claim_date'],
  ['a seal of 7 bytes', `85 ${HEAD} a1 04 47 ${'00'.repeat(7)}`, 'claim_seal'],
  ['a seal of 17 bytes', `85 ${HEAD} a1 04 51 ${'00'.repeat(17)}`, 'claim_seal'],
]
const payloads = PAYLOADS.map(([name, payload, detail]) =>
  asCode(name, sign(hex(payload)), malformed(detail)),
)

const badSignature: Expected = { reason: 'bad_signature' }
const flipped = (at: number) => GOOD.map((byte, index) => (index === GOOD.length + at ? byte ^ 1 : byte))

/** The same signature with the group's order added to s: the equation holds, the range does not. */
function withLargeS(code: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${toHex(code.slice(-32).reverse())}`) + order
  return concatBytes(code.subarray(0, -32), hex(s.toString(16).padStart(64, '0')).reverse())
}

const signatures: FailingVector[] = [
  asCode('a bit of the serial flipped', flipped(-65), badSignature),
  asCode('a bit of R flipped', flipped(-64), badSignature),
  asCode('a bit of s flipped', flipped(-32), badSignature),
  asCode('s with the order added', withLargeS(GOOD), badSignature),
  asCode("another issuer's signature", sign(hex(`84 ${HEAD}`), signers.garden), badSignature),
  asCode("a trust list's context", sign(hex(`84 ${HEAD}`), signers.press, 'veristamp:trust1'), badSignature),
  asCode('no context', concatBytes(hex(`84 ${HEAD}`), signers.press.sign(hex(`84 ${HEAD}`))), badSignature),
  asCode('a key id that no key bears', sign(hex('84 01 0c 18 68 01')), { reason: 'unknown_key' }),
  asText('a prefix that no list names', encodeUrl(GOOD, 'HTTPS://TEM.EXAMPLE/'), { reason: 'url_prefix' }),
]

/** Stamps that an issuer signed, and that something speaks against. */
const issued = (
  keyId: number,
  facility: number,
  product: number,
  serial: number,
  claims?: [number, number][],
) => encodeCbor([keyId, facility, product, serial, ...(claims ? [new Map(claims)] : [])])
const outOfScope = (detail: string): Expected => ({ reason: 'out_of_scope', detail })
const day = (date: string) => Date.parse(date) / 86_400_000
/** Of another product than the key's, with a critical claim. */
const withClaim = sign(issued(0, 12, 105, 1, [[15, 0]]))

const judged: FailingVector[] = [
  asCode('a facility out of scope', sign(issued(0, 14, 104, 1)), outOfScope('facility')),
  asCode('a product out of scope', sign(issued(0, 12, 105, 1)), outOfScope('product')),
  asCode(
    "another facility's product under a scope of all",
    sign(issued(0, 13, 104, 1), signers.kiln),
    outOfScope('product'),
  ),
  asCode('a serial below the scope', sign(issued(0, 12, 104, 0)), outOfScope('serial')),
  asCode('a serial above the scope', sign(issued(0, 12, 104, 1_000_000)), outOfScope('serial')),
  asCode('an issuer whose validity has not begun', sign(issued(300, 12, 106, 1), signers.late), {
    reason: 'issuer_not_yet_valid',
    detail: '2026-06-01T00:00:00.000Z',
  }),
  asCode('an issuer whose validity is over', sign(issued(301, 12, 107, 1), signers.former), {
    reason: 'issuer_expired',
    detail: '2026-01-09T23:59:59.000Z',
  }),
  asCode('expired yesterday', sign(issued(0, 12, 104, 1, [[3, day('2026-01-09')]])), {
    reason: 'expired',
    detail: '2026-01-09',
  }),
  asCode('a critical claim that is unknown', sign(issued(0, 12, 104, 1, [[15, 0]])), {
    reason: 'unsupported_claim',
    detail: 'claim 15',
  }),
  asCode('a clock behind the trust list, by a thousandth of a second more than is tolerated', GOOD, {
    reason: 'clock_suspect',
    now: '2026-01-04T23:54:59.999Z',
  }),
  asCode('a clock behind the trust list, by a second that the verifier does not tolerate', GOOD, {
    reason: 'clock_suspect',
    now: '2026-01-04T23:59:59Z',
    clockTolerance: 0,
  }),
  asCode('a trust list past its expiry', GOOD, { reason: 'trust_list_stale', now: '2026-02-05T00:00:00Z' }),
  asCode('a bad signature under a stale trust list', flipped(-1), {
    reason: 'trust_list_stale',
    finding: 'bad_signature',
    now: '2026-02-05T00:00:00Z',
  }),
  asCode('a critical claim that is unknown, out of scope', withClaim, outOfScope('product')),
  asCode('a critical claim that is unknown, out of scope under a stale trust list', withClaim, {
    reason: 'unsupported_claim',
    detail: 'claim 15',
    finding: 'out_of_scope',
    now: '2026-02-05T00:00:00Z',
  }),
  asCode(
    'a critical claim that is unknown, under a stale trust list',
    sign(issued(0, 12, 104, 1, [[5, 0]])),
    {
      reason: 'unsupported_claim',
      detail: 'claim 5',
      now: '2026-02-05T00:00:00Z',
    },
  ),
  asCode('a critical claim that nobody signed, under a stale trust list', spoilt(withClaim), {
    reason: 'trust_list_stale',
    finding: 'bad_signature',
    now: '2026-02-05T00:00:00Z',
  }),
  asCode('a list older than the verifier allows, by a thousandth of a second', GOOD, {
    reason: 'trust_list_stale',
    now: '2026-01-10T08:00:00.001Z',
    maxListAge: 460_800,
  }),
  asCode(
    'an issuer whose validity is over for a thousandth of a second',
    sign(issued(301, 12, 107, 2), signers.former),
    {
      reason: 'issuer_expired',
      detail: '2026-01-09T23:59:59.000Z',
      now: '2026-01-09T23:59:59.001Z',
    },
  ),
  asCode('expired at midnight, in UTC', sign(issued(0, 12, 104, 2, [[3, day('2026-01-09')]])), {
    reason: 'expired',
    detail: '2026-01-09',
    now: '2026-01-10T00:00:00Z',
  }),
  asCode('no revocation list', GOOD, { reason: 'revocation_list_missing', trustList: 'revoking' }),
]

const underRevocation = { trustList: 'revoking', revocationList: 'revoking' } as const
const keyRevoked: Expected = {
  ...underRevocation,
  reason: 'key_revoked',
  revocation: { reason: 'key-compromise', date: '2026-01-08' },
}
const lost: Expected = {
  ...underRevocation,
  reason: 'revoked',
  revocation: { reason: 'lost', date: '2026-01-06' },
}
const STALE = '2026-02-05T00:00:00Z'

/** Stamps that a revocation list speaks against, or leaves open. */
const revoked: FailingVector[] = [
  asCode('a key revoked wholly', sign(issued(0, 13, 201, 1), signers.kiln), keyRevoked),
  asCode(
    "a serial above what a key's revocation spares",
    sign(issued(24, 12, 105, 501), signers.garden),
    keyRevoked,
  ),
  asCode('the first of a lost roll', sign(issued(0, 12, 104, 41_000)), lost),
  asCode('the last of a lost roll', sign(issued(0, 12, 104, 41_999)), lost),
  asCode('a lost single stamp under stale lists', sign(issued(0, 12, 104, 90_001)), { ...lost, now: STALE }),
  asCode('a recalled stamp', sign(issued(0, 12, 104, 7)), {
    ...underRevocation,
    reason: 'revoked',
    revocation: { reason: 'recalled', date: '2026-01-07' },
  }),
  asCode('a serial above the watermark', sign(issued(0, 12, 104, 95_001)), {
    ...underRevocation,
    reason: 'not_issued',
    detail: 'above 95000',
  }),
  asCode('a serial above the watermark, under a slow clock', sign(issued(0, 12, 104, 95_002)), {
    ...underRevocation,
    reason: 'clock_suspect',
    finding: 'not_issued',
    now: '2026-01-04T23:54:59Z',
  }),
  asCode('a stale revocation list', GOOD, {
    trustList: 'long',
    revocationList: 'revoking',
    reason: 'revocation_list_stale',
    now: STALE,
  }),
]

/** What a verifier answers that waits for the trust list of one more authority. */
export interface WaitingVector extends Pick<FailingVector, 'name' | 'detail' | 'finding' | 'now' | 'text'> {
  /** Those that are loaded. */
  readonly trustLists: readonly ListName[]
  readonly status: 'valid' | 'invalid' | 'indeterminate'
  /** None of a valid stamp. */
  readonly reason?: Reason
}

const waiting = (
  name: string,
  text: string,
  expected: Omit<WaitingVector, 'name' | 'text'>,
): WaitingVector => ({
  name,
  ...expected,
  text,
})
const missing = { status: 'indeterminate', reason: 'trust_list_missing' } as const
const loaded = { trustLists: ['province'] } as const
const nothing = { trustLists: [] } as const

export const WAITING_STAMPS: readonly WaitingVector[] = [
  waiting('a stamp whose list is loaded', encodeText(GOOD, 'base45'), { ...loaded, status: 'valid' }),
  waiting('a key that no list here names', encodeText(sign(issued(9, 12, 104, 1)), 'base45'), {
    ...loaded,
    ...missing,
    finding: 'unknown_key',
  }),
  waiting('a signature of no key here', SPOILT, { ...loaded, ...missing, finding: 'bad_signature' }),
  waiting('a prefix that no list here names', `HTTPS://ELSEWHERE.VN/${DIGITS}`, {
    ...loaded,
    ...missing,
    finding: 'url_prefix',
  }),
  waiting(
    'a stamp out of scope, which its own list settles',
    encodeText(sign(issued(0, 12, 105, 1)), 'base45'),
    {
      ...loaded,
      ...{ status: 'invalid', reason: 'out_of_scope', detail: 'product' },
    },
  ),
  waiting('a signature of no key here, under a stale list', SPOILT, {
    ...loaded,
    ...{ status: 'indeterminate', reason: 'trust_list_stale', finding: 'bad_signature', now: STALE },
  }),
  waiting('no stamp', 'HELLO', {
    ...loaded,
    status: 'invalid',
    reason: 'malformed',
    detail: 'base45_overflow',
  }),
  waiting('a stamp, and no list at all', encodeText(GOOD, 'base45'), { ...nothing, ...missing }),
  waiting('no stamp, and no list at all', 'HELLO', {
    ...nothing,
    ...{ status: 'invalid', reason: 'malformed', detail: 'base45_overflow' },
  }),
]

export const FAILING_STAMPS: readonly FailingVector[] = [
  ...texts,
  ...links,
  ...codes,
  ...payloads,
  ...signatures,
  ...judged,
  ...revoked,
]
