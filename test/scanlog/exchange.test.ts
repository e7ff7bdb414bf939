import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import type { ScanLog } from '../../src/scanlog/api.ts'
import { type DocumentBody, documentBody } from '../../src/scanlog/body.ts'
import { withValue } from '../support/bodies.ts'
import { SMALL_ORDER_KEY } from '../support/keys.ts'
import { AUTHORITY, documentOf, envelopeBytes, keyOf, keysOf } from '../support/trust-lists.ts'
import {
  at,
  codeOf,
  DAY,
  exported,
  HANOI,
  HERE,
  HOUR,
  look,
  NOWHERE,
  openLog,
  START,
  scan,
  scanners,
  seen,
} from './logs.ts'

const CODE = codeOf(1)
const hash = (value: number) => new Uint8Array(16).fill(value)
const [FIRST, SECOND] = [
  [START, hash(1), 12, 104, 1, 0],
  [START + 5, hash(1), 12, 104, 1, 0],
] as const

const BODY: DocumentBody = {
  authority: AUTHORITY,
  place: HANOI,
  issued: at(0),
  records: [FIRST, SECOND],
  undone: [[START, hash(1)]],
}
const VALUE = writeShape(documentBody, BODY)
const signed = (value: CborValue, key = HANOI, context = 'veristamp:scans1') =>
  documentOf(value instanceof Uint8Array ? value : encodeCbor(value), keysOf(key), { context })

const merge = (log: ScanLog, file: Uint8Array) => log.merge(file, { now: at(0) })

describe('a scan document', () => {
  it('tells what a device has scanned, and which of it was a mistake', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI })]
    scan(other, CODE, -9 * DAY)
    other.undo(scan(other, CODE, -5 * DAY).id!)
    expect(merge(log, await exported(other, HANOI))).toEqual({
      ok: true,
      places: [HANOI],
      added: 2,
      known: 0,
      future: 0,
      undone: 1,
    })
    expect(look(log, CODE, 0).elsewhere).toEqual([{ place: HANOI, ...seen(1, -9 * DAY, -9 * DAY) }])
  })

  it('that comes twice adds nothing', async () => {
    const log = await openLog()
    merge(log, signed(VALUE))
    expect(merge(log, signed(VALUE))).toMatchObject({ added: 0, known: 2, undone: 0 })
    expect(log.size).toBe(2)
  })

  it('holds only the scans of its place and authority, from a moment on where one is asked', async () => {
    const [log, third] = [await openLog(), await openLog({ place: NOWHERE })]
    merge(log, signed(VALUE))
    scan(log, codeOf(5), 0, { authority: 'ha-noi.example' })
    for (const seconds of [-2 * DAY, -1 * DAY, 0]) scan(log, CODE, seconds)
    const since = await log.export(keyOf(HERE), { authority: AUTHORITY, now: at(0), since: at(-DAY) })
    expect(merge(third, since)).toMatchObject({ places: [HERE], added: 2 })
    expect(merge(third, await exported(log, HERE))).toMatchObject({ places: [HERE], added: 1, known: 2 })
  })

  it('can be empty', async () => {
    expect(merge(await openLog(), await exported(await openLog(), HERE))).toMatchObject({
      ok: true,
      added: 0,
    })
  })

  it('leaves out records of more than a day ahead, and no others', async () => {
    const log = await openLog()
    const records = [DAY, DAY + 1, 99 * DAY].map((ahead) => [START + ahead, hash(1), 12, 104, 1, 0] as const)
    const file = signed(writeShape(documentBody, { ...BODY, records, undone: [] }))
    expect(merge(log, file)).toMatchObject({ ok: true, added: 1, future: 2 })
    expect(log.size).toBe(1)
    expect(log.merge(file, { now: at(98 * DAY) })).toMatchObject({ added: 2, known: 1, future: 0 })
  })

  it('leaves out the undoing of records of more than a day ahead', async () => {
    const log = await openLog()
    const undone = [DAY, DAY + 1].map((ahead) => [START + ahead, hash(1)] as const)
    const file = signed(writeShape(documentBody, { ...BODY, records: [], undone }))
    expect(merge(log, file)).toMatchObject({ ok: true, undone: 1 })
    expect(log.merge(file, { now: at(DAY) })).toMatchObject({ undone: 1 })
  })

  it('counts for the code that it names and for no other, of the same serial either', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI })]
    scan(other, codeOf(7, 1), 0)
    merge(log, await exported(other, HANOI))
    expect(scan(log, codeOf(7), 60).answer).toBe('first_seen')
  })

  it('can not undo the scans of another place', async () => {
    const log = await openLog()
    const { id } = scan(log, CODE, 0)
    const [, code] = id!.split('-')
    const undone = [[START, Uint8Array.from(Buffer.from(code!, 'hex'))]] as const
    merge(log, signed(writeShape(documentBody, { ...BODY, records: [], undone })))
    expect(look(log, CODE, HOUR).here?.count).toBe(1)
  })

  it('undoes a scan that comes after its mark', async () => {
    const log = await openLog()
    const [record] = BODY.records
    merge(log, signed(writeShape(documentBody, { ...BODY, records: [] })))
    merge(log, signed(writeShape(documentBody, { ...BODY, records: [record!], undone: [] })))
    expect(log.size).toBe(1)
    const exporter = await openLog({ place: HANOI })
    merge(exporter, signed(VALUE))
    expect(exporter.recent(9)).toHaveLength(1)
  })

  it('is split into as many as it takes, in one file', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI, rules: { sameScan: 0 } })]
    for (let serial = 0; serial < 2 ** 15 + 1; serial++) scan(other, codeOf(serial), -serial)
    expect(merge(log, await exported(other, HANOI))).toMatchObject({ added: 2 ** 15 + 1, places: [HANOI] })
    expect([0, 2 ** 15].map((serial) => look(log, codeOf(serial), DAY).answer)).toEqual(
      Array(2).fill('seen_elsewhere'),
    )
  })
})

