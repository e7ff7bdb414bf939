import type { ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createEventMaker,
  declareMistake,
  EPCIS_CONTEXT,
  epcisDocument,
  epcisLines,
  eventHash,
  MAX_EPCS,
} from '../../src/gs1.ts'
import { gs1Data, hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'
import * as facts from '../support/gs1-facts.ts'
import { expectValid, schemaOf } from '../support/gs1-schemas.ts'
import { runs } from '../support/laws.ts'

const { maker, collect, catalogue, SQUID, SQUID_GTIN, TEA, TEA_GTIN, BUYER, TIME } = facts
const run = { product: SQUID, first: 1, last: 3, time: TIME }
const location = (gln: string) => ({ id: `https://id.gs1.org/414/${gln}` })
const party = (gln: string) => `https://id.gs1.org/417/${gln}`
const epcs = (gtin: string, ...serials: number[]) =>
  serials.map((serial) => `https://id.gs1.org/01/${gtin}/21/${serial}`)

describe('events from facts', () => {
  it('say that stamps were stuck on, with lot and expiry', async () => {
    const [event, ...more] = await collect(maker.commissioned([{ ...run, lot: 'L7', expires: '2027-11-29' }]))
    expect(more).toEqual([])
    expect(event).toEqual({
      type: 'ObjectEvent',
      eventID: eventHash(event!, { context: EPCIS_CONTEXT }),
      eventTime: '2026-11-29T08:00:00.000Z',
      eventTimeZoneOffset: '+07:00',
      epcList: epcs(SQUID_GTIN, 1, 2, 3),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      readPoint: location('8935000000014'),
      ilmd: { 'cbvmda:lotNumber': 'L7', 'cbvmda:itemExpirationDate': '2027-11-29' },
    })
  })

  it('say that symbols were printed, where that is chosen', async () => {
    const [event] = await collect(maker.commissioned([run], 'encoding'))
    expect(event).toMatchObject({ action: 'ADD', bizStep: 'encoding', disposition: 'encoded' })
    expect(event).not.toHaveProperty('ilmd')
  })

  it('say who got which goods', async () => {
    const document = { type: 'po', id: 'urn:epcglobal:cbv:bt:8935000000014:PO1' } as const
    const rows = [
      { ...run, to: BUYER, document },
      { product: SQUID, first: 9, last: 9, time: TIME, to: BUYER, document },
      { ...run, product: TEA, to: BUYER, readPoint: BUYER },
    ]
    const events = await collect(maker.shipped(rows))
    const type = 'possessing_party'
    expect(events).toMatchObject([
      {
        action: 'OBSERVE',
        bizStep: 'shipping',
        disposition: 'in_transit',
        epcList: epcs(SQUID_GTIN, 1, 2, 3, 9),
        readPoint: location('8935000000014'),
        bizTransactionList: [{ type: 'po', bizTransaction: document.id }],
        sourceList: [{ type, source: party('8935000000014') }],
        destinationList: [{ type, destination: party(BUYER) }],
      },
      { epcList: epcs(TEA_GTIN, 1, 2, 3), readPoint: location(BUYER) },
    ])
    expect(events[1]).not.toHaveProperty('sourceList')
  })

  it('say which stamps are on nothing any more', async () => {
    const [void_] = await collect(maker.decommissioned([run]))
    expect(void_).toMatchObject({ action: 'DELETE', bizStep: 'decommissioning', disposition: 'inactive' })
    const [gone] = await collect(maker.decommissioned([run], 'destroying'))
    expect(gone).toMatchObject({ action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' })
  })

  it('count pieces by GTIN and lot where serials are not wanted', async () => {
    const pieces = { product: SQUID, lot: 'L/7', time: TIME, to: BUYER }
    const rows = [
      { ...pieces, quantity: 20 },
      { ...pieces, quantity: 30 },
      { ...pieces, lot: undefined, quantity: 1 },
    ]
    const [event, ...more] = await collect(maker.shipped(rows))
    expect(more).toEqual([])
    expect(event!.quantityList).toEqual([
      { epcClass: `https://id.gs1.org/01/${SQUID_GTIN}/10/L%2F7`, quantity: 50 },
      { epcClass: `https://id.gs1.org/01/${SQUID_GTIN}`, quantity: 1 },
    ])
    expect(event).not.toHaveProperty('epcList')
  })

  it('are taken back by the same event with a declaration, under the same id', async () => {
    const [event] = await collect(maker.decommissioned([run]))
    const mistake = { declared: TIME, reason: 'did_not_occur', correctedBy: ['urn:x:1'] } as const
    const taken = declareMistake(event!, mistake)
    const { errorDeclaration, ...rest } = taken
    expect(rest).toEqual(event)
    expect(errorDeclaration).toEqual({
      declarationTime: TIME.toISOString(),
      reason: 'did_not_occur',
      correctiveEventIDs: ['urn:x:1'],
    })
    expect(eventHash(taken, { context: EPCIS_CONTEXT })).toBe(event!.eventID)
  })
})

describe('an event', () => {
  it('has 1,000 EPCs at most, cut the same way however the serials are split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3500 }),
        fc.array(fc.nat(3500), { maxLength: 6 }),
        async (count, cuts) => {
          const whole = { product: SQUID, first: 1, last: count, time: TIME }
          const starts = [...new Set([1, ...cuts.filter((cut) => cut > 1 && cut <= count)])].sort(
            (a, b) => a - b,
          )
          const parts = starts.map((first, index) => ({
            ...whole,
            first,
            last: (starts[index + 1] ?? count + 1) - 1,
          }))
          const events = await collect(maker.commissioned([whole]))
          expect(await collect(maker.commissioned(parts))).toEqual(events)
          expect(events.map(({ epcList }) => epcList!.length)).toEqual(
            Array.from({ length: Math.ceil(count / MAX_EPCS) }, (_, i) =>
              Math.min(MAX_EPCS, count - i * MAX_EPCS),
            ),
          )
        },
      ),
      { numRuns: runs(30) },
    )
  })

  it('has every EPC once', async () => {
    const [event] = await collect(maker.decommissioned([run, { ...run, first: 2, last: 4 }]))
    expect(event!.epcList).toEqual(epcs(SQUID_GTIN, 1, 2, 3, 4))
  })

  it('is of one thing that happened', async () => {
    const later = { ...run, time: new Date('2026-11-30T08:00:00Z') }
    const rows = [run, later, { ...later, lot: 'L8' }, { ...run, product: TEA }]
    expect(await collect(maker.commissioned(rows))).toHaveLength(4)
  })

  it('is made as it is asked for: rows are read no further than need be', async () => {
    let read = 0
    function* rows() {
      for (;;) yield { product: SQUID, first: ++read, last: read, time: TIME }
    }
    const events = maker.commissioned(rows())
    for (let made = 1; made <= 5; made++) {
      await events.next()
      expect(read).toBe(made * MAX_EPCS + 1)
    }
    await events.return()
  })

  it('has the bytes that its facts have, from whatever source', async () => {
    async function* later() {
      yield run
    }
    const textOf = async (rows: Parameters<typeof maker.commissioned>[0]) =>
      (await collect(epcisDocument(maker.commissioned(rows), TIME))).join('')
    expect(await textOf([{ ...run }])).toBe(await textOf(later()))
  })

  it('never holds the printed address', async () => {
    const events = await facts.allEvents()
    const text = [
      ...(await collect(epcisDocument(events, TIME))),
      ...(await collect(epcisLines(events.map((event) => declareMistake(event, { declared: TIME }))))),
    ].join('')
    expect(text).not.toMatch(/tem\.example|v=|\?(?!ver=CBV2\.0")/i)
    const found = text.match(/https:\/\/[^"]+/g)!.map((address) => new URL(address).host)
    expect([...new Set(found)].sort()).toEqual(['id.gs1.org', 'ref.gs1.org'])
  })
})

describe('facts that are refused', () => {
  const twins = {
    ...catalogue,
    products: [
      ...catalogue.products,
      { id: 107, facility: 13, name: 'Chả mực loại 2', gtin: '08935000000120' },
    ],
  }
  it('are two products of one GTIN, by name', async () => {
    const events = createEventMaker({ catalogue: twins, offset: '+07:00' }).commissioned([run])
    await expect(collect(events)).rejects.toThrow(
      'rows[0].product: expected a GTIN of one product alone, not of Chả mực (104) and Chả mực loại 2 (107), got "08935000000120"',
    )
    const others = createEventMaker({ catalogue: twins, offset: '+07:00' })
    expect(await collect(others.commissioned([{ ...run, product: TEA }]))).toHaveLength(1)
  })

  it.each<[string, object, string]>([
    [
      'a product without a GTIN',
      { product: 106 },
      'rows[0].product: expected a product with a GTIN (Miến dong has none), got 106',
    ],
    ['an unknown product', { product: 9 }, 'rows[0].product: expected a product of the catalogue, got 9'],
    [
      'no serials',
      { first: undefined },
      'rows[0].first: expected a serial, or a quantity without serials, got undefined',
    ],
    ['serials backwards', { last: 0 }, 'rows[0].last: expected a serial from 1, got 0'],
    [
      'serials and a quantity',
      { quantity: 3 },
      'rows[0].quantity: expected no quantity beside serials, got 3',
    ],
    [
      'a wrong GLN',
      { readPoint: '8935000000016' },
      'rows[0].readPoint: expected a GLN: 13 digits with the right check digit, got "8935000000016"',
    ],
    [
      'a lot that is a step of a path',
      { lot: '..' },
      'rows[0].lot: expected a lot of 1 to 20 letters of GS1’s set 82, and no step of a path, got ".."',
    ],
    ['a field that is none', { serial: 3 }, 'rows[0]: expected an object with no fields but'],
  ])('are %s', async (_, wrong, message) => {
    await expect(collect(maker.commissioned([{ ...run, ...wrong } as typeof run]))).rejects.toThrow(message)
  })

  it('are a lot beside serials that are not new, and a document without a URI', async () => {
    const lot = { ...run, lot: 'L7' }
    await expect(collect(maker.decommissioned([lot]))).rejects.toThrow(
      'rows[0].lot: expected no lot beside serials',
    )
    const document = { type: 'po', id: 'order 7' } as const
    await expect(collect(maker.shipped([{ ...run, to: BUYER, document }]))).rejects.toThrow(
      'rows[0].document.id: expected a URI, got "order 7"',
    )
  })

  it('come up at the row that has them: what was whole before is handed on', async () => {
    const rows = [run, { ...run, time: new Date(0) }, { ...run, product: 106 }]
    const events = maker.commissioned(rows)
    expect((await events.next()).done).toBe(false)
    await expect(events.next()).rejects.toThrow('rows[2].product')
  })
})

describe.skipIf(!hasGs1Data)(`by the schema of EPCIS 2.0${whyNoGs1Data}`, () => {
  let validate: ValidateFunction
  beforeAll(() => {
    validate = schemaOf('EPCIS-JSON-Schema.json')
  })

  it('every event is valid, alone and taken back', async () => {
    const events = await facts.allEvents()
    const taken = events.map((event) =>
      declareMistake(event, { declared: TIME, reason: 'incorrect_data', correctedBy: [event.eventID] }),
    )
    const lines = await collect(epcisLines([...events, ...taken]))
    expect(lines.length).toBe(2 * events.length)
    for (const line of lines) expectValid(validate, JSON.parse(line))
  })

  it('a document is valid, and one without events too', async () => {
    for (const rows of [[run], []]) {
      const text = (await collect(epcisDocument(maker.commissioned(rows), TIME))).join('')
      expectValid(validate, JSON.parse(text))
      expect(text.endsWith('\n]}}\n')).toBe(true)
    }
  })

  it('an event with an address of its own words is not', async () => {
    const [line] = await collect(epcisLines(maker.commissioned([run])))
    for (const wrong of [{ bizStep: 'printing' }, { action: 'MAKE' }, { epcList: ['no URI'] }, { own: 1 }])
      expect(validate({ ...JSON.parse(line!), ...wrong })).toBe(false)
  })

  it('the reference data itself is valid', () => {
    const file = 'event-hash/epcisDocWithShippingAndTransportingEvent.jsonld'
    expectValid(validate, JSON.parse(gs1Data(file)))
  })
})
