import { bytes, list, optional, record, type Shape, time, tuple, uint } from '../codec/shape.ts'
import { authority } from '../document/header.ts'
import { place } from '../document/place.ts'
import { compareBytes } from '../lib/bytes.ts'
import { MAX_SECOND } from '../lib/dates.ts'
import { CODE_HASH_LENGTH, type LoggedScan, type ScanMark, STATUSES } from './record.ts'
import type { ScanSource } from './sources.ts'
import type { UndoMark } from './undo-marks.ts'

/** How many records, and how many undo marks, one body may hold: a signed document stays below 4 MiB. */
export const MAX_ROWS = 2 ** 15

type Row = readonly [
  time: number,
  code: Uint8Array,
  facility: number,
  product: number,
  serial: number,
  status: number,
]
type Mark = readonly [time: number, code: Uint8Array]

/** Scans of one authority's stamps at one place, and those of them that were mistakes. */
export interface ScansBody extends ScanSource {
  /** Ascending by time, then code: none twice. */
  readonly records: readonly Row[]
  readonly undone: readonly Mark[]
}

/** What a scanner signs (docs/spec/scan-logs.md, "Scan logs"). */
export interface DocumentBody extends ScansBody {
  readonly issued: Date
}

/** A part of a log as its store keeps it. */
export interface ChunkBody extends ScansBody {
  /** Where the log verified the stamps itself: the first 32 bits of each payload's SHA-256. */
  readonly payloads?: readonly number[] | undefined
}

const second = uint(0, MAX_SECOND)
const row: Shape<Row> = tuple(
  second,
  bytes(CODE_HASH_LENGTH),
  uint(),
  uint(),
  uint(),
  uint(0, STATUSES.length - 1),
)
const mark: Shape<Mark> = tuple(second, bytes(CODE_HASH_LENGTH))

/** The fields of every body that says what was scanned at a place. */
export const scansFields = {
  authority,
  place,
  records: list(row, MAX_ROWS),
  undone: list(mark, MAX_ROWS),
}

export const documentBody: Shape<DocumentBody> = record<DocumentBody>(
  { ...scansFields, issued: time },
  { fault: orderFault },
)

export const chunkBody: Shape<ChunkBody> = record<ChunkBody>(
  { ...scansFields, payloads: optional(list(uint(0, 2 ** 32 - 1), MAX_ROWS)) },
  {
    fault: (chunk) =>
      chunk.payloads && chunk.payloads.length !== chunk.records.length ? 'payloads' : orderFault(chunk),
  },
)

/** Which of the two lists is not in order. */
export function orderFault({ records, undone }: ScansBody): 'records' | 'undone' | undefined {
  if (!isAscending(records)) return 'records'
  return isAscending(undone) ? undefined : 'undone'
}

const isAscending = (rows: readonly (Row | Mark)[]): boolean =>
  rows.every((one, index) => index === 0 || compareRows(rows[index - 1]!, one) < 0)

const compareRows = (a: Row | Mark, b: Row | Mark): number => a[0] - b[0] || compareBytes(a[1], b[1])

export const rowOf = ({ time, code, facility, product, serial, status }: LoggedScan): Row => [
  time,
  code,
  facility,
  product,
  serial,
  STATUSES.indexOf(status),
]

export const markOf = ({ time, code }: ScanMark): Mark => [time, code]

/** The records that a body holds. */
export const scansOf = ({ authority, place, records, payloads }: ChunkBody): LoggedScan[] =>
  records.map(([time, code, facility, product, serial, status], index) => ({
    authority,
    place,
    time,
    code,
    facility,
    product,
    serial,
    status: STATUSES[status]!,
    ...(payloads && { payload: payloads[index]! }),
  }))

export const marksOf = ({ authority, place, undone }: ScansBody): UndoMark[] =>
  undone.map(([time, code]) => ({ authority, place, time, code }))

/** Bodies of at most `MAX_ROWS` records and marks each, which together hold all: one at least. Both in order. */
export function bodiesOf(
  { authority, place }: ScanSource,
  records: readonly LoggedScan[],
  marks: readonly ScanMark[],
): ScansBody[] {
  const bodies: ScansBody[] = []
  for (let at = 0; at === 0 || at < records.length || at < marks.length; at += MAX_ROWS) {
    bodies.push({
      authority,
      place,
      records: records.slice(at, at + MAX_ROWS).map(rowOf),
      undone: marks.slice(at, at + MAX_ROWS).map(markOf),
    })
  }
  return bodies
}

/** The order in which bodies hold them. */
export const compareMarks = (a: ScanMark, b: ScanMark): number =>
  a.time - b.time || compareBytes(a.code, b.code)
