import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { type CheckReport, openCheckReport, signCheckReport } from '../../src/scanlog/check-report.ts'
import { documentKind } from '../../src/trust/document-kind.ts'
import { withValue } from '../support/bodies.ts'
import { AUTHORITY, documentOf, fastEngine, keyOf, keysOf } from '../support/trust-lists.ts'
import { at, HANOI, NOWHERE, scanners } from './logs.ts'

const TABLE = new TextEncoder().encode('time,answer\r\n')
const fileOf = (name: string) => ({ name, size: TABLE.length, digest: sha256(TABLE) })
const REPORT: CheckReport = {
  authority: AUTHORITY,
  place: HANOI,
  issued: at(0),
  files: [fileOf('checks.csv'), fileOf('photo-12.jpg')],
}
const open = (document: Uint8Array) =>
  openCheckReport(document, { trustLists: [scanners], engine: fastEngine })
const DOCUMENT = await signCheckReport(REPORT, keyOf(HANOI))
const VALUE = decodeCbor(decodeEnvelope(DOCUMENT).body)
const signed = (value: CborValue, key = HANOI, context = 'veristamp:check1') =>
  documentOf(encodeCbor(value), keysOf(key), { context })

describe('a report of checks', () => {
  it('names its files, signed by the device of its place', () => {
    expect(open(DOCUMENT)).toEqual({ ok: true, report: REPORT })
    expect(documentKind(DOCUMENT)).toBe('check_report')
  })

  it.each([
    ['words', new TextEncoder().encode('trust me'), 'malformed'],
    ['a byte behind it', Uint8Array.of(...DOCUMENT, 0), 'malformed'],
    ['more than 4 MiB', new Uint8Array(2 ** 22 + 1), 'malformed'],
    ['a scan log', signed(VALUE, HANOI, 'veristamp:scans1'), 'wrong_type'],
    [
      'a signature made for a scan log',
      documentOf(encodeCbor(VALUE), keysOf(HANOI), {
        context: 'veristamp:check1',
        signedAs: 'veristamp:scans1',
      }),
      'bad_signature',
    ],
    ['a draft', documentOf(encodeCbor(VALUE), [], { context: 'veristamp:check1' }), 'unknown_scanner'],
    ['a stranger', signed(VALUE, 'stranger'), 'unknown_scanner'],
    [
      'a changed file',
      signed(VALUE).map((byte, i, { length }) => (i === length - 10 ? byte ^ 1 : byte)),
      'bad_signature',
    ],
    ['the key of another place', signed(VALUE, NOWHERE), 'wrong_place'],
    ['another authority', signed(withValue(VALUE, 'authority', 'x')), 'wrong_authority'],
  ])('is refused for %s', (_, document, reason) => {
    expect(open(document)).toMatchObject({ ok: false, reason })
  })

  it.each([
    ['no files', 'files', []],
    ['files out of order', 'files', [...(VALUE as Map<string, CborValue[]>).get('files')!].reverse()],
    ['a name that leads into another folder', 'files.0.name', '../checks.csv'],
    ['a hidden name', 'files.0.name', '.checks'],
    ['a name with capitals, which some systems take for another', 'files.0.name', 'Checks.csv'],
    ['a short digest', 'files.0.digest', new Uint8Array(31)],
    ['a size below 0', 'files.0.size', 'x'],
  ])('is malformed with %s', (_, path, value) => {
    expect(open(signed(withValue(VALUE, path, value as CborValue)))).toMatchObject({
      ok: false,
      reason: 'malformed',
    })
  })

  it('is not signed with what no reader takes', async () => {
    const sign = (files: CheckReport['files']) => signCheckReport({ ...REPORT, files }, keyOf(HANOI))
    await expect(sign([])).rejects.toThrow('report.files')
    await expect(sign([fileOf('b'), fileOf('a')])).rejects.toThrow('report.files')
    await expect(sign([fileOf('a/b')])).rejects.toThrow('report.files[0].name')
  })
})
