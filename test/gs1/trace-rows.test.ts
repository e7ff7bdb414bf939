import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSerials, draftRevocationList } from '../../src/authority.ts'
import {
  type PrintedRun,
  type ShippedRow,
  type TraceRow,
  traceCsv,
  traceLines,
  traceRows,
} from '../../src/gs1.ts'
import type { RegistryDetails } from '../../src/trust/details.ts'
import * as facts from '../support/gs1-facts.ts'
import { expectValid } from '../support/gs1-schemas.ts'
import { runs } from '../support/laws.ts'

const { catalogue, collect, SQUID, SQUID_GTIN, TEA, TEA_GTIN, BUYER, TIME } = facts
const NOODLES = 106
const authority = 'quang-ninh.example'
const details: RegistryDetails = {
  facilities: new Map([[12, { taxCode: '0100109106', identifier: 'HTX-7' }]]),
  products: new Map([
    [
      SQUID,
      {
        ...{ brand: 'Vịnh Sương', origin: 'Hạ Long', standards: 'TCVN 6175-1:2017' },
        ...{ certificates: 'OCOP 5 sao', warnings: 'Có hải sản', shelfLife: '30 ngày' },
      },
    ],
  ]),
}
const options = { authority, catalogue, details }
const run: PrintedRun = { facility: 12, product: SQUID, first: 1, last: 3, time: TIME }
const dated: PrintedRun = { ...run, lot: 'L7', made: '2026-11-28', expires: '2026-12-28' }
const rowsOf = (of: Parameters<typeof traceRows>[0], how = options) => collect(traceRows(of, how))
const EPC = `https://id.gs1.org/01/${SQUID_GTIN}`
const briefly = ({ stage, serial, time, location }: TraceRow) => [stage, serial, time, location]

describe('rows for portals', () => {
  it('say of a stamp all that registry and run know', async () => {
    const rows = await rowsOf({ runs: [{ ...dated, last: 1 }] })
    const known = {
      ...{ authority, to: undefined, traceCode: `${EPC}/21/1`, serial: 1, quantity: 1 },
      ...{ lot: 'L7', made: '2026-11-28', expires: '2026-12-28', product: SQUID, gtin: SQUID_GTIN },
      ...{ productName: 'Chả mực', image: undefined, ...details.products.get(SQUID), facility: 12 },
      ...{ facilityName: 'HTX Thống Nhất', facilityAddress: undefined, facilityGln: '8935000000014' },
      ...{ facilityTaxCode: '0100109106', facilityIdentifier: 'HTX-7', location: '8935000000014' },
    }
    expect(rows).toStrictEqual([
      { ...known, stage: 'made', time: '2026-11-28' },
      { ...known, stage: 'printed', time: '2026-11-29T08:00:00.000Z' },
    ])
  })

  it('follow each stamp through its stages', async () => {
    const header = { authority, issued: TIME, next: TIME, expires: new Date('2026-12-31') }
    const lost = { facility: 12, product: SQUID, reason: 'lost', date: '2026-12-01', serials: [2] } as const
    const revocation = addSerials(draftRevocationList(header), lost)
    const shipped: ShippedRow[] = [
      { product: SQUID, first: 1, last: 2, to: BUYER, time: TIME, readPoint: BUYER },
    ]
    const rows = await rowsOf({ runs: [dated], shipped, revocation })
    const at = '8935000000014'
    const iso = TIME.toISOString()
    expect(rows.map(briefly)).toEqual([
      ...[1, 2, 3].map((serial) => ['made', serial, '2026-11-28', at]),
      ...[1, 2, 3].map((serial) => ['printed', serial, iso, at]),
      ...[1, 2].map((serial) => ['shipped', serial, iso, BUYER]),
      ['revoked', 2, '2026-12-01', undefined],
    ])
    expect(rows[6]).toMatchObject({ to: BUYER, lot: 'L7', expires: '2026-12-28' })
  })

  it('say that a void run is revoked, and where stamps were printed', async () => {
    const rows = await rowsOf({ runs: [{ ...run, last: 1, void: '2026-12-02' }], readPoint: BUYER })
    expect(rows.map(briefly)).toEqual([
      ['printed', 1, TIME.toISOString(), BUYER],
      ['revoked', 1, '2026-12-02', undefined],
    ])
  })

  it('name goods without a GTIN, and facilities without a GLN, by their ids', async () => {
    const [noodles] = await rowsOf({ runs: [{ ...run, product: NOODLES, first: 7, last: 7 }] })
    expect(noodles).toMatchObject({ traceCode: '12:106:7', gtin: undefined, productName: 'Miến dong' })
    const [tea] = await rowsOf({ runs: [{ ...run, facility: 13, product: TEA }] })
    expect(tea).toMatchObject({ gtin: TEA_GTIN, location: undefined, facilityGln: undefined })
  })

  it('count pieces that were shipped without their serials', async () => {
    const [row, ...more] = await rowsOf({
      runs: [],
      shipped: [{ product: SQUID, quantity: 40, lot: 'L7', to: BUYER, time: TIME }],
    })
    expect(more).toEqual([])
    expect(row).toMatchObject({ serial: undefined, quantity: 40, traceCode: `${EPC}/10/L7`, lot: 'L7' })
  })

  it('give each serial of a shipment the lot of its own run', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 14 }),
        fc.nat(6),
        async (cuts, first, length) => {
          const ends = [...cuts].sort((a, b) => a - b)
          const printed = ends.map((last, at) => ({
            ...{ ...run, first: (ends[at - 1] ?? 0) + 1, last, lot: `L${at}` },
          }))
          const lotOf = (serial: number) =>
            printed.find((each) => each.first <= serial && serial <= each.last)?.lot
          const row = { product: SQUID, first, last: first + length, to: BUYER, time: TIME }
          const all = await rowsOf({ runs: printed.reverse(), shipped: [row] })
          const shipped = all.filter(({ stage }) => stage === 'shipped')
          expect(shipped.map(({ serial, lot }) => [serial, lot])).toEqual(
            Array.from({ length: length + 1 }, (_, at) => [first + at, lotOf(first + at)]),
          )
        },
      ),
      { numRuns: runs(200) },
    ))

  it('refuse shipments of products that are unknown, and runs that end before they begin', async () => {
    const row = { product: 9, first: 1, last: 2, to: BUYER, time: TIME }
    await expect(rowsOf({ runs: [], shipped: [row] })).rejects.toThrow(
      'facts.shipped[0].product: expected a product of the catalogue, got 9',
    )
    expect(() => traceRows({ runs: [{ ...run, first: 4 }] }, options)).toThrow('facts.runs[0].last')
  })
})

