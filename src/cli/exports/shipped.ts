import { isUri, type ShippedDocument, type ShippedRow } from '../../gs1/facts.ts'
import { readId } from '../../registry/keys.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Context } from '../shell/context.ts'
import { glnIn, lotIn, piecesIn, timeIn, wholeIn } from './cells.ts'
import { gtinFault } from './gtins.ts'
import type { WerePrinted } from './runs-at-hand.ts'
import { type TableColumns, type TableRow, tableRows } from './table.ts'

/** Tables of who got which serials: a row for some serials, or for pieces of a lot. */

type Column =
  | 'product'
  | 'serial'
  | 'first'
  | 'last'
  | 'quantity'
  | 'lot'
  | 'to'
  | 'from'
  | 'time'
  | 'readPoint'
  | 'document'
  | 'documentType'

const COLUMNS: TableColumns<Column> = {
  product: ['ma san pham', 'san pham', 'product id', 'gtin', 'ma gtin'],
  serial: ['so se ri', 'se ri', 'serial number'],
  first: ['tu so', 'so dau', 'tu so se ri', 'first serial'],
  last: ['den so', 'so cuoi', 'den so se ri', 'last serial'],
  quantity: ['so luong', 'pieces'],
  lot: ['lo', 'so lo', 'ma lo', 'batch'],
  to: ['ben nhan', 'noi nhan', 'nguoi nhan', 'gln nhan', 'buyer'],
  from: ['ben giao', 'noi giao', 'nguoi giao', 'gln giao', 'seller'],
  time: ['thoi gian', 'ngay', 'ngay giao', 'date'],
  readPoint: ['dia diem', 'noi xuat', 'place'],
  document: ['chung tu', 'so chung tu'],
  documentType: ['loai chung tu'],
}

export interface ShippedStanding {
  readonly trustList: TrustList
  /** Of times that name no other. */
  readonly offset: string
  readonly werePrinted: WerePrinted
  /** Releases that were taken back too: their events stay, and are corrected. */
  readonly withUndone?: boolean | undefined
  /** Products without a GTIN too, which no event can name. */
  readonly anyProduct?: boolean | undefined
}

/** The rows of all files, one after the other. @throws (as it goes on) Failure `bad_row`, `no_file` or `too_long` */
export function* shippedRows(
  context: Context,
  files: readonly string[],
  standing: ShippedStanding,
): Generator<ShippedRow> {
  for (const file of files)
    for (const row of tableRows(context, file, COLUMNS, ['product', 'to', 'time']))
      yield rowOf(context, row, standing)
}

type Row = TableRow<Column>

function rowOf(
  context: Context,
  row: Row,
  { trustList, offset, werePrinted, anyProduct }: ShippedStanding,
): ShippedRow {
  const { epcis, registry } = context.words
  const need = <T>(column: Column, value: T | undefined): T => {
    if (value !== undefined) return value
    throw row.fault(registry.missing_value({ name: column }), column)
  }
  const product = need(
    'product',
    row.read('product', (text) => readId('GTIN', text), epcis.aProduct),
  )
  const isKnown = trustList.product(product) !== undefined
  const fault = anyProduct && isKnown ? undefined : gtinFault(context, trustList, product)
  if (fault !== undefined) throw row.fault(fault, 'product')
  const what = whatOf(context, row)
  const shipped = {
    product,
    ...what,
    to: need('to', row.read('to', glnIn, epcis.aGln)),
    from: row.read('from', glnIn, epcis.aGln),
    time: need('time', row.read('time', timeIn(offset), epcis.aTime)),
    readPoint: row.read('readPoint', glnIn, epcis.aGln),
    document: documentOf(context, row),
  }
  // Only stamps that were made are reported to a ministry.
  if ('first' in what && !werePrinted(product, what.first, what.last))
    throw row.fault(epcis.notPrinted(what.first, what.last))
  return shipped
}

type What = { first: number; last: number } | { quantity: number; lot?: string | undefined }

/** Serials, or pieces of a lot. */
function whatOf({ words: { epcis } }: Context, row: Row): What {
  const whole = (column: Column) => row.read(column, wholeIn, epcis.aSerial)
  const [serial, first = serial, last = first] = [whole('serial'), whole('first'), whole('last')]
  const quantity = row.read('quantity', piecesIn, epcis.aQuantity)
  const lot = row.read('lot', lotIn, epcis.aLot)
  const isMixed =
    (serial !== undefined && row.text('first') + row.text('last') !== '') ||
    (quantity !== undefined && first !== undefined)
  if (isMixed || (first === undefined && quantity === undefined)) throw row.fault(epcis.serialsOrPieces)
  if (quantity !== undefined) return { quantity, lot }
  if (lot !== undefined) throw row.fault(epcis.lotOfSerials, 'lot')
  if (last! < first!) throw row.fault(epcis.lastFirst, 'last')
  return { first: first!, last: last! }
}

const TYPES: readonly string[] = ['desadv', 'inv', 'po'] satisfies ShippedDocument['type'][]

/** A despatch advice, where the type is not said. */
function documentOf({ words: { epcis } }: Context, row: Row): ShippedDocument | undefined {
  const id = row.read('document', (text) => (isUri(text) ? text : undefined), epcis.aUri)
  const type = row.read('documentType', (text) => (TYPES.includes(text) ? text : undefined), TYPES.join(', '))
  return id === undefined ? undefined : { type: (type ?? 'desadv') as ShippedDocument['type'], id }
}
