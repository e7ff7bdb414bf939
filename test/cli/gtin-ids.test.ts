import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.ts'

/** `init --ids`: a registry whose products have their GTIN as their id. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const HEADER = 'id,facility,name,gtin,stars,image'
const SMALL = `${HEADER},Xuất xứ\n1,1,Chả mực,,4,,Hạ Long\n2,1,Chả cá,9521001000024,4,,\n9521001000017,1,Tôm,,,,Vân Đồn\n`
const init = (...rest: string[]) =>
  desk.say('init', 'x', '--facilities', 'facilities.csv', '--products', 'products.csv', ...rest)
const products = () => readFileSync(desk.path('registry', 'products.csv'), 'utf8')
const write = (file: string, text: string) => writeFileSync(desk.path(file), text)

describe('init --ids', () => {
  it('takes GTINs from the registry, says what changes, and leaves the facilities as they are', async () => {
    const { exit, out } = await init('--ids', 'gtin')
    expect([exit, out]).toEqual([
      0,
      expect.stringMatching(
        /^164 products get their GTIN as their id:\n {2}1 → 9521001000017 {2}Chả mực giã tay Hạ Long\n.*\n {2}and 144 more\n/s,
      ),
    ])
    expect(products().split('\n')[1]).toMatch(/^9521001000017,1,Chả mực giã tay Hạ Long,9521001000017,5,/)
    expect(readFileSync(desk.path('registry', 'facilities.csv'))).toEqual(
      readFileSync(desk.path('facilities.csv')),
    )
  })

  it('prints a stamp as a GS1 link with such a registry, which a small id can’t', async () => {
    await init('--ids', 'gtin')
    const config = desk.path('veristamp.json')
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace('"prefixes": []', '"prefixes": ["HTTPS://TEM.EXAMPLE/"]'),
    )
    await desk.done('keygen', '--no-encrypt')
    await desk.done('trust', 'build')
    const gs1 = ['--carrier', 'gs1', '--prefix', 'HTTPS://TEM.EXAMPLE/', '--count', '1', '--no-sheets']
    await desk.done('issue', '--product', '09521012000068', ...gs1)
    const wrong = await desk.say('issue', '--product', '9521012000069', ...gs1)
    expect([wrong.exit, wrong.err]).toEqual([
      2,
      expect.stringContaining('9521012000069 is no GTIN either: its check digit should be 8'),
    ])
  })

  it('takes GTINs from a table, and asks about products that have none', async () => {
    write('products.csv', SMALL)
    write('gtins.csv', 'Mã vạch,Mã\n8935000000120,1\n')
    const good = await init('--ids', 'gtin', '--gtins', 'gtins.csv')
    expect(good.exit).toBe(0)
    expect(products()).toBe(
      `${HEADER},origin\n8935000000120,1,Chả mực,8935000000120,4,,Hạ Long\n` +
        '9521001000024,1,Chả cá,9521001000024,4,,\n9521001000017,1,Tôm,,,,Vân Đồn\n',
    )
    const asked = await desk.say(
      ...['--dir', 'other', 'init', 'x', '--facilities', 'facilities.csv', '--products', 'products.csv'],
      ...['--ids', 'gtin'],
    )
    expect([asked.exit, asked.err]).toEqual([
      2,
      expect.stringContaining('One product has no GTIN and keeps its small id for good: 1 (Chả mực).'),
    ])
    expect(existsSync(desk.path('other'))).toBe(false)
  })

  it('invents GTINs only where that is asked for, and says that they are for trying out', async () => {
    write('products.csv', SMALL)
    const { exit, err } = await init('--ids', 'demo')
    expect([exit, err]).toEqual([0, expect.stringContaining('GS1 keeps for demonstrations (952…)')])
    expect(products().split('\n')[1]).toBe('9529999000019,1,Chả mực,9529999000019,4,,Hạ Long')
    expect(products()).toContain('\n9521001000024,1,Chả cá')
  })

  it('tells each new id with --json', async () => {
    write('products.csv', SMALL)
    const { out } = await init('--json', '--yes', '--ids', 'gtin')
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.at(-1)).toMatchObject({ newIds: [{ was: 2, id: 9521001000024, name: 'Chả cá' }] })
  })

  it.each([
    ['id,gtin\n1,8935000000121\n', /gtins\.csv line 2, column gtin: The check digit/],
    ['id,gtin\n1,8935000000120\n1,8935000000137\n', /gtins\.csv line 3, column id: Line 2 has this id/],
    ['id,gtin\n1,8935000000120\n2,08935000000120\n', /Line 2 has this GTIN already/],
    ['id,gtin\n1,\n', /Every row needs a value for gtin/],
    ['id;name\n1;x\n', /no column named gtin/],
    ['id,gtin\n9,8935000000120\n', /gtins\.csv has a GTIN for product 9, which is not in the registry/],
    ['id,gtin\n2,8935000000120\n', /says GTIN 8935000000120 for Chả cá, and the registry says 9521001000024/],
    ['id,gtin\n1,9521001000017\n', /GTIN 9521001000017 belongs to Chả mực and to Tôm/],
    ['id,gtin\n1,9521001000024\n', /GTIN 9521001000024 belongs to Chả mực and to Chả cá/],
  ])('refuses the table %j', async (table, said) => {
    write('products.csv', SMALL)
    write('gtins.csv', table)
    for (const lang of ['en', 'vi']) {
      const { exit, out, err } = await init('--lang', lang, '--ids', 'gtin', '--gtins', 'gtins.csv')
      expect(exit).toBe(2)
      if (lang === 'en') expect(out + err).toMatch(said)
      else expect(out + err).not.toMatch(said)
    }
    expect(existsSync(desk.path('veristamp.json'))).toBe(false)
  })

  it('refuses a table of GTINs that is for nothing', async () => {
    write('gtins.csv', 'id,gtin\n1,8935000000120\n')
    const { exit, err } = await init('--gtins', 'gtins.csv')
    expect([exit, err]).toEqual([2, expect.stringContaining('add --ids gtin')])
  })

  it('keeps a GTIN that is too small to be an id, of 8 digits', async () => {
    write('products.csv', `${HEADER}\n7,1,Na,00012348,,\n`)
    const { exit, err } = await init('--ids', 'gtin')
    expect([exit, err]).toEqual([2, expect.stringContaining('7 (Na)')])
  })
})

describe('a scope in veristamp.json', () => {
  const scope = (...ranges: unknown[]) => {
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    config.issuers[0].scope = ranges
    write('veristamp.json', JSON.stringify(config))
  }
  beforeEach(async () => {
    await init('--ids', 'gtin')
    await desk.done('keygen', '--no-encrypt')
  })

  it('takes a whole GTIN with its zeros', async () => {
    scope({ facility: 12, product: '09521012000068' })
    await desk.done('trust', 'build')
    await desk.done('issue', '--product', '9521012000068', '--count', '1', '--no-sheets')
    const other = await desk.say('issue', '--product', '9521012000075', '--count', '1', '--no-sheets')
    expect(other.exit).toBe(2)
  })

  it.each([
    [{ facility: 12, product: '09521012000069' }, /scope\[0\]\.product: The check digit/],
    [{ facility: '9521012000007', product: 1 }, /scope\[0\]\.facility: The check digit/],
    [{ facility: 12, product: 'x' }, /scope\[0\]\.product: Write only the digits/],
    [null, /scope\[0\]: expected/],
  ])('refuses %j', async (range, said) => {
    scope(range)
    const { exit, err } = await desk.say('trust', 'build')
    expect([exit, err]).toEqual([2, expect.stringMatching(said)])
  })

  it.each([
    [
      { facility: 12, product: 9521012000069 },
      /9521012000069 is no GTIN either: its check digit should be 8/,
    ],
    [{ facility: 12, product: 104 }, /product 104 is not in/],
    [{ facility: 99 }, /facility 99 is not in the registry/],
  ])('warns of %j, which nobody has', async (range, said) => {
    scope(range, { facility: 1 })
    const { exit, err } = await desk.say('trust', 'build')
    expect([exit, err]).toEqual([0, expect.stringMatching(said)])
  })
})
