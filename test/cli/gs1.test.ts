import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, openDesk } from './desk.ts'

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  writeFileSync(desk.path('facilities.csv'), 'id,name,gln,address\n12,Trà Đồi Sương,,\n')
  // The first product has its GTIN for its number.
  writeFileSync(
    desk.path('products.csv'),
    'id,facility,name,gtin,stars,image\n,12,Chè xanh,8935000000120,,\n104,12,Chè đen,8935000000137,,\n',
  )
  const registry = ['--facilities', 'facilities.csv', '--products', 'products.csv']
  await desk.done('--yes', 'init', 'quang-ninh.example', ...registry)
  const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
  const prefixes = ['HTTPS://TEM.EXAMPLE/#', 'HTTPS://TEM.EXAMPLE/2026/', 'HTTPS://TEM.EXAMPLE/']
  writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, prefixes }))
  await desk.done('keygen', '--no-encrypt')
  await desk.done('--yes', 'trust', 'build')
  await desk.done('list', '--raise', '12:8935000000120:100', '--raise', '12:104:100')
})
afterEach(() => desk[Symbol.dispose]())

const issue = (...options: string[]) =>
  desk.say('--yes', 'issue', '--product', '8935000000120', '--count', '3', '--carrier', 'gs1', ...options)

describe('veristamp issue --carrier gs1', () => {
  it('prints links that verify, behind the first prefix that a link can have', async () => {
    const said = await issue('--lot', 'L-7', '--made', '2026-02-20', '--expires', '2027-01-31')
    expect([said.exit, said.err.match(/Error.*/)]).toEqual([0, null])
    const codes = codesOf(desk, '12-8935000000120-1-1')
    expect(codes[0]).toMatch(
      /^HTTPS:\/\/TEM\.EXAMPLE\/01\/08935000000120\/10\/L-7\/21\/1\?11=260220&17=270131&v=\d+$/,
    )
    const out = await desk.done('--json', 'verify', ...codes)
    expect(out.match(/"status":"valid"/g)).toHaveLength(3)
    expect(out).toContain('"carrier":"gs1"')
    expect(await desk.done('verify-run', '12-8935000000120-1-1')).toContain('all signatures good')
    // As a browser shows it.
    const opened = codes[0]!.replace('HTTPS://TEM.EXAMPLE', 'https://tem.example')
    expect(await desk.done('verify', `${opened}&utm_source=zalo`)).toContain('valid')
    expect(await desk.done('inspect', opened)).toContain('gs1')
  })

  it('refuses what no link can say, before serials are taken', async () => {
    const other = await desk.say('--yes', 'issue', '--product', '104', '--count', '1', '--carrier', 'gs1')
    expect([other.exit, other.err]).toEqual([
      2,
      expect.stringMatching(/needs a GTIN.*\nNext: begin a project with veristamp init --ids gtin/),
    ])
    const far = await issue('--expires', '2090-01-01')
    expect([far.exit, far.err]).toEqual([2, expect.stringMatching(/years of two digits/)])
    const key = await issue('--prefix', 'HTTPS://TEM.EXAMPLE/2026/')
    expect([key.exit, key.err]).toEqual([2, expect.stringMatching(/step of two to four digits/)])
    const dots = await issue('--lot', '..')
    expect([dots.exit, dots.err]).toEqual([2, expect.stringMatching(/step of a path/)])
    expect(await desk.done('runs')).not.toContain('serials')
  })

  it.each(['url', 'gs1'])('asks for an address for --carrier %s, in both languages', async (carrier) => {
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, prefixes: [] }))
    await desk.done('--yes', 'trust', 'build')
    const { exit, err } = await issue('--carrier', carrier)
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining(`no address for --carrier ${carrier}\nNext: add "prefixes"`),
    ])
    const { err: vi } = await issue('--carrier', carrier, '--lang', 'vi')
    expect(vi).toContain(`chưa có địa chỉ cho --carrier ${carrier}\nTiếp theo: thêm "prefixes"`)
  })

  it('says in Vietnamese too what an address is', async () => {
    const prefix = await issue('--prefix', 'https://tem.example', '--lang', 'vi')
    expect(prefix.err).toContain('--prefix: cần HTTPS://, tên miền viết hoa')
    const pins = ['trust', 'pins', '--lists', 'http://tem.example/lists']
    expect((await desk.say(...pins, '--lang', 'vi')).err).toContain(
      '--lists: cần địa chỉ https kết thúc bằng /',
    )
    expect((await desk.say(...pins)).err).toContain('--lists: expected an https address that ends in /')
  })

  it('warns of a lot that some web servers refuse', async () => {
    const { exit, err } = await issue('--lot', 'A/7')
    expect([exit, err]).toEqual([0, expect.stringContaining('lot A/7 has a / or a %')])
  })

  it('prints addresses with #, whose digits reach no web server', async () => {
    const said = await desk.say('issue', '--product', '104', '--count', '1', '--carrier', 'url')
    expect(said.exit).toBe(0)
    const [code] = codesOf(desk, '12-104-1-1')
    expect(code).toMatch(/^HTTPS:\/\/TEM\.EXAMPLE\/#\d+$/)
    expect(await desk.done('verify', code!)).toContain('valid')
    expect(await desk.done('verify', code!.replace('HTTPS://TEM.EXAMPLE', 'https://tem.example'))).toContain(
      'valid',
    )
  })
})
