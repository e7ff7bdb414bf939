import {
  type ArgumentCheck,
  type ArgumentTable,
  aSource,
  checkTable,
  ifGiven,
  listOf,
  objectOf,
  wholeNumber,
} from '../lib/arguments.ts'
import { checkObject } from '../lib/checks.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange } from '../lib/errors.ts'
import { MAX_ID } from '../stamp/stamp.ts'
import type { Catalogue } from '../trust/catalogue.ts'
import { type EpcisEvent, named } from './event.ts'
import {
  COMMISSIONED,
  type CommissionedRow,
  checkFacts,
  ENDED,
  type EndedRow,
  type Row,
  SHIPPED,
  type ShippedRow,
} from './facts.ts'
import { type Gatherable, gatherRows } from './gather.ts'
import { classOf, epcOf, glnOf, gtinFinder, locationOf, partyOf } from './keys.ts'

/**
 * The most EPCs in one event. Servers have limits, and what validates events by GS1's schema slows down with the square.
 * @example
 * ```ts
 * import { createEventMaker, MAX_EPCS } from 'veristamp/gs1'
 *
 * const small = createEventMaker({ catalogue: trustList.catalogue, offset: '+07:00', maxEpcs: MAX_EPCS / 10 })
 * ```
 */
export const MAX_EPCS = 1000

export interface EventMakerOptions {
  /** Where products have their GTIN and facilities their GLN: of a trust list or of a registry. */
  readonly catalogue: Catalogue
  /** The offset of the local clock from UTC where it happened, as `+07:00`. Times themselves are written in UTC. */
  readonly offset: string
  /** How many EPCs, or classes, an event has at most: 1000 by default and at the most. */
  readonly maxEpcs?: number | undefined
}

/** Makes EPCIS 2.0 events of rows of facts, one after the other, holding one event at a time. */
export interface EventMaker {
  /**
   * Stamps that a run made, with lot and expiry in `ilmd`.
   *
   * Choose one step for a run, and report it once. `'commissioning'`, the default, says that the goods now bear their EPC:
   * report it when the stamps are stuck on. `'encoding'` says that the symbols were printed, on labels that are on no goods
   * yet: right for a printer who never sees the goods.
   */
  commissioned(
    rows: Source<CommissionedRow>,
    step?: 'commissioning' | 'encoding',
  ): AsyncGenerator<EpcisEvent, void, undefined>
  /** Goods on their way to somebody: rows of who got which serials. */
  shipped(rows: Source<ShippedRow>): AsyncGenerator<EpcisEvent, void, undefined>
  /**
   * Void and revoked stamps. `'decommissioning'`, the default, says that the EPC is no longer on anything, `'destroying'` that
   * the goods themselves are gone.
   */
  decommissioned(
    rows: Source<EndedRow>,
    step?: 'decommissioning' | 'destroying',
  ): AsyncGenerator<EpcisEvent, void, undefined>
}

/** Its fields are the caller's own; those that count are checked where they are used. */
function anEntry(name: string, value: unknown): void {
  wholeNumber(0, MAX_ID)(`${name}.id`, checkObject(name, value as { id?: unknown }).id)
}

export const aCatalogue = objectOf<Catalogue>({ facilities: listOf(anEntry), products: listOf(anEntry) })

export const anOffset: ArgumentCheck = (name, value) => {
  if (typeof value !== 'string' || !/^[+-](0\d|1[0-3]):[0-5]\d$|^[+-]14:00$/.test(value))
    throw argumentRange(name, 'an offset from UTC as +07:00', value)
}

const optionsTable: ArgumentTable<EventMakerOptions> = {
  catalogue: aCatalogue,
  offset: anOffset,
  maxEpcs: ifGiven(wholeNumber(1, MAX_EPCS)),
}

const DISPOSITIONS = {
  ...{ commissioning: 'active', encoding: 'encoded' },
  ...{ decommissioning: 'inactive', destroying: 'destroyed' },
} as const

/**
 * A maker of events for the products of a catalogue. It refuses a product without a GTIN, and two products of one GTIN: one
 * EPC would be two stamps. EPCs are `https://id.gs1.org/01/<GTIN>/21/<serial>`, never the printed address, which would give
 * away codes that anyone could print.
 * @example
 * ```ts
 * import { createEventMaker } from 'veristamp/gs1'
 *
 * const maker = createEventMaker({ catalogue: trustList.catalogue, offset: '+07:00' })
 * const run = { product: 104, first: 1, last: 90_000, lot: 'L7', time: new Date('2026-11-29T08:00:00Z') }
 * const events = []
 * for await (const event of maker.commissioned([run])) events.push(event)
 * events.length // → 90
 * events[0]?.epcList?.[0] // → 'https://id.gs1.org/01/08935000000120/21/1'
 * ```
 */