describe('the texts of rows', () => {
  const odd = {
    ...catalogue,
    products: [{ id: SQUID, facility: 12, name: '=HYPERLINK("x")', gtin: '8935000000120' }],
    facilities: [{ id: 12, name: '@nhà', address: 'Số 1,\n"Hạ Long"' }],
  }
  const oddRows = () => traceRows({ runs: [{ ...run, last: 1, lot: '-L7' }] }, { authority, catalogue: odd })

  it('are CSV that no spreadsheet takes for formulas, with what stands in it unchanged', async () => {
    const [header, row, ...more] = parse((await collect(traceCsv(oddRows()))).join(''), {
      columns: false,
    }) as string[][]
    expect(more).toEqual([])
    const cells = Object.fromEntries(header!.map((name, at) => [name, row![at]]))
    expect(cells).toMatchObject({
      productName: `'=HYPERLINK("x")`,
      facilityName: "'@nhà",
      facilityAddress: 'Số 1,\n"Hạ Long"',
      lot: "'-L7",
      made: '',
      gtin: SQUID_GTIN,
    })
    const [fields] = await collect(oddRows())
    expect(Object.keys(fields!)).toEqual(header)
  })

  it.each(['=1', '+1', '-1', '@a', '\t=1', '＝1', '＋1', '－1', '＠a'])('defuse %j', async (name) => {
    const products = [{ id: SQUID, facility: 12, name }]
    const [, line] = await collect(
      traceCsv(traceRows({ runs: [run] }, { authority, catalogue: { ...catalogue, products } })),
    )
    expect(line).toContain(`"'${name}"`)
  })

  it('are lines of JSON by the published schema, with texts as they are', async () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/rows-1.schema.json', import.meta.url), 'utf8'),
    )
    const ajv = new Ajv2020({ allErrors: true })
    addFormats.default(ajv)
    const validate = ajv.compile(schema)
    const shipped = [
      { product: SQUID, first: 1, last: 2, to: BUYER, time: TIME },
      { product: TEA, quantity: 40, to: BUYER, time: TIME },
    ]
    const all = traceRows(
      { runs: [dated, { ...run, product: NOODLES, void: '2026-12-01' }], shipped },
      options,
    )
    const lines = [...(await collect(traceLines(all))), ...(await collect(traceLines(oddRows())))]
    for (const line of lines) expectValid(validate, JSON.parse(line))
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ productName: '=HYPERLINK("x")', lot: '-L7' })
    const { format: _, ...columns } = schema.properties
    expect(Object.keys(columns).sort()).toEqual(Object.keys((await rowsOf({ runs: [run] }))[0]!).sort())
  })

  it('are the same bytes each time', async () => {
    const text = async () => (await collect(traceCsv(traceRows({ runs: [dated] }, options)))).join('')
    expect(await text()).toBe(await text())
  })
})
