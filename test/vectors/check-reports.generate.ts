import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import { type CheckReport, reportBody } from '../../src/scanlog/check-report.ts'
import { forgeDocument, withValue } from '../support/bodies.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { gate, market, root, SCANNING } from './lists.ts'

/** Makes check-reports.json: `npx tsx test/vectors/check-reports.generate.ts`. Reports of one of the province's scanners. */

const place = SCANNING.scanners![0]!.place
const TABLE = 'Time,Answer\r\n2026-01-10T08:00:00+00:00,VALID\r\n'
const bytes = new TextEncoder().encode(TABLE)
const fileOf = (name: string) => ({ name, size: bytes.length, digest: sha256(bytes) })

const bodyOf = (changes: Partial<CheckReport> = {}): CborValue =>
  writeShape(reportBody, {
    ...{ authority: SCANNING.authority, place, issued: new Date('2026-01-10T17:00:00Z') },
    files: [fileOf('checks.csv')],
    ...changes,
  })
const signed = (body: CborValue, signers: readonly SyncSigner[] = [gate]) =>
  forgeDocument(body, signers, 'veristamp:check1')

const valid = [
  { name: 'a table alone', files: ['checks.csv'], document: signed(bodyOf()) },
  {
    name: 'two files',
    files: ['checks.csv', 'photo-12.jpg'],
    document: signed(bodyOf({ files: [fileOf('checks.csv'), fileOf('photo-12.jpg')] })),
  },
  {
    name: 'a field of later versions',
    files: ['checks.csv'],
    document: signed(withValue(bodyOf(), 'later', 1)),
  },
]

const malformed = (name: string, detail: string, path: string, value: CborValue) => ({
  ...{ name, reason: 'malformed' as const, detail },
  document: signed(withValue(bodyOf(), path, value)),
})

const failing: { name: string; reason: DocumentReason; detail?: string; document: Uint8Array }[] = [
  malformed('no files', 'field:files', 'files', []),
  malformed('a name that leads out of the folder', 'field:files[0].name', 'files.0.name', '../checks.csv'),
  malformed('a name that begins with a dot', 'field:files[0].name', 'files.0.name', '.checks.csv'),
  malformed('a name in capitals', 'field:files[0].name', 'files.0.name', 'CHECKS.CSV'),
  malformed('a name of 101 letters', 'field:files[0].name', 'files.0.name', 'x'.repeat(101)),
  malformed('a size above 2^28', 'field:files[0].size', 'files.0.size', 2 ** 28 + 1),
  malformed('a digest of 31 bytes', 'field:files[0].digest', 'files.0.digest', new Uint8Array(31)),
  {
    name: 'a file twice',
    ...{ reason: 'malformed', detail: 'field:files' },
    document: signed(withValue(bodyOf(), 'files', twice(bodyOf()))),
  },
  {
    name: 'another context',
    reason: 'wrong_type',
    document: forgeDocument(bodyOf(), [gate], 'veristamp:scans1'),
  },
  { name: 'a draft', reason: 'unknown_scanner', document: signed(bodyOf(), []) },
  {
    name: 'a key that the list names no scanner',
    reason: 'unknown_scanner',
    document: signed(bodyOf(), [root]),
  },
  {
    name: 'a signature altered',
    reason: 'bad_signature',
    document: signed(bodyOf()).map((byte, i, { length }) => (i === length - 1 ? byte ^ 1 : byte)),
  },
  {
    name: "another scanner's place",
    reason: 'wrong_place',
    detail: place,
    document: signed(bodyOf(), [market]),
  },
  {
    name: 'another authority',
    ...{ reason: 'wrong_authority', detail: 'vn-haiphong' },
    document: signed(bodyOf({ authority: 'vn-haiphong' })),
  },
]

function twice(body: CborValue): CborValue {
  const [file] = (body as ReadonlyMap<string, CborValue[]>).get('files')!
  return [file!, file!]
}

/** What check-reports.json holds. */
export function checkReportVectors(): string {
  const asJson = <T extends { document: Uint8Array }>(vector: T) => ({
    ...vector,
    document: toHex(vector.document),
  })
  const vectors = {
    authority: SCANNING.authority,
    scanners: SCANNING.scanners!.map((scanner) => ({ ...scanner, publicKey: toHex(scanner.publicKey) })),
    text: TABLE,
    digest: toHex(sha256(bytes)),
    valid: valid.map(asJson),
    failing: failing.map(asJson),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('check-reports.json', import.meta.url), checkReportVectors())
}
