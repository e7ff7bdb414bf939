import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TEST_TEXT } from '../../src/print/sheet/roll.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** Labels and the print shop, from the command line. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const RUN = '12-104-1-1'
const issue = (...more: string[]) => desk.done('issue', '--product', '104', ...more)
const recordOf = (run = RUN) => {
  const text = readFileSync(desk.path('runs', `${run}.json`), 'utf8')
  return JSON.parse(text.slice(text.indexOf('\n') + 1))
}
const configure = (labels: object) => {
  const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
  writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, labels }))
}
const LOGO = '<svg viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'

describe('labels', () => {
  it('speak the registry’s language, not the printer’s, unless they are asked otherwise', async () => {
    await issue('--count', '2', '--lang', 'en')
    expect(recordOf().sheet).toMatchObject({ design: 2, language: 'vi', template: 'classic', footer: true })
    configure({ language: 'en', template: 'minimal' })
    await issue('--count', '2', '--lang', 'vi')
    expect(recordOf('12-104-1-2').sheet).toMatchObject({ language: 'en', template: 'minimal' })
    await issue('--count', '2', '--label-lang', 'vi', '--template', 'classic', '--no-footer')
    expect(recordOf('12-104-1-3').sheet).toMatchObject({ language: 'vi', template: 'classic' })
    expect(recordOf('12-104-1-3').sheet.footer).toBeUndefined()
  })

  it('bear the authority’s logo, which the record keeps: the file may go', async () => {
    writeFileSync(desk.path('logo.svg'), LOGO)
    configure({ template: 'logo', logo: 'logo.svg' })
    await issue('--count', '2')
    expect(recordOf().sheet.logo).toEqual({
      width: 20,
      height: 10,
      shapes: [{ path: 'M0 0L20 0L20 10L0 10Z' }],
    })
    writeFileSync(desk.path('logo.svg'), 'other')
    const before = readFileSync(desk.path('runs', RUN, 'sheets.pdf'))
    await desk.done('sheet', RUN, '-o', 'again.pdf')
    expect(readFileSync(desk.path('again.pdf')).equals(before)).toBe(true)
    const bad = await desk.say('issue', '--product', '104', '--count', '2')
    expect([bad.exit, bad.err]).toEqual([2, expect.stringContaining('can’t be printed as a logo')])
    configure({ template: 'logo' })
    expect((await desk.say('preview', '--product', '104', '-o', 'x.png')).err).toContain('needs a logo')
    configure({ language: 'fr' })
    expect((await desk.say('runs')).err).toContain('labels.language: expected one of vi, en')
    configure({ logo: '../logo.svg' })
    expect((await desk.say('runs')).err).toContain('labels.logo: expected a file in the project’s folder')
  })

  it('say what they have no room for before any serial is taken', async () => {
    const { exit, err } = await desk.say('issue', '--product', '104', '--count', '0', '--stock', 'a4-65')
    expect(exit).toBe(2)
    expect(err).not.toContain('no room')
    const asked = await desk.say(
      '--json',
      'preview',
      '--product',
      '104',
      '--stock',
      'a4-65',
      '--sealed',
      '-o',
      'x.png',
    )
    expect(JSON.parse(asked.out).warnings).toEqual([
      expect.stringContaining('no room for the name of the facility'),
    ])
    let reserved = true
    desk.onErr = (text) => {
      if (text.includes('no room')) reserved = existsSync(desk.path('runs', `${RUN}.json`))
    }
    await desk.done(
      'issue',
      '--product',
      '104',
      '--count',
      '2',
      '--stock',
      'a4-65',
      '--symbol',
      '9',
      '--lot',
      'L',
      '--made',
      '2026-01-01',
      '--expires',
      '2027-01-01',
    )
    expect(reserved).toBe(false)
  })
})

