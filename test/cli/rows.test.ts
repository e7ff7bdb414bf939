import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.ts'
import { BUYER, foundTea, TEA, TEA_GTIN } from './tea.ts'

/** `export --rows`: what portals ask for, from registry, runs, lists and tables. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundTea(desk)
})
afterEach(() => desk[Symbol.dispose]())

const issue = (product: string, count: number, ...options: string[]) =>
  desk.done('--yes', 'issue', '--product', product, '--count', `${count}`, '--no-sheets', ...options)
const write = (file: string, text: string) => writeFileSync(desk.path(file), text)

async function rowsOf(...options: string[]): Promise<Record<string, string>[]> {
  await desk.done('--force', 'export', '--rows', 'csv', '-o', 'rows.csv', ...options)
  return parse(readFileSync(desk.path('rows.csv')), { columns: true })
}

/** The registry with what no trust list has. */
function tellMore(): void {
  write(
    'registry/facilities.csv',
    'id,name,gln,address,Mã số thuế\n12,Trà Đồi Sương,8935000000014,Hải Hà,0100109106\n',
  )
  write(
    'registry/products.csv',
    `id,facility,name,gtin,stars,image,Xuất xứ,Cảnh báo\n,12,Chè xanh,${TEA},,,Hải Hà,\n104,12,Chè đen,,,,,=Nóng\n`,
  )
}

describe('veristamp export --rows', () => {
  it('fills rows from registry, runs, shipments and lists', async () => {
    tellMore()
    await issue(TEA, 2, '--lot', 'L7', '--made', '2026-02-27', '--expires', '2027-02-27')
    await issue('104', 1)
    await desk.done('--yes', 'revoke', '--product', TEA, '--serials', '2', '--reason', 'lost')
    write('shipped.csv', `Mã sản phẩm,Từ số,Đến số,Bên nhận,Ngày\n${TEA},1,2,${BUYER},2026-03-02 08:00\n`)
    write('more.csv', `product,quantity,to,time\n104,40,${BUYER},2026-03-02 09:00\n`)
    const rows = await rowsOf('--shipped', 'shipped.csv', '--shipped', 'more.csv')
    const tea = (serial: number) => `https://id.gs1.org/01/${TEA_GTIN}/21/${serial}`
    expect(rows.map(({ stage, traceCode, time, to }) => [stage, traceCode, time, to])).toEqual([
      ['printed', '12:104:1', '2026-03-01T08:00:00.000Z', ''],
      ...[1, 2].map((serial) => ['made', tea(serial), '2026-02-27', '']),
      ...[1, 2].map((serial) => ['printed', tea(serial), '2026-03-01T08:00:00.000Z', '']),
      ...[1, 2].map((serial) => ['shipped', tea(serial), '2026-03-02T01:00:00.000Z', BUYER]),
      ['shipped', '12:104', '2026-03-02T02:00:00.000Z', BUYER],
      ['revoked', tea(2), '2026-03-01', ''],
    ])
    expect(rows[5]).toMatchObject({
      ...{ authority: 'quang-ninh.example', location: '8935000000014', lot: 'L7', made: '2026-02-27' },
      ...{ expires: '2027-02-27', gtin: TEA_GTIN, productName: 'Chè xanh', origin: 'Hải Hà' },
      ...{ facilityName: 'Trà Đồi Sương', facilityTaxCode: '0100109106', facilityGln: '8935000000014' },
    })
    expect(rows[0]!.warnings).toBe("'=Nóng")
    expect(rows[7]).toMatchObject({ quantity: '40', serial: '' })
  })

  it('leaves all that out of trust lists', async () => {
    tellMore()
    await desk.done('--yes', 'trust', 'build')
    const list = readFileSync(desk.path('lists/trust-2.cbor'), 'latin1')
    expect(list).toContain('12')
    expect(list).not.toMatch(/0100109106|taxCode|origin|warnings/)
  })

  it('writes the runs that are named, as NDJSON too', async () => {
    await issue(TEA, 1)
    await issue('104', 1)
    expect((await rowsOf('12-104-1-1')).map(({ product }) => product)).toEqual(['104'])
    const said = await desk.done('export', '--rows', 'ndjson', '-o', 'rows.ndjson')
    expect(said).toBe('2 rows. Wrote rows.ndjson\n')
    const [line] = readFileSync(desk.path('rows.ndjson'), 'utf8').split('\n')
    expect(JSON.parse(line!)).toMatchObject({ format: 'veristamp-rows-1', stage: 'printed' })
  })

  it('tells void runs as revoked', async () => {
    await issue(TEA, 1)
    await desk.done('--yes', 'runs', 'void', `12-${TEA}-1-1`)
    expect((await rowsOf()).map(({ stage }) => stage)).toEqual(['printed', 'revoked'])
  })

  it('says what stays empty where the registry is elsewhere', async () => {
    await issue(TEA, 1)
    rmSync(desk.path('registry'), { recursive: true })
    const { exit, err } = await desk.say('--lang', 'vi', 'export', '--rows', 'csv', '-o', 'rows.csv')
    expect([exit, err]).toEqual([0, expect.stringContaining('thiếu thư mục registry/')])
  })

  it.each([
    [['--epcis'], /two kinds of files/],
    [['--ended', 'destroying'], /--ended: only for events/],
    [['--lines'], /--lines: only for events/],
    [['--offset', '7'], /--offset: expected an offset/],
    [['--read-point', '123'], /--read-point: expected a GLN/],
    [['--shipped', 'none.csv'], /none\.csv/],
    [['--shipped', 'strange.csv'], /product 9 is not in the trust list’s catalogue/],
    [['no-such-run'], /there is no run/],
  ])('refuses %j', async (options, said) => {
    write('strange.csv', `product,serial,to,time\n9,1,${BUYER},2026-03-02 08:00\n`)
    const { exit, err } = await desk.say('export', '--rows', 'csv', '-o', 'rows.csv', ...options)
    expect([exit, err]).toEqual([2, expect.stringMatching(said)])
  })
})
