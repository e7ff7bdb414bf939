import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { asciiBytes, concatBytes, toHex } from '../../src/lib/bytes.ts'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import type { RunFault } from '../../src/run/run-fault.ts'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import { forgeDocument, withValue } from '../support/bodies.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { PREFIX, signers } from './lists.ts'

/** Makes run-manifests.json: `npx tsx test/vectors/run-manifests.generate.ts`. */

export interface RunVector {
  readonly name: string
  readonly manifest: Uint8Array
  /** The file of codes. */
  readonly codes: string
  /** The PDF volumes that are there; absent: the reader does not look for any. */
  readonly sheets?: readonly Uint8Array[]
}
interface FailingRunVector extends RunVector {
  readonly reason: RunFault
}

const { example, press } = signers
const [FIRST, LAST] = [90_001, 90_003]

interface Ids {
  readonly keyId?: number
  readonly facility?: number
  readonly product?: number
  readonly claims?: CborValue
}

/** The code of a serial, signed by the run's key unless said otherwise. */
function codeOf(
  serial: number,
  { keyId = 7, facility = 12, product = 104, claims }: Ids = {},
  signer: SyncSigner = example,
  context: SigningContext = 'veristamp:stamp1',
): Uint8Array {
  const payload = encodeCbor([keyId, facility, product, serial, ...(claims === undefined ? [] : [claims])])
  return concatBytes(payload, signer.sign(signedMessage(context, payload)))
}

const base45 = (code: Uint8Array): string => encodeText(code, 'base45')
const line = (serial: number | string, text: string): string => `"${serial}","${text}"\r\n`
const HEADING = '"serial","code"\r\n'
const lines = [FIRST, FIRST + 1, LAST].map((serial) => line(serial, base45(codeOf(serial))))
const [one, two, three] = lines as [string, string, string]
const CODES = HEADING + lines.join('')