describe('a preview', () => {
  it.each(['label.jpg', 'label.webp', 'label.png.txt'])(
    'is not written under a name that promises something else, such as %s',
    async (name) => {
      const said = await desk.say('preview', '--product', '104', '-o', name)
      expect(said.err).toContain(`${name}: name a file that ends in .png, .svg or .pdf`)
    },
  )

  it('is a picture of one label, reserves nothing, and its code is not a stamp', async () => {
    for (const [file, begins] of [
      ['label.png', '\u0089PNG'],
      ['label.svg', '<svg'],
      ['label.pdf', '%PDF-1.7'],
    ] as const) {
      expect(await desk.done('preview', '--product', '104', '--expires', '2027-01-01', '-o', file)).toContain(
        'no stamp',
      )
      expect(readFileSync(desk.path(file), 'latin1').startsWith(begins)).toBe(true)
    }
    expect(existsSync(desk.path('runs'))).toBe(false)
    const { out, exit } = await desk.say('--json', 'verify', '--file', 'label.png')
    expect([exit, JSON.parse(out.split('\n')[0]!)]).toEqual([
      1,
      expect.objectContaining({ status: 'invalid', reason: 'malformed' }),
    ])
    expect((await desk.say('--json', 'verify', TEST_TEXT)).out).toContain('"malformed"')
  })
})

describe('a run on rolls', () => {
  it('is cut by labels, and each roll is numbered', async () => {
    await issue('--count', '40', '--stock', 'roll-35x22x3', '--dpi', '300', '--labels-per-roll', '15')
    expect(recordOf().sheet).toMatchObject({ volume: 5, roll: true })
    const files = readdirSync(desk.path('runs', RUN)).filter((name) => name.endsWith('.pdf'))
    expect(files.sort()).toEqual(['sheets-1.pdf', 'sheets-2.pdf', 'sheets-3.pdf'])
    const pages = files.map(
      (name) => readFileSync(desk.path('runs', RUN, name), 'latin1').match(/\/Type \/Page\n/g)!.length,
    )
    // Two pages begin each roll.
    expect(pages).toEqual([7, 7, 6])
    expect(await desk.done('verify-run', RUN)).toContain('40 codes, all signatures good')
    await desk.done('--yes', 'sheet', RUN, '--roll', '2', '-o', 'roll.pdf')
    expect(
      readFileSync(desk.path('roll.pdf')).equals(readFileSync(desk.path('runs', RUN, 'sheets-2.pdf'))),
    ).toBe(true)
    expect((await desk.say('sheet', RUN, '--roll', '4', '-o', 'x.pdf')).err).toContain('the run has 3')
  })

  it('goes to label printers as ZPL and TSPL, a row each', async () => {
    await issue('--count', '4', '--stock', 'roll-35x22x3', '--dpi', '203')
    await desk.done('sheet', RUN, '--format', 'zpl', '--after', 'cut', '-o', 'labels.zpl')
    const zpl = readFileSync(desk.path('labels.zpl'), 'latin1')
    expect(zpl.match(/\^XA\^JZN\^MMC\^PW879\^LL176/g)).toHaveLength(2)
    await desk.done('sheet', RUN, '--format', 'tspl', '--gap', '2.5', '-o', 'labels.tspl')
    expect(
      readFileSync(desk.path('labels.tspl'), 'latin1').match(/GAP 2.5 mm,0 mm\r\nSET REPRINT OFF/g),
    ).toHaveLength(2)
    await issue('--count', '2', '--no-sheets')
    const refused = await desk.say('sheet', '12-104-1-2', '--format', 'tspl', '-o', 'x')
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('--stock roll-35x22x3')])
  })

  it('has its hidden layer in ZPL too', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await issue('--count', '3', '--sealed', '--stock', 'roll-50x30', '--dpi', '300')
    await desk.done('sheet', RUN, '--layer', 'hidden', '--format', 'zpl', '-o', 'hidden.zpl')
    await desk.done('sheet', RUN, '--format', 'zpl', '-o', 'stamps.zpl')
    const [hidden, stamps] = ['hidden.zpl', 'stamps.zpl'].map((file) =>
      readFileSync(desk.path(file), 'latin1'),
    )
    expect(hidden!.match(/\^XA\^JZN/g)).toHaveLength(3)
    expect(hidden!.length).toBeLessThan(stamps!.length / 2)
  })
})

describe('a plate', () => {
  it('has so many labels of the stock’s size, with marks at all of them', async () => {
    await issue('--count', '30', '--stock', 'roll-50x30', '--up', '4x6')
    const { stock, cropMarks } = recordOf().sheet
    expect([stock.columns, stock.rows, stock.labelWidth, cropMarks]).toEqual([4, 6, 50, 'labels'])
    expect((await desk.say('issue', '--product', '104', '--count', '3', '--up', '4')).err).toContain(
      'as in --up 4x6',
    )
  })
})

