import { readFileSync, writeFileSync } from 'node:fs'
import type { ValidateFunction } from 'ajv'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EPCIS_CONTEXT, type EpcisEvent, eventHash } from '../../src/gs1.ts'
import { hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'
import { expectValid, schemaOf } from '../support/gs1-schemas.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'
import { BUYER, foundTea, TEA, TEA_GTIN } from './tea.ts'

/** `export --epcis`: what a project’s runs, lists and tables say, as events. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundTea(desk)
})
afterEach(() => desk[Symbol.dispose]())

const issue = (count: number, ...options: string[]) =>
  desk.done('--yes', 'issue', '--product', TEA, '--count', `${count}`, '--no-sheets', ...options)

async function eventsOf(...options: string[]): Promise<EpcisEvent[]> {
  // Of standard output the desk keeps no hash as it is.
  await desk.done('--force', 'export', '--epcis', '--lines', '-o', 'events.ndjson', ...options)
  return readFileSync(desk.path('events.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

const epcs = (...serials: number[]) =>
  serials.map((serial) => `https://id.gs1.org/01/${TEA_GTIN}/21/${serial}`)
const table = (name: string, ...rows: string[]) => writeFileSync(desk.path(name), `${rows.join('\n')}\n`)
const shipped = (...rows: string[]) => table('shipped.csv', 'product,first,last,to,time', ...rows)

describe('veristamp export --epcis', () => {
  it('tells of finished runs, with lot and expiry, by the clock of Vietnam', async () => {
    await issue(3, '--lot', 'L-7', '--expires', '2027-01-31')
    const [event, ...more] = await eventsOf()
    expect(more).toEqual([])
    expect(event).toMatchObject({
      '@context': EPCIS_CONTEXT,
      eventTime: '2026-03-01T08:00:00.000Z',
      eventTimeZoneOffset: '+07:00',
      epcList: epcs(1, 2, 3),
      action: 'ADD',
      bizStep: 'commissioning',
      ilmd: { 'cbvmda:lotNumber': 'L-7', 'cbvmda:itemExpirationDate': '2027-01-31' },
    })
    expect(event!.eventID).toBe(eventHash(event!, { context: EPCIS_CONTEXT }))
  })

  it('writes one document, at another time with the same events', async () => {
    await issue(3)
    const said = await desk.done('export', '--epcis', '-o', 'events.json')
    expect(said).toBe('1 event. Wrote events.json\n')
    const { epcisBody, ...document } = JSON.parse(readFileSync(desk.path('events.json'), 'utf8'))
    expect(document).toMatchObject({
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: desk.now.toISOString(),
    })
    desk.now = new Date(desk.now.getTime() + 86_400_000)
    await desk.done('export', '--epcis', '-o', 'later.json')
    const later = JSON.parse(readFileSync(desk.path('later.json'), 'utf8'))
    expect(later.epcisBody).toEqual(epcisBody)
    expect(later.creationDate).not.toBe(document.creationDate)
  })

  it('goes by the settings of veristamp.json, and by options before them', async () => {
    await issue(3)
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    const epcis = { printed: 'encoding', offset: '+08:00', readPoint: BUYER, maxEpcs: 2 }
    writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, epcis }))
    const events = await eventsOf('--offset', '+09:00')
    expect(events).toMatchObject([
      { bizStep: 'encoding', eventTimeZoneOffset: '+09:00', epcList: epcs(1, 2) },
      { readPoint: { id: `https://id.gs1.org/414/${BUYER}` }, epcList: epcs(3) },
    ])
    writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, epcis: { readpoint: BUYER } }))
    expect((await desk.say('export', '--epcis')).err).toMatch(/no field epcis\.readpoint; is it "readPoint"/)
  })

  it('tells who got what, from tables as spreadsheets save them', async () => {
    await issue(9)
    shipped(`${TEA},1,3,${BUYER},2026-03-02 09:30`)
    table('more.csv', 'Mã sản phẩm;Sê-ri;Bên nhận;Ngày;Chứng từ', `${TEA};7;${BUYER};2026-03-03;urn:x:1`)
    const events = await eventsOf('--shipped', 'shipped.csv', '--shipped', 'more.csv')
    expect(events.slice(1)).toMatchObject([
      { bizStep: 'shipping', eventTime: '2026-03-02T02:30:00.000Z', epcList: epcs(1, 2, 3) },
      {
        eventTime: '2026-03-02T17:00:00.000Z',
        epcList: epcs(7),
        bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:1' }],
        destinationList: [{ destination: `https://id.gs1.org/417/${BUYER}` }],
      },
    ])
  })

  it('tells of serials of several runs in one row, and of none that was not printed', async () => {
    await issue(4)
    await issue(5)
    shipped(`${TEA},2,9,${BUYER},2026-03-02`)
    expect((await eventsOf('--shipped', 'shipped.csv')).at(-1)).toMatchObject({
      epcList: epcs(2, 3, 4, 5, 6, 7, 8, 9),
    })
    shipped(`${TEA},2,10,${BUYER},2026-03-02`)
    expect((await desk.say('export', '--epcis', '--shipped', 'shipped.csv')).err).toMatch(
      /line 2: not all serials from 2 to 10 are of finished runs here/,
    )
  })

  it.each([
    [`${TEA},1,3,${BUYER},2026-02-31 09:30`, /line 2, column time: "2026-02-31 09:30" is not right here/],
    [`${TEA},1,3,${BUYER},01/03/2026`, /line 2, column time/],
    [`${TEA},3,1,${BUYER},2026-03-01`, /line 2, column last: the last serial is below the first/],
    [`${TEA},,,${BUYER},2026-03-01`, /line 2: give serial, or first and last, or quantity/],
    [`${TEA},1,3,8935000000022,2026-03-01`, /line 2, column to: The check digit/],
    [`${TEA},1,3,8.935E+12,2026-03-01`, /line 2, column to: A spreadsheet turned this GLN/],
    [
      `${TEA},1,3,Chợ Hạ Long,2026-03-01`,
      /line 2, column to: "Chợ Hạ Long" is not right here: a GLN, the 13 digits/,
    ],
    [`${TEA},1,10,${BUYER},2026-03-01`, /line 2: not all serials from 1 to 10 are of finished runs here/],
    [`${TEA},10,10,${BUYER},2026-03-01`, /line 2: serial 10 is of no finished run here/],
    [`${TEA},1,3,,2026-03-01`, /line 2, column to: Every row needs a value for to/],
    [`${TEA},-1,3,${BUYER},2026-03-01`, /line 2, column first: "-1" is not right here: a whole number/],
    [`999,1,3,${BUYER},2026-03-01`, /line 2, column product: product 999 is not in the trust list/],
    [`104,1,3,${BUYER},2026-03-01`, /line 2, column product: product 104 \(Chè đen\) has no GTIN/],
    [`"${TEA},1,3`, /line 2: A quote is not closed/],
  ])('refuses %s, and says where', async (row, message) => {
    shipped(row)
    const { exit, err } = await desk.say('export', '--epcis', '--shipped', 'shipped.csv', '-o', 'events.json')
    expect([exit, err]).toEqual([2, expect.stringMatching(message)])
    expect(() => readFileSync(desk.path('events.json'))).toThrow('ENOENT')
  })

  it('names columns that are missing, twice there or unknown', async () => {
    table('shipped.csv', 'product,first,to', `${TEA},1,${BUYER}`)
    expect((await desk.say('export', '--epcis', '--shipped', 'shipped.csv')).err).toMatch(
      /no column named time/,
    )
    table('shipped.csv', 'product,gtin,to,time', '')
    expect((await desk.say('export', '--epcis', '--shipped', 'shipped.csv')).err).toMatch(
      /already a column named product/,
    )
    table('shipped.csv', 'product,serial,to,time,quantitty', `${TEA},1,${BUYER},2026-03-01,`)
    expect((await desk.say('export', '--epcis', '--shipped', 'shipped.csv')).err).toMatch(
      /column "quantitty" is not read; is it "quantity"/,
    )
  })

  it('tells of void runs and revoked serials, each once, and of no serial that no run has', async () => {
    await issue(4)
    await issue(2)
    await desk.done('--yes', 'runs', 'void', `12-${TEA}-1-2`)
    desk.now = new Date('2026-03-04T08:00:00Z')
    await desk.done('--yes', 'revoke', '--product', TEA, '--serials', '2-3,5,50-60', '--reason', 'stolen')
    const events = (await eventsOf('--ended', 'destroying')).filter(({ action }) => action === 'DELETE')
    expect(events).toMatchObject([
      { bizStep: 'destroying', eventTime: '2026-03-04T00:00:00.000Z', epcList: epcs(2, 3) },
      { eventTime: '2026-03-01T08:00:01.000Z', epcList: epcs(5, 6) },
    ])
    expect(events).toHaveLength(2)
    // What was told before the list stays as it was.
    expect((await eventsOf(`12-${TEA}-1-2`)).map(({ bizStep }) => bizStep)).toEqual([
      'commissioning',
      'decommissioning',
    ])
  })

  it('tells of the stamps of a revoked key', async () => {
    await issue(4)
    await desk.done(
      '--yes',
      'revoke',
      '--key',
      'issuer',
      '--above',
      `12:${TEA}:3`,
      '--reason',
      'key-compromise',
    )
    const ended = (await eventsOf()).filter(({ action }) => action === 'DELETE')
    expect(ended).toMatchObject([{ epcList: epcs(4) }])
  })

  it('takes mistakes back, and refuses an id that no event has', async () => {
    await issue(4)
    shipped(`${TEA},1,2,${BUYER},2026-03-02`, `${TEA},3,4,${BUYER},2026-03-03`)
    const [, wrong, right] = await eventsOf('--shipped', 'shipped.csv')
    table(
      'mistakes.csv',
      'event,declared,reason,correctedBy',
      `${wrong!.eventID},2026-03-05,incorrect_data,${right!.eventID}`,
    )
    const events = await eventsOf('--shipped', 'shipped.csv', '--mistakes', 'mistakes.csv')
    expect(events).toHaveLength(4)
    expect(events[2]).toEqual({
      ...wrong,
      errorDeclaration: {
        declarationTime: '2026-03-04T17:00:00.000Z',
        reason: 'incorrect_data',
        correctiveEventIDs: [right!.eventID],
      },
    })
    const { exit, err } = await desk.say('export', '--epcis', '--mistakes', 'mistakes.csv')
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/no event here has the id ni:\/\/\/.*\nNext: give the same/),
    ])
  })

  it('leaves out runs of products without a GTIN with a warning, and refuses one that is named', async () => {
    await desk.done('--yes', 'issue', '--product', '104', '--count', '2', '--no-sheets')
    await issue(2)
    const { err, out } = await desk.say('export', '--epcis', '--lines')
    expect(err).toMatch(/product 104 \(Chè đen\) has no GTIN.*: 1 run was left out/)
    expect(out.split('\n')).toHaveLength(2)
    expect(await desk.say('export', '--epcis', '12-104-1-1')).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/no GTIN/),
    })
  })

  it.each([
    ['--read-point', '8935000000022', '--read-point: expected a GLN'],
    ['--offset', '7', '--offset: expected an offset'],
    ['--max-epcs', '1001', '--max-epcs: expected a whole number from 1 to 1000'],
    ['--printed', 'packing', '--printed'],
  ])('refuses %s %s in words', async (option, value, message) => {
    const { exit, err } = await desk.say('export', '--epcis', option, value)
    expect([exit, err]).toEqual([2, expect.stringContaining(message)])
  })

  it('takes what stands behind a table for a run', async () => {
    await issue(2)
    shipped(`${TEA},1,1,${BUYER},2026-03-02`)
    expect(await eventsOf('--shipped', 'shipped.csv', `12-${TEA}-1-1`)).toHaveLength(2)
  })

  it('takes no option of events for stamps', async () => {
    const { exit, err } = await desk.say('export', '--lines', '--read-point', BUYER)
    expect([exit, err]).toEqual([2, expect.stringMatching(/--lines, --read-point: .*\nNext: add --epcis/)])
  })

  it('never tells a printed address', async () => {
    await issue(3, '--carrier', 'gs1', '--lot', 'L7')
    shipped(`${TEA},1,3,${BUYER},2026-03-02`)
    await desk.done('--yes', 'runs', 'void', `12-${TEA}-1-1`)
    const out = await desk.done('export', '--epcis', '--shipped', 'shipped.csv')
    expect(out).toContain('https://id.gs1.org/01/')
    expect(out).not.toMatch(/tem\.example|[?&]v=|"v"/i)
  })
})

describe.skipIf(!hasGs1Data)(`by GS1’s schema${whyNoGs1Data}`, () => {
  let validate: ValidateFunction
  beforeAll(() => {
    validate = schemaOf('EPCIS-JSON-Schema.json')
  })

  it('every event of a project is valid', async () => {
    await issue(30, '--lot', 'L-7', '--expires', '2027-01-31')
    await issue(2)
    shipped(`${TEA},1,20,${BUYER},2026-03-02`)
    await desk.done('--yes', 'runs', 'void', `12-${TEA}-1-2`)
    const [first] = await eventsOf('--max-epcs', '10')
    table('mistakes.csv', 'event,declared', `${first!.eventID},2026-03-05`)
    const options = ['--shipped', 'shipped.csv', '--mistakes', 'mistakes.csv', '--max-epcs', '10']
    await desk.done('export', '--epcis', '-o', 'events.json', ...options)
    const document = JSON.parse(readFileSync(desk.path('events.json'), 'utf8'))
    expectValid(validate, document)
    expect(document.epcisBody.eventList.length).toBeGreaterThan(6)
  })
  it('every event of the example province is valid', async () => {
    using province = openDesk()
    await foundProject(province)
    const products = [1, 2, 5, 30]
    for (const product of products)
      await province.done(
        'issue',
        '--product',
        `${product}`,
        '--count',
        '25',
        '--no-sheets',
        '--lot',
        `L${product}`,
      )
    await province.done('--yes', 'list')
    await province.done('--yes', 'revoke', '--product', '1', '--serials', '3-5,9', '--reason', 'stolen')
    const [run] = (await province.done('runs')).split(' ')
    await province.done('--yes', 'runs', 'void', run!)
    const rows = products.map((product) => `${product};11;20;${BUYER};2026-03-02 09:00;urn:x:${product};inv`)
    const pieces = products.map((product) => `${product};;;${BUYER};2026-03-03;;`)
    writeFileSync(
      province.path('serials.csv'),
      `sản phẩm;từ số;đến số;bên nhận;ngày;chứng từ;loại chứng từ\n${rows.join('\n')}\n`,
    )
    writeFileSync(
      province.path('pieces.csv'),
      `product;first;last;to;time;quantity;lot\n${pieces.map((row, i) => `${row.slice(0, -1)}${10 + i};L/${i}`).join('\n')}\n`,
    )
    const options = [
      '--shipped',
      'serials.csv',
      '--shipped',
      'pieces.csv',
      '--printed',
      'encoding',
      '--ended',
      'destroying',
    ]
    await province.done('export', '--epcis', '-o', 'events.json', ...options)
    const document = JSON.parse(readFileSync(province.path('events.json'), 'utf8'))
    expectValid(validate, document)
    const events: EpcisEvent[] = document.epcisBody.eventList
    expect(events.map(({ bizStep }) => bizStep).filter((step, i, all) => all.indexOf(step) === i)).toEqual([
      'encoding',
      'shipping',
      'destroying',
    ])
    for (const event of events) expect(eventHash(event, { context: EPCIS_CONTEXT })).toBe(event.eventID)
    expect(JSON.stringify(document)).not.toMatch(/tem\.|"v"|[?&]v=/i)
  })
})
