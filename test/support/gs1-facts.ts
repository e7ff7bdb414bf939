import { createEventMaker, type EpcisEvent } from '../../src/gs1.ts'
import type { Source } from '../../src/lib/chunks.ts'
import type { Catalogue } from '../../src/trust/catalogue.ts'

/** A small catalogue: a product with a catalogue id, one whose id is its GTIN, one without a GTIN. */
export const catalogue: Catalogue = {
  facilities: [
    { id: 12, name: 'HTX Thống Nhất', gln: '8935000000014' },
    { id: 13, name: 'HTX không có GLN' },
  ],
  products: [
    { id: 104, facility: 12, name: 'Chả mực', gtin: '8935000000120' },
    { id: 8_935_000_000_137, facility: 13, name: 'Trà hoa vàng' },
    { id: 106, facility: 12, name: 'Miến dong' },
  ],
}

export const SQUID = 104
export const TEA = 8_935_000_000_137
export const SQUID_GTIN = '08935000000120'
export const TEA_GTIN = '08935000000137'
export const BUYER = '8935000000021'
export const TIME = new Date('2026-11-29T08:00:00Z')

export const maker = createEventMaker({ catalogue, offset: '+07:00' })

export async function collect<T>(source: Source<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of source) all.push(each)
  return all
}

/** Events of every kind that can be made. */
export async function allEvents(): Promise<EpcisEvent[]> {
  const serials = { product: SQUID, first: 1, last: 1200, time: TIME }
  const tea = { product: TEA, first: 7, last: 9, time: TIME }
  const pieces = { product: SQUID, quantity: 50, lot: 'L/7', time: TIME }
  const document = { type: 'desadv', id: 'urn:epcglobal:cbv:bt:8935000000014:ASN1099' } as const
  const sources = [
    maker.commissioned([{ ...serials, lot: 'L7', expires: '2027-11-29' }, tea]),
    maker.commissioned([serials], 'encoding'),
    maker.commissioned([{ ...pieces, expires: '2027-11-29' }]),
    maker.shipped([
      { ...serials, to: BUYER, document, readPoint: BUYER, bizLocation: BUYER },
      { ...tea, to: BUYER },
      { ...pieces, to: BUYER, from: BUYER },
    ]),
    maker.decommissioned([serials, tea, pieces]),
    maker.decommissioned([serials], 'destroying'),
  ]
  const events: EpcisEvent[] = []
  for (const source of sources) events.push(...(await collect(source)))
  return events
}