const TWICE = envelopeBytes(
  'veristamp:scans1',
  encodeCbor(VALUE),
  [HANOI, HANOI].map((name) => [keyOf(name).publicKey, new Uint8Array(64)] as const),
)
const FORGED = signed(VALUE).map((byte, index, { length }) => (index === length - 10 ? byte ^ 1 : byte))

describe('a file is refused, and nothing of it added,', () => {
  it.each([
    ['no bytes', new Uint8Array(), 'malformed', 'cbor_truncated'],
    ['words', new TextEncoder().encode('trust me'), 'malformed', undefined],
    ['a byte behind it', concatBytes(signed(VALUE), Uint8Array.of(0)), 'malformed', 'field:document'],
    ['65 documents', concatBytes(...Array(65).fill(signed(VALUE))), 'malformed', 'cbor_too_many'],
    ['a trust list', signed(VALUE, HANOI, 'veristamp:trust1'), 'wrong_type', 'veristamp:trust1'],
    [
      'a draft',
      documentOf(encodeCbor(VALUE), [], { context: 'veristamp:scans1' }),
      'unknown_scanner',
      undefined,
    ],
    [
      'a stranger',
      signed(VALUE, 'stranger'),
      'unknown_scanner',
      Buffer.from(keyOf('stranger').publicKey).toString('hex'),
    ],
    ['a scanner that signs twice', TWICE, 'duplicate_signature', undefined],
    ['an altered signature', FORGED, 'bad_signature', undefined],
    [
      'a signature of another context',
      documentOf(encodeCbor(VALUE), keysOf(HANOI), {
        context: 'veristamp:scans1',
        signedAs: 'veristamp:trust1',
      }),
      'bad_signature',
      undefined,
    ],
    ['another place', signed(VALUE, NOWHERE), 'wrong_place', HANOI],
    ['another authority', signed(withValue(VALUE, 'authority', 'x')), 'wrong_authority', 'x'],
    [
      'a good one before a bad one',
      concatBytes(signed(VALUE), signed(VALUE, 'stranger')),
      'unknown_scanner',
      undefined,
    ],
  ])('for %s', async (_, file, reason, detail) => {
    const log = await openLog()
    const refused = merge(log, file)
    expect(refused).toMatchObject({ ok: false, reason, ...(detail && { detail }) })
    expect(log.size).toBe(0)
  })

  it.each([
    ['records', [undefined, 0, new Map(), Array(2 ** 15 + 1).fill(0), [SECOND, FIRST], [FIRST, FIRST]]],
    [
      'undone',
      [
        undefined,
        0,
        Array(2 ** 15 + 1).fill(0),
        [
          [START, hash(1)],
          [START, hash(1)],
        ],
      ],
    ],
    ['records[0]', [[], [START, hash(1), 12, 104, 1], [START, hash(1), 12, 104, 1, 0, 0]]],
    ['records[0][1]', [[START, hash(1).subarray(1), 12, 104, 1, 0]]],
    ['records[0][5]', [[START, hash(1), 12, 104, 1, 3]]],
    ['place', [undefined, '', 5, 'x'.repeat(201)]],
    ['issued', [undefined, 'today']],
  ] as [string, (CborValue | undefined)[]][])('for wrong %s', async (place, wrong) => {
    const log = await openLog()
    const path = place.startsWith('records[0]') ? 'records.0' : place
    for (const value of wrong) {
      expect(merge(log, signed(withValue(VALUE, path, value)))).toEqual({
        ok: false,
        reason: 'malformed',
        detail: `field:${place}`,
      })
    }
  })

  it('for a scanner whose key is unsound', async () => {
    const trustLists = [{ ...scanners, scanners: [{ publicKey: SMALL_ORDER_KEY, place: HANOI }] }]
    const file = envelopeBytes('veristamp:scans1', encodeCbor(VALUE), [[SMALL_ORDER_KEY, new Uint8Array(64)]])
    expect(merge(await openLog({ trustLists }), file)).toMatchObject({ reason: 'public_key' })
  })

  it('until a newer trust list names its scanner', async () => {
    const log = await openLog({ trustLists: [] })
    expect(merge(log, signed(VALUE))).toMatchObject({ reason: 'unknown_scanner' })
    log.useTrustLists([scanners])
    expect(merge(log, signed(VALUE))).toMatchObject({ ok: true, added: 2 })
    log.useTrustLists([])
    expect(merge(log, signed(VALUE))).toMatchObject({ reason: 'unknown_scanner' })
    expect(log.size).toBe(2)
  })
})

describe('undo', () => {
  it('takes a scan back for good, here and, after an export, elsewhere', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI })]
    const { id } = scan(log, CODE, 0)
    merge(other, await exported(log, HERE))
    expect(look(other, CODE, DAY).answer).toBe('seen_elsewhere')
    expect([log.undo(id!), log.undo(id!)]).toEqual([true, false])
    expect(look(log, CODE, DAY)).toMatchObject({ answer: 'first_seen' })
    expect(log.recent(9)).toEqual([])
    expect(merge(other, await exported(log, HERE))).toMatchObject({ undone: 1, known: 1 })
    expect(look(other, CODE, DAY).answer).toBe('first_seen')
  })

  it('knows no scan that is not there, nor another place', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI })]
    const { id } = scan(other, CODE, 0)
    merge(log, await exported(other, HANOI))
    for (const wrong of [id!, '', '5', `${id}0`, `0-${'0'.repeat(32)}`]) expect(log.undo(wrong)).toBe(false)
  })
})
