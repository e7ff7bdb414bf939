import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import { type DocumentBody, documentBody } from '../../src/scanlog/body.ts'
import { hashScan } from '../../src/scanlog/record.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { forgeDocument, withValue } from '../support/bodies.ts'
import { signedCode } from '../support/codes.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { gate, market, root, SCANNING } from './lists.ts'

/** Makes scan-logs.json: `npx tsx test/vectors/scan-logs.generate.ts`. Files of the province's two scanners. */

const [GATE, MARKET] = SCANNING.scanners!.map(({ place }) => place) as [string, string]

/** 2026-01-10T08:00:00Z. */
const NOW = 1_768_032_000

/** SPEC.md's worked example. */
const STAMP = { facility: 12, product: 104, serial: 90_001 }
const TEXT = encodeText(signedCode(7, STAMP), 'base45')
const CODE = hashScan(TEXT).code

const row = (time: number, status = 0) => [time, CODE, 12, 104, 90_001, status] as const

const bodyOf = (changes: Partial<DocumentBody> = {}): CborValue =>
  writeShape(documentBody, {
    authority: SCANNING.authority,
    place: GATE,
    issued: new Date(NOW * 1000),
    records: [row(NOW - 7200), row(NOW - 3600, 2)],
    undone: [[NOW - 3600, CODE]],
    ...changes,
  })

const signed = (body: CborValue, signers: readonly SyncSigner[] = [gate]) =>
  forgeDocument(body, signers, 'veristamp:scans1')
const ofMarket = signed(bodyOf({ place: MARKET, records: [row(NOW - 60)], undone: [] }), [market])
const SOUND = signed(bodyOf())

/** The records that a reader adds at `now`, those it leaves out for lying ahead, and the undo marks. */
const counts = (added: number, future = 0, undone = 0) => ({ added, future, undone })

const valid = [
  { name: 'two scans, one of them a mistake', ...counts(2, 0, 1), file: SOUND },
  { name: 'no scans', ...counts(0), file: signed(bodyOf({ records: [], undone: [] })) },
  { name: 'the documents of two scanners', ...counts(3, 0, 1), file: concatBytes(SOUND, ofMarket) },
  { name: 'a signature beside by a stranger', ...counts(2, 0, 1), file: signed(bodyOf(), [gate, root]) },
  {
    name: 'scans a day ahead and a second more',
    ...counts(1, 1),
    file: signed(bodyOf({ records: [row(NOW + 86_400), row(NOW + 86_401)], undone: [] })),
  },
  { name: 'a field of later versions', ...counts(2, 0, 1), file: signed(withValue(bodyOf(), 'later', 1)) },
]

const failing: { name: string; reason: DocumentReason; detail?: string; file: Uint8Array }[] = [
  { name: 'no bytes', reason: 'malformed', detail: 'cbor_truncated', file: new Uint8Array() },
  {
    name: 'records out of order',
    reason: 'malformed',
    detail: 'field:records',
    file: signed(withValue(bodyOf(), 'records', [row(NOW), row(NOW - 1)])),
  },
  {
    name: 'a record twice',
    reason: 'malformed',
    detail: 'field:records',
    file: signed(withValue(bodyOf(), 'records', [row(NOW), row(NOW)])),
  },
  {
    name: 'a code of 15 bytes',
    reason: 'malformed',
    detail: 'field:undone[0][1]',
    file: signed(withValue(bodyOf(), 'undone', [[NOW, CODE.slice(1)]])),
  },
  {
    name: 'a status of 3',
    reason: 'malformed',
    detail: 'field:records[0][5]',
    file: signed(withValue(bodyOf(), 'records', [row(NOW, 3)])),
  },
  { name: 'another context', reason: 'wrong_type', file: forgeDocument(bodyOf(), [gate]) },
  { name: 'one scanner twice', reason: 'duplicate_signature', file: signed(bodyOf(), [gate, gate]) },
  {
    name: 'one scanner twice, under another context: signers are asked first',
    reason: 'duplicate_signature',
    file: forgeDocument(bodyOf(), [gate, gate]),
  },
  {
    name: 'a place of 201 units',
    reason: 'malformed',
    detail: 'field:place',
    file: signed(withValue(bodyOf(), 'place', 'x'.repeat(201))),
  },
  { name: 'a draft', reason: 'unknown_scanner', file: signed(bodyOf(), []) },
  { name: 'a key that the list names no scanner', reason: 'unknown_scanner', file: signed(bodyOf(), [root]) },
  {
    name: 'a signature altered',
    reason: 'bad_signature',
    file: SOUND.map((byte, index, { length }) => (index === length - 1 ? byte ^ 1 : byte)),
  },
  { name: "another scanner's place", reason: 'wrong_place', detail: GATE, file: signed(bodyOf(), [market]) },
  {
    name: 'another authority',
    reason: 'wrong_authority',
    detail: 'vn-haiphong',
    file: signed(bodyOf({ authority: 'vn-haiphong' })),
  },
  {
    name: 'a good document before one of a stranger',
    reason: 'unknown_scanner',
    file: concatBytes(SOUND, signed(bodyOf(), [root])),
  },
]

/** What scan-logs.json holds. */
export function scanLogVectors(): string {
  const asJson = <T extends { file: Uint8Array }>(vector: T) => ({ ...vector, file: toHex(vector.file) })
  const vectors = {
    authority: SCANNING.authority,
    scanners: SCANNING.scanners!.map((scanner) => ({ ...scanner, publicKey: toHex(scanner.publicKey) })),
    now: new Date(NOW * 1000).toISOString(),
    stamp: STAMP,
    text: TEXT,
    code: toHex(CODE),
    body: toHex(encodeCbor(bodyOf())),
    valid: valid.map(asJson),
    failing: failing.map(asJson),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('scan-logs.json', import.meta.url), scanLogVectors())
}
