import { type ArgumentTable, bytesOf, checkTable, ifGiven, oneOf, wholeNumber } from '../lib/arguments.ts'
import { aDate, dayOf } from '../lib/dates.ts'
import { argumentRange } from '../lib/errors.ts'
import { isLot, MAX_ID } from '../stamp/stamp.ts'
import { checkGln } from './keys.ts'

/** Consecutive serials of one product, each an EPC of its own. */
export interface SomeSerials {
  /** The product's id in the catalogue. */
  readonly product: number
  readonly first: number
  readonly last: number
  readonly quantity?: undefined
}

/** A number of pieces of one product and lot, without their serials. */
export interface SomePieces {
  /** The product's id in the catalogue. */
  readonly product: number
  readonly quantity: number
  readonly lot?: string | undefined
  readonly first?: undefined
  readonly last?: undefined
}

/** When and where something happened. */
export interface Happening {
  readonly time: Date
  /** The GLN of the place where it happened, by default the one of the product's facility, if that has one. */
  readonly readPoint?: string | undefined
  /** The GLN of the place where the goods are from then on. */
  readonly bizLocation?: string | undefined
}

/** What a run says: stamps that are on their goods. Lot and expiry go into the event's `ilmd`. */
export type CommissionedRow = Happening &
  (SomeSerials | SomePieces) & {
    readonly lot?: string | undefined
    /** `YYYY-MM-DD` */
    readonly expires?: string | undefined
  }

/** Who got which goods. */
export type ShippedRow = Happening &
  (SomeSerials | SomePieces) & {
    /** The GLN of the party that gets them. */
    readonly to: string
    /** The GLN of the party that sends them, by default the one of the product's facility, if that has one. */
    readonly from?: string | undefined
    /** An order, an invoice or a despatch advice, with a URI of its own. */
    readonly document?: ShippedDocument | undefined
  }

export interface ShippedDocument {
  readonly type: 'desadv' | 'inv' | 'po'
  /** As `urn:epcglobal:cbv:bt:8935000000014:ASN1099`. */
  readonly id: string
}

/** Stamps that are void or revoked. */
export type EndedRow = Happening & (SomeSerials | SomePieces)

/** A run that is finished. */
export interface PrintedRun {
  readonly facility: number
  /** The product's id in the catalogue. */
  readonly product: number
  readonly first: number
  readonly last: number
  readonly lot?: string | undefined
  /** `YYYY-MM-DD`, as `expires` is. Rows for portals say it; events don't. */
  readonly made?: string | undefined
  readonly expires?: string | undefined
  /** When it took its serials: that never changes. */
  readonly time: Date
  /** The public key that signed it, 32 bytes, so that revoked keys end its stamps. */
  readonly publicKey?: Uint8Array | undefined
  /** The day on which it was declared void, `YYYY-MM-DD`. */
  readonly void?: string | undefined
}

/** Every row with all that it may have. */
export type Row = Happening & {
  readonly product: number
  readonly first?: number | undefined
  readonly last?: number | undefined
  readonly quantity?: number | undefined
  readonly lot?: string | undefined
  readonly expires?: string | undefined
  readonly to?: string | undefined
  readonly from?: string | undefined
  readonly document?: ShippedDocument | undefined
}

const gln = ifGiven(checkGln)

const lot = ifGiven((name, value) => {
  if (typeof value === 'string' && isLot(value) && value !== '.' && value !== '..') return
  throw argumentRange(name, 'a lot of 1 to 20 letters of GS1’s set 82, and no step of a path', value)
})

/** Of the shape alone: what stands there is the caller's. */
export const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/i.test(text)

const aUri = (name: string, value: unknown): void => {
  if (typeof value !== 'string' || !isUri(value)) throw argumentRange(name, 'a URI', value)
}

const common = {
  product: wholeNumber(0, MAX_ID),
  first: ifGiven(wholeNumber(0, MAX_ID)),
  last: ifGiven(wholeNumber(0, MAX_ID)),
  quantity: ifGiven(wholeNumber(1, MAX_ID)),
  time: (name: string, value: unknown) => aDate(name, value),
  readPoint: gln,
  bizLocation: gln,
}

type Table = Partial<ArgumentTable<Row>>

const documentTable: ArgumentTable<ShippedDocument> = { type: oneOf('desadv', 'inv', 'po'), id: aUri }

export const COMMISSIONED: Table = { ...common, lot, expires: ifGiven(dayOf) }
export const RUN: ArgumentTable<PrintedRun> = {
  ...{ facility: common.product, product: common.product },
  ...{ first: wholeNumber(0, MAX_ID), last: wholeNumber(0, MAX_ID) },
  ...{ lot, made: ifGiven(dayOf), expires: ifGiven(dayOf), time: common.time },
  publicKey: ifGiven(bytesOf(32)),
  void: ifGiven(dayOf),
}
export const ENDED: Table = { ...common, lot }
export const SHIPPED: Table = {
  ...common,
  lot,
  to: checkGln,
  from: gln,
  document: ifGiven((name, value) => checkTable(name, value as ShippedDocument, documentTable)),
}

/** A row that says serials or a quantity, and nothing that its table does not have. @throws an argument error */
export function checkFacts(name: string, row: Row, table: Table): Row {
  checkTable(name, row, table as ArgumentTable<Row>)
  const { first, last, quantity } = row
  if (quantity === undefined) {
    if (first === undefined)
      throw argumentRange(`${name}.first`, 'a serial, or a quantity without serials', first)
    if (last === undefined || last < first)
      throw argumentRange(`${name}.last`, `a serial from ${first}`, last)
    if (row.lot !== undefined && table.expires === undefined)
      throw argumentRange(
        `${name}.lot`,
        'no lot beside serials, which were commissioned with theirs',
        row.lot,
      )
  } else if (first !== undefined || last !== undefined) {
    throw argumentRange(`${name}.quantity`, 'no quantity beside serials', quantity)
  }
  return row
}