export function createEventMaker(options: EventMakerOptions): EventMaker {
  const { catalogue, offset, maxEpcs = MAX_EPCS } = checkTable('options', options, optionsTable)
  const reader = readerOf(catalogue)
  const make = async function* (rows: Source<Row>, read: Reading, rest: Rest) {
    for await (const { head, epcs } of gatherRows(rows, maxEpcs, read)) {
      const { time, counted, ilmd, product: _, ...where } = head
      const list = counted
        ? { quantityList: [...epcs].map(([epcClass, quantity]) => ({ epcClass, quantity })) }
        : { epcList: [...epcs.keys()] }
      yield named({
        ...{ type: 'ObjectEvent', eventTime: time, eventTimeZoneOffset: offset, ...list },
        ...rest,
        ...where,
        ...(ilmd && { ilmd }),
      })
    }
  }
  return {
    commissioned(rows, step = 'commissioning') {
      aSource('rows', rows)
      checkStep(step, 'commissioning', 'encoding')
      const rest = { action: 'ADD', bizStep: step, disposition: DISPOSITIONS[step] } as const
      return make(
        rows,
        (row, index) => reader.made(checkFacts(`rows[${index}]`, row, COMMISSIONED), index),
        rest,
      )
    },
    shipped(rows) {
      aSource('rows', rows)
      const rest = { action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' } as const
      return make(rows, (row, index) => reader.sent(checkFacts(`rows[${index}]`, row, SHIPPED), index), rest)
    },
    decommissioned(rows, step = 'decommissioning') {
      aSource('rows', rows)
      checkStep(step, 'decommissioning', 'destroying')
      const rest = { action: 'DELETE', bizStep: step, disposition: DISPOSITIONS[step] } as const
      return make(rows, (row, index) => reader.plain(checkFacts(`rows[${index}]`, row, ENDED), index), rest)
    },
  }
}

function checkStep(step: string, ...steps: readonly string[]): void {
  if (!steps.includes(step)) throw argumentRange('step', `one of ${steps.join(', ')}`, step)
}

type Rest = Pick<EpcisEvent, 'action' | 'bizStep' | 'disposition'>
type Where = Pick<
  EpcisEvent,
  'readPoint' | 'bizLocation' | 'bizTransactionList' | 'sourceList' | 'destinationList'
>
/** What the rows of one event have in common. */
type Head = Where & {
  readonly time: string
  readonly counted: boolean
  readonly ilmd?: Readonly<Record<string, string>>
  /** Set where an event may have one product alone. */
  readonly product?: string
}
type Reading = (row: Row, index: number) => Gatherable<Head>

/** Reads rows of each kind, with the keys of a catalogue. */
function readerOf({ facilities, products }: Catalogue) {
  const gtinFor = gtinFinder(products)
  const glns = new Map(facilities.map((facility) => [facility.id, glnOf(facility)]))
  const homes = new Map(products.map(({ id, facility }) => [id, glns.get(facility)]))

  /** Readers of what all rows have. */
  const read = (row: Row, index: number, rest: (gtin: string) => Partial<Head> = () => ({})) => {
    const { product, first, last, quantity, lot, time, bizLocation } = row
    const gtin = gtinFor(`rows[${index}].product`, product)
    const { readPoint = homes.get(product) } = row
    const head: Head = {
      time: time.toISOString(),
      counted: quantity !== undefined,
      ...(readPoint && { readPoint: { id: locationOf(readPoint) } }),
      ...(bizLocation && { bizLocation: { id: locationOf(bizLocation) } }),
      ...rest(gtin),
    }
    const epcs: Gatherable<Head>['epcs'] =
      quantity === undefined ? serialsOf(gtin, first!, last!) : [[classOf(gtin, lot), quantity]]
    return { head, epcs }
  }

  return {
    plain: (row: Row, index: number) => read(row, index),
    made: (row: Row, index: number) =>
      read(row, index, (product) => {
        const { lot, expires } = row
        const ilmd = {
          ...(lot !== undefined && { 'cbvmda:lotNumber': lot }),
          ...(expires !== undefined && { 'cbvmda:itemExpirationDate': expires }),
        }
        return { product, ...(Object.keys(ilmd).length > 0 && { ilmd }) }
      }),
    sent: (row: Row, index: number) =>
      read(row, index, () => {
        const { to, from = homes.get(row.product), document } = row
        const type = 'possessing_party'
        return {
          ...(document && { bizTransactionList: [{ type: document.type, bizTransaction: document.id }] }),
          ...(from && { sourceList: [{ type, source: partyOf(from) }] }),
          destinationList: [{ type, destination: partyOf(to!) }],
        }
      }),
  }
}

function* serialsOf(gtin: string, first: number, last: number): Generator<readonly [string, number]> {
  for (let serial = first; serial <= last; serial++) yield [epcOf(gtin, serial), 1]
}