const volumes = ['the first volume', 'the second'].map((text) => asciiBytes(text))
const sha256 = (...parts: readonly (Uint8Array | string)[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

const bodyOf = (codes: string, changes: Readonly<Record<string, CborValue>> = {}): CborValue =>
  new Map<string, CborValue>(
    Object.entries({
      ...{ run: '12-104-7-1', facility: 12, product: 104, first: FIRST, last: LAST, count: 3, keyId: 7 },
      ...{ reserved: 1_767_571_200, codes: sha256(codes) },
      ...changes,
    }),
  )
const signed = (
  body: CborValue,
  by: readonly SyncSigner[] = [example],
  context: SigningContext = 'veristamp:print1',
) => forgeDocument(body, by, context)

const BODY = bodyOf(CODES)
const SOUND = signed(BODY)
const withSheets = signed(bodyOf(CODES, { sheets: sha256(...volumes) }))

/** A file of codes, with a manifest that signs for it. */
const closed = (
  name: string,
  codes: string,
  changes: Readonly<Record<string, CborValue>> = {},
): RunVector => ({
  name,
  manifest: signed(bodyOf(codes, changes)),
  codes,
})

const valid: readonly RunVector[] = [
  closed('three stamps', CODES),
  closed('one stamp', HEADING + one, { last: FIRST, count: 1 }),
  closed('a name of 60 letters that says nothing', CODES, { run: 'Đơn in số 7 / '.padEnd(60, 'x') }),
  closed('a name that speaks of another run', CODES, { run: '13-201-9-4' }),
  closed(
    'texts in every carrier, one of them with claims',
    HEADING +
      line(FIRST, base45(codeOf(FIRST, { claims: new Map([[1, 'T3']]) }))) +
      line(FIRST + 1, encodeText(codeOf(FIRST + 1), 'digits')) +
      line(LAST, encodeUrl(codeOf(LAST), PREFIX)),
  ),
  { name: 'sheets in two volumes', manifest: withSheets, codes: CODES, sheets: volumes },
  {
    name: 'sheets in one volume',
    manifest: signed(bodyOf(CODES, { sheets: sha256(volumes[0]!) })),
    codes: CODES,
    sheets: volumes.slice(0, 1),
  },
  { name: 'sheets that the reader does not look for', manifest: withSheets, codes: CODES },
  { name: 'no sheets, and none there', manifest: SOUND, codes: CODES, sheets: [] },
  {
    name: 'a signature beside by a key that is not trusted',
    manifest: signed(BODY, [example, press]),
    codes: CODES,
  },
  { name: 'a field of later versions', manifest: signed(withValue(BODY, 'later', 1)), codes: CODES },
]

const refused =
  (reason: RunFault) =>
  ({ name, ...files }: RunVector): FailingRunVector => ({ name, reason, ...files })
const ofManifest = (reason: RunFault, name: string, manifest: Uint8Array): FailingRunVector =>
  refused(reason)({ name, manifest, codes: CODES })

const BODIES: readonly (readonly [name: string, path: string, value: CborValue | undefined])[] = [
  ...['run', 'facility', 'product', 'first', 'last', 'count', 'keyId', 'reserved', 'codes'].map(
    (field) => [`no ${field}`, field, undefined] as const,
  ),
  ['a name of no letters', 'run', ''],
  ['a name of 61 letters', 'run', 'x'.repeat(61)],
  ['a name that is a number', 'run', 1],
  ['a count that the serials do not come to', 'count', 4],
  ['no stamps: a last serial before the first', 'last', FIRST - 1],
  ['a key id of 65536', 'keyId', 65_536],
  ['reserved after 9999', 'reserved', 253_402_300_800],
  ['a digest of 31 bytes', 'codes', new Uint8Array(31)],
  ['a digest of the sheets of 33 bytes', 'sheets', new Uint8Array(33)],
]

const manifests: readonly FailingRunVector[] = [
  ofManifest('manifest', 'no bytes', new Uint8Array()),
  ofManifest('manifest', 'a cut manifest', SOUND.slice(0, -1)),
  ofManifest('manifest', "a trust list's context", signed(BODY, [example], 'veristamp:trust1')),
  ofManifest('manifest', 'one key twice', signed(BODY, [example, example])),
  ofManifest('manifest', 'a body that is an array', signed([])),
  ...BODIES.map(([name, path, value]) =>
    ofManifest(
      'manifest',
      name,
      signed(withValue(path === 'last' ? withValue(BODY, 'count', 0) : BODY, path, value)),
    ),
  ),
  ofManifest('manifest_signature', 'a draft', signed(BODY, [])),
  ofManifest('manifest_signature', 'a key that is not trusted', signed(BODY, [press])),
  ofManifest(
    'manifest_signature',
    'a signature altered',
    SOUND.map((byte, at) => (at === SOUND.length - 64 ? byte ^ 1 : byte)),
  ),
  ofManifest(
    'manifest_signature',
    'a body that is none, by a key that is not trusted: it is not read',
    signed([], [press]),
  ),
]

const SHEETS: readonly FailingRunVector[] = [
  refused('sheets_missing')({
    name: 'no sheets where there should be',
    manifest: withSheets,
    codes: CODES,
    sheets: [],
  }),
  ...(
    [
      ['a volume missing', withSheets, volumes.slice(1)],
      ['volumes in another order', withSheets, [...volumes].reverse()],
      ['a volume too many', withSheets, [...volumes, Uint8Array.of(0)]],
      ['sheets where there should be none', SOUND, volumes],
    ] as const
  ).map(([name, manifest, sheets]) => refused('sheets_digest')({ name, manifest, codes: CODES, sheets })),
]

const spoilt = (code: Uint8Array) => code.map((byte, at) => (at === code.length - 1 ? byte ^ 1 : byte))
const third = (code: Uint8Array, serial: number | string = LAST) =>
  HEADING + one + two + line(serial, base45(code))

const FILES: Partial<Record<RunFault, readonly (readonly [name: string, codes: string])[]>> = {
  codes_line: [
    ['no bytes at all', ''],
    ['no heading', lines.join('')],
    ['a heading in other words', CODES.replace('serial', 'Serial')],
    ['a mark of byte order before the heading', `\ufeff${CODES}`],
    ['lines that end with LF alone', CODES.replaceAll('\r', '')],
    ['a last line without its end', CODES.slice(0, -2)],
    ['an empty line at the end', `${CODES}\r\n`],
    ['a serial without quotes', CODES.replace(`"${LAST}"`, `${LAST}`)],
    ['a serial with a leading zero', CODES.replace(`"${LAST}"`, `"0${LAST}"`)],
    ['a column too many', CODES.replace(/"\r\n$/, '","x"\r\n')],
    ['semicolons between the fields', CODES.replaceAll('","', '";"')],
    ['a line without a text', HEADING + one + two + line(LAST, '')],
  ],
  code_malformed: [
    ['a text that is no code', HEADING + one + two + line(LAST, 'HTTPS://TEM.EXAMPLE/')],
    ['a code of a later version', third(codeOf(LAST).map((byte, at) => (at === 0 ? 0x86 : byte)))],
    ['a text with a tab behind', HEADING + one + two + line(LAST, `${base45(codeOf(LAST))}\t`)],
  ],
  code_other: [
    ['a stamp less', HEADING + one + two],
    ['no stamps at all', HEADING],
    ['a stamp more', CODES + line(LAST + 1, base45(codeOf(LAST + 1)))],
    ['a stamp twice', HEADING + one + two + two],
    ['stamps out of order', HEADING + one + three + two],
    ['another serial beside the code than in it', third(codeOf(LAST + 1))],
    ['another serial in the code than beside it', third(codeOf(LAST), LAST + 1)],
    ['another key id', third(codeOf(LAST, { keyId: 8 }))],
    ['another facility', third(codeOf(LAST, { facility: 13 }))],
    ['another product', third(codeOf(LAST, { product: 105 }))],
  ],
  code_signature: [
    ['a signature altered in a code', third(spoilt(codeOf(LAST)))],
    ['a code that another key signed', third(codeOf(LAST, {}, press))],
    ["a code signed in a manifest's context", third(codeOf(LAST, {}, example, 'veristamp:print1'))],
  ],
}

const failing: readonly FailingRunVector[] = [
  ...manifests,
  refused('codes_digest')({
    name: 'another file of codes',
    manifest: SOUND,
    codes: HEADING + one + three + two,
  }),
  ...SHEETS,
  ...Object.entries(FILES).flatMap(([reason, files]) =>
    files.map(([name, codes]) => refused(reason as RunFault)(closed(name, codes))),
  ),
]

const asJson = ({ manifest, codes, sheets, ...rest }: RunVector) => ({
  ...rest,
  manifest: toHex(manifest),
  codes,
  ...(sheets && { sheets: sheets.map(toHex) }),
})

/** What run-manifests.json holds. */
export function runManifestVectors(): string {
  const vectors = {
    publicKeys: [signers.mill, example].map(({ publicKey }) => toHex(publicKey)),
    body: toHex(encodeCbor(BODY)),
    valid: valid.map(asJson),
    failing: failing.map(asJson),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('run-manifests.json', import.meta.url), runManifestVectors())
}