describe('damaged sheets', () => {
  beforeEach(async () => {
    await issue('--count', '140', '--stock', 'a4-65', '--start', '60')
  })
  const note = () => readFileSync(desk.path('state/reprints.log'), 'utf8')

  it('are printed once more as they were, by page, asked about and noted', async () => {
    expect((await desk.say('sheet', RUN, '--page', '2', '-o', 'x.pdf')).exit).toBe(2)
    expect(existsSync(desk.path('state/reprints.log'))).toBe(false)
    expect(await desk.done('--yes', 'sheet', RUN, '--page', '2', '-o', 'page.pdf')).toContain('labels 7-71')
    expect(note()).toContain('"first":7,"last":71,"layer":"stamp"')
    const pages = readFileSync(desk.path('page.pdf'), 'latin1').match(/\/Type \/Page\n/g)
    expect(pages).toHaveLength(1)
    expect((await desk.say('--yes', 'sheet', RUN, '--page', '5', '-o', 'x.pdf')).err).toContain(
      'the run has 4',
    )
  })

  it('are printed once more by serials, none of another run and none that was revoked', async () => {
    await desk.done('--yes', 'sheet', RUN, '--serials', '41-43,50', '--format', 'csv', '-o', 'some.csv')
    const lines = readFileSync(desk.path('some.csv'), 'utf8').split('\r\n').slice(1, -1)
    expect(lines.map((line) => Number(/^"(\d+)"/.exec(line)![1]))).toEqual([41, 42, 43, 50])
    expect(lines[0]).toContain(codesOf(desk, RUN)[40])
    expect(note().trim().split('\n')).toHaveLength(2)
    expect((await desk.say('--yes', 'sheet', RUN, '--serials', '139-141', '-o', 'x.pdf')).err).toContain(
      '1 to 140 alone',
    )
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '42', '--reason', 'stolen')
    const refused = await desk.say('--yes', 'sheet', RUN, '--serials', '41-43', '-o', 'x.pdf')
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('serial 42 is revoked')])
    expect((await desk.say('sheet', RUN, '--serials', '1', '--page', '1', '-o', 'x.pdf')).err).toContain(
      'one of',
    )
  })
})

describe('what goes with a batch', () => {
  it('is a page with its serials, digests, who got it, what was printed again', async () => {
    await issue('--count', '20')
    await desk.done('--yes', 'release', RUN, '--to', 'Chợ Hạ Long', '--serials', '1-9')
    await desk.done('--yes', 'sheet', RUN, '--serials', '4', '-o', 'x.pdf')
    for (const lang of ['vi', 'en']) {
      await desk.done('--lang', lang, '--force', 'cover', RUN)
      const pdf = readFileSync(desk.path('runs', RUN, 'cover.pdf'), 'latin1')
      expect(pdf).toMatch(/^%PDF-1\.7/)
      expect(pdf).toContain(`/Lang (${lang})`)
    }
    writeFileSync(desk.path('runs', RUN, 'codes.csv'), 'other')
    expect((await desk.say('cover', RUN, '-o', 'cover.pdf')).exit).toBe(1)
  })

  it('is a table for the shop’s program: names, lot, days, and a picture of each symbol', async () => {
    await issue('--count', '3', '--lot', 'L-7', '--expires', '2027-01-31')
    await desk.done('sheet', RUN, '--format', 'table', '--symbols', 'symbols', '-o', 'data.csv')
    const [heading, first] = readFileSync(desk.path('data.csv'), 'utf8').split('\r\n')
    expect(heading).toBe('\ufeff"serial","code","product","facility","stars","lot","made","expires","symbol"')
    expect(first).toContain('"Chè xanh Đường Hoa thượng hạng"')
    expect(first).toMatch(/"L-7","","2027-01-31","symbols\/12-104-1-1-1\.png"$/)
    expect(readdirSync(desk.path('symbols'))).toHaveLength(3)
    await desk.done('list')
    await desk.done('verify', '--file', 'symbols/12-104-1-1-2.png')
    const again = await desk.say(
      '--force',
      'sheet',
      RUN,
      '--format',
      'table',
      '--symbols',
      'keys',
      '-o',
      'data.csv',
    )
    expect([again.exit, again.err]).toEqual([2, expect.stringContaining('belongs to the project')])
    expect((await desk.say('sheet', RUN, '--symbols', 's', '-o', 'x.pdf')).err).toContain('--format table')
  })
})
