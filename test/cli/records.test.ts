import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'
import { BUYER, foundTea, TEA } from './tea.ts'

/** What an authority can show: runs, who got which stamps, every serial's state, and how the project stands. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const issue = (product: number, count: number, ...more: string[]) =>
  desk.done('issue', '--product', String(product), '--count', String(count), '--no-sheets', ...more)
const release = (...words: string[]) => desk.done('--yes', 'release', ...words)
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const refused = async (why: RegExp, ...words: string[]) => {
  const { exit, err } = await desk.say('--yes', ...words)
  expect([exit, err]).toEqual([2, expect.stringMatching(why)])
  expect(err).toMatch(/\nNext: ./)
}

const canRead = spawnSync('pdftotext', ['-v']).error === undefined

describe('runs', () => {
  beforeEach(() => foundProject(desk))

  it('say their product, day, lot, key, counts and what became of them', async () => {
    await issue(104, 10, '--lot', 'L1')
    await issue(104, 5)
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '3', '--reason', 'lost')
    await desk.done('--yes', 'runs', 'void', '12-104-1-2')
    const lines = (await desk.done('runs')).split('\n')
    expect(lines[0]).toMatch(
      /^12-104-1-1 {2}serials 1 to 10 {2}partly revoked {2}2026-03-01 {2}10 stamps of 104 .* {2}lot L1 {2}key id 1 {2}1 revoked$/,
    )
    expect(lines[1]).toMatch(/^12-104-1-2 {2}serials 11 to 15 {2}void /)
    expect(JSON.parse((await desk.done('--json', 'runs')).split('\n')[0]!)).toMatchObject({
      ...{ run: '12-104-1-1', facility: 12, product: 104, count: 10, lot: 'L1', keyId: 1, revoked: 1 },
    })
  })
})

describe('release', () => {
  beforeEach(() => foundProject(desk))

  it('notes who got which serials, once, and asks first', async () => {
    await issue(104, 10)
    await desk.done('list')
    const { exit, err } = await desk.say('release', '12-104-1-1', '--to', 'Hợp tác xã Trà')
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining('Hợp tác xã Trà got 10 stamps of run 12-104-1-1'),
    ])
    expect(await release('12-104-1-1', '--to', 'Hợp tác xã Trà', '--serials', '1-3,7')).toBe(
      'Released to Hợp tác xã Trà: 4 stamps of run 12-104-1-1, serials 1-3,7.\n',
    )
    await refused(
      /serials 1 to 3 of run 12-104-1-1 went to Hợp tác xã Trà on 2026-03-01/,
      ...['release', '12-104-1-1', '--to', 'B', '--serials', '2'],
    )
    expect(await desk.done('runs')).toContain('partly released')
    expect(await release('12-104-1-1', '--to', 'B')).toContain(
      '6 stamps of run 12-104-1-1, serials 4-6,8-10.',
    )
    await refused(/went to/, 'release', '12-104-1-1', '--to', 'C')
    expect(await desk.done('runs')).toMatch(/ released {2}/)
  })

  it.each([
    [['12-104-1-1', '--to', 'A', '--serials', '99'], /serial 99 is not of run/],
    [['12-104-1-1', '--to', 'A', '--serials', '2'], /serial 2 is revoked/],
    [['12-104-1-1', '--to', ' '], /--to takes a name/],
    [['12-104-1-1', '--to', 'A', '--gln', '8935000000022'], /is no GLN|check digit/],
    [['12-104-1-1', '--to', 'A', '--on', '2027-01-01'], /is no day or time up to now/],
    [['12-104-1-1', '--to', 'A', '--document', 'note 7'], /is no URI/],
    [['12-104-1-9', '--to', 'A'], /there is no run/],
    [['12-104-1-2', '--to', 'A'], /was declared void/],
    [['12-104-1-3', '--to', 'A'], /above the watermark/],
  ])('of %j is refused', async (words, why) => {
    await issue(104, 5)
    await issue(104, 5)
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '2', '--reason', 'lost')
    await desk.done('list')
    await desk.done('--yes', 'runs', 'void', '12-104-1-2')
    await desk.done('list', '--raise', '12:104:20')
    await issue(104, 5)
    // As if the printer’s list were the older one.
    for (const name of ['revocation-3', 'delta-2-3']) rmSync(desk.path(`lists/${name}.cbor`))
    rmSync(desk.path('state/seen'), { recursive: true, force: true })
    await refused(why, 'release', ...words)
  })
})

describe('release --undo', () => {
  it('takes the last release of a run back, or the last one to somebody, and both stay on record', async () => {
    await foundProject(desk)
    await issue(104, 10)
    await desk.done('list')
    await release('12-104-1-1', '--to', 'A', '--serials', '1-3,5')
    await release('12-104-1-1', '--to', 'B', '--serials', '7')
    const asked = await desk.say('release', '12-104-1-1', '--undo', '--to', 'A')
    expect([asked.exit, asked.err]).toEqual([
      2,
      expect.stringContaining(
        'takes back that A got 4 stamps of run 12-104-1-1 on 2026-03-01: serials 1-3,5',
      ),
    ])
    expect(await release('12-104-1-1', '--undo', '--to', 'A')).toContain('serials 1-3,5, are here again')
    expect(await desk.done('runs')).toContain('1 released')
    await refused(/nothing of run 12-104-1-1 was released/, 'release', '12-104-1-1', '--undo', '--to', 'A')
    await refused(/goes with --to alone/, 'release', '12-104-1-1', '--undo', '--serials', '7')
    await refused(/who gets the stamps\?/, 'release', '12-104-1-1')
    expect(await release('12-104-1-1', '--undo')).toContain('serials 7, are here again')
    expect(await release('12-104-1-1', '--to', 'C')).toContain('10 stamps')
    expect(readFileSync(desk.path('state/releases.log'), 'utf8').match(/"to":"A"/g)).toHaveLength(2)
    // Who never had them is not recalled from.
    expect((await desk.say('revoke', '--released-to', 'A', '--reason', 'recalled')).err).toContain(
      'no run or release of this project fits',
    )
    expect(await desk.done('audit')).toMatch(/^12,104,.*,1,10,10,released,.*,C,good\r$/m)
  })

  it('is told to other systems: the event stays, and is declared a mistake', async () => {
    await foundTea(desk)
    await issue(Number(TEA), 6)
    const run = `12-${TEA}-1-1`
    const events = async () =>
      (await desk.done('export', '--epcis', '--lines'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    await release(run, '--to', BUYER, '--serials', '1-4')
    const before = await events()
    desk.now = later(1)
    await release(run, '--undo')
    // The same again, at the very moment of the one that was a mistake.
    await release(run, '--to', BUYER, '--on', '2026-03-01T15:00:00', '--serials', '1-2')
    const after = await events()
    const shipped = after.filter(({ bizStep }) => bizStep === 'shipping')
    expect(shipped.map(({ epcList, errorDeclaration }) => [epcList.length, errorDeclaration])).toEqual([
      [4, undefined],
      [4, { declarationTime: '2026-03-02T08:00:00.000Z', reason: 'did_not_occur' }],
      [2, undefined],
    ])
    expect(shipped[1]).toEqual({ ...shipped[0], errorDeclaration: expect.anything() })
    for (const event of before) expect(after).toContainEqual(event)
    // Portals ask what is so now.
    const rows = await desk.done('export', '--rows', 'csv')
    expect(rows.match(/"?shipped"?,/g)).toHaveLength(2)
  })
})

describe('what was released', () => {
  it('is told to other systems, if who got it has a GLN', async () => {
    await foundTea(desk)
    await issue(Number(TEA), 6)
    await issue(104, 4)
    await release(`12-${TEA}-1-1`, '--to', 'Chợ Hạ Long', '--gln', BUYER, '--serials', '1-4')
    const first = await desk.done('export', '--epcis', '--lines')
    await release(`12-${TEA}-1-1`, '--to', BUYER)
    await release('12-104-1-1', '--to', 'Chợ', '--gln', BUYER)
    await desk.done('list')
    const events = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    const before = events(first)
    const after = events(await desk.done('export', '--epcis', '--lines'))
    const shipped = after.filter(({ bizStep }) => bizStep === 'shipping')
    expect(shipped.map(({ epcList }) => epcList.length)).toEqual([4, 2])
    expect(shipped[0].destinationList[0].destination).toContain('893500000002')
    // What was told before stays as it was.
    for (const { eventID } of before) expect(after.map((event) => event.eventID)).toContain(eventID)
  })
})

describe('audit', () => {
  beforeEach(() => foundProject(desk))

  it('says every serial’s state, by range, and finds what does not match', async () => {
    await issue(104, 10, '--lot', 'L1')
    await issue(104, 5)
    await issue(105, 3)
    await desk.done('list')
    await release('12-104-1-1', '--to', '=HTX "Trà"', '--serials', '1-4')
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '3,99', '--reason', 'lost')
    await desk.done('--yes', 'runs', 'void', '12-104-1-2')
    const out = await desk.done('audit', '-o', 'audit.csv')
    expect(out).toContain('9 printed, 3 released, 0 reserved, 5 void, 2 revoked.')
    const table = readFileSync(desk.path('audit.csv'), 'utf8').slice(1).trim().split('\r\n')
    const cells = table.map((line) =>
      line
        .split(',')
        .filter((_, i) => [1, 3, 4, 5, 6].includes(i))
        .join(' '),
    )
    expect(cells).toEqual([
      'product first last count state',
      '104 1 2 2 released',
      '104 3 3 1 revoked',
      '104 4 4 1 released',
      '104 5 10 6 printed',
      '104 11 15 5 void',
      '104 99 99 1 revoked',
      '105 1 3 3 printed',
    ])
    // Who has a stamp that was revoked is to be told.
    expect(table[2]).toContain(',lost," =HTX ""Trà"""')
    expect(table[1]).toContain('," =HTX ""Trà""",good')
    // Every serial of every run stands there once.
    writeFileSync(desk.path('runs/12-105-1-1/codes.csv'), 'x')
    const { exit, err } = await desk.say('audit', '-o', 'again.csv')
    expect([exit, err]).toEqual([1, expect.stringContaining('the files of run 12-105-1-1')])
    expect(readFileSync(desk.path('again.csv'), 'utf8')).toMatch(/^12,105,.*,codes\r$/m)
  })

  it.skipIf(!canRead)(
    'is a PDF for an auditor too: readable, with its fonts, and every page numbered',
    async () => {
      for (let i = 0; i < 3; i++) await issue(104, 40, '--lot', `L${i}`)
      await desk.done('list')
      const odd = Array.from({ length: 20 }, (_, i) => 2 * i + 1).join()
      await desk.done('--yes', 'revoke', '--product', '104', '--serials', odd, '--reason', 'lost')
      await release('12-104-1-2', '--to', 'HTX Trà hoa vàng 漢', '--serials', '41-50')
      const read = async (...words: string[]) => {
        await desk.done('--force', ...words, 'audit', '-o', 'audit.pdf')
        return execFileSync('pdftotext', ['-layout', desk.path('audit.pdf'), '-'], { encoding: 'utf8' })
      }
      const text = await read()
      expect(text).toContain('Audit of all serials: quang-ninh.example')
      expect(text).toMatch(/3 of 3 runs are in order/)
      expect(text).toMatch(/All +90 +10 +0 +0 +20 +120/)
      expect(text).toMatch(
        /^41 – 50 +10 +released +2026-03-01 +12-104-1-2 +1 +L1 +HTX Trà hoa vàng \? +in order$/m,
      )
      for (let i = 1; i < 40; i += 2) expect(text).toMatch(new RegExp(`^${i} +1 +revoked .* lost `, 'm'))
      const pages = text.split('\f').slice(0, -1)
      expect(pages.length).toBeGreaterThan(1)
      for (const [i, page] of pages.entries()) expect(page).toContain(`page ${i + 1} of ${pages.length}`)
      // Each range once, whatever page it came to.
      expect(text.match(/ (revoked|printed|released) +2026/g)).toHaveLength(20 + 20 + 3)
      const fonts = execFileSync('pdffonts', [desk.path('audit.pdf')], { encoding: 'utf8' })
        .split('\n')
        .slice(2, -1)
      expect(fonts.every((line) => / yes +yes +yes /.test(line))).toBe(true)
      rmSync(desk.path('runs/12-104-1-3/codes.csv'))
      expect((await desk.say('audit', '-o', 'bad.pdf')).exit).toBe(1)
      const bad = execFileSync('pdftotext', [desk.path('bad.pdf'), '-'], { encoding: 'utf8' })
      expect(bad).toContain('the files of run 12-104-1-3 are not what its manifest signs for')
    },
  )
})

describe('status', () => {
  beforeEach(() => foundProject(desk))

  it('says what to do next, and its exit code tells a timer', async () => {
    expect(await desk.say('status')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('- now: sign the first'),
    })
    await desk.done('list')
    expect(await desk.done('status')).toMatch(
      /^Authority quang-ninh.example\nTrust list 1, good until 2026-05-30 \(90 days left\)\nRevocation list 1, .*\nissuer: .*signs\n(.|\n)*Scanners: 0\nNothing to do.\n$/,
    )
    await issue(104, 10)
    const behind = await desk.say('status')
    expect([behind.exit, behind.out]).toEqual([3, expect.stringContaining('1 watermark is behind the runs')])
    await desk.done('list')
    expect((await desk.say('status')).exit).toBe(0)
    desk.now = later(8)
    const soon = await desk.say('status')
    expect([soon.exit, soon.out]).toEqual([3, expect.stringContaining('revocation list 2 ends in 6 days')])
    expect(soon.err, 'it warns of nothing that it says anyway').toBe('')
    desk.now = later(15)
    const ended = await desk.say('status')
    expect([ended.exit, ended.out]).toEqual([
      1,
      expect.stringContaining('revocation list 2 ended on 2026-03-15'),
    ])
    expect(JSON.parse((await desk.say('--json', 'status')).out)).toMatchObject({
      authority: 'quang-ninh.example',
      lists: [
        { kind: 'trust', sequence: 1, days: 75 },
        { kind: 'revocation', days: 0 },
      ],
      duties: [{ when: 'now' }],
    })
  })

  it('names runs that are unfinished, and drafts that wait for signatures', async () => {
    await desk.done('list')
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    await desk.say('issue', '--product', '104', '--count', '5000', '--no-sheets')
    desk.onErr = () => {}
    rmSync(desk.path('keys/root.pem'))
    await desk.say('trust', 'build')
    const { out } = await desk.say('--lang', 'vi', 'status')
    expect(out).toContain('đợt 12-104-1-1 chưa xong: veristamp issue --resume 12-104-1-1')
    expect(out).toContain('lists/trust-2.draft.cbor còn thiếu chữ ký')
  })
})

describe('every command', () => {
  beforeEach(() => foundProject(desk))

  it('warns 30, 7 and 1 days before the trust list ends, and once it has ended', async () => {
    await desk.done('list')
    const warned = async (days: number) => {
      desk.now = later(days)
      return (await desk.say('runs')).err.split('\n').filter((line) => line.includes('trust list'))
    }
    expect(await warned(59)).toEqual([])
    expect(await warned(61)).toEqual([expect.stringContaining('ends in 29 days, on 2026-05-30')])
    expect(await warned(84)).toEqual([expect.stringContaining('ends in 6 days')])
    expect(await warned(89.5)).toEqual([expect.stringContaining('ends within a day')])
    expect(await warned(91)).toEqual([expect.stringContaining('expired on 2026-05-30')])
  })

  it('is not needed to hear of it: every other command of the project warns too', async () => {
    await issue(104, 3)
    await desk.done('list')
    desk.now = later(83)
    const run = '12-104-1-1'
    for (const line of [
      ...[
        'runs',
        `verify-run ${run}`,
        'issuer list',
        'scanner list',
        'trust show',
        'trust pins',
        'audit',
        'export',
      ],
      ...[
        'registry check',
        `sheet ${run} --format csv -o x.csv`,
        'inspect lists/trust-1.cbor',
        'publish web',
      ],
      ...['lists import lists/trust-1.cbor', 'keygen other --no-encrypt', `release ${run} --to A`, 'list'],
      ...[
        'revoke --product 104 --serials 3 --reason lost',
        `replace ${run} --serials 2`,
        `backup ${desk.folder}-b`,
      ],
    ]) {
      const { err } = await desk.say('--yes', ...line.split(' '))
      expect(err, line).toContain('the trust list ends in 7 days, on 2026-05-30')
    }
    rmSync(`${desk.folder}-b`, { recursive: true })
  })

  it('warns before an issuer key ends, and its stamps with it', async () => {
    desk.now = later(1800)
    await desk.done('--yes', 'trust', 'build')
    await desk.done('list')
    expect((await desk.say('runs')).err).toContain(
      'the key of quang-ninh.example is accepted until 2031-02-28, and so are its stamps',
    )
  })

  it('that signs a revocation list says where it outlives the trust list', async () => {
    desk.now = later(80)
    expect((await desk.say('list')).err).toContain('kiosks need a newer one before that day')
  })
})

describe('a run under way', () => {
  beforeEach(() => foundProject(desk))

  it('stops when its key is revoked meanwhile', async () => {
    let work: Promise<unknown> | undefined
    desk.onErr = (text) => {
      if (!text.includes('"done":2048') || work !== undefined) return
      work = desk.say('--yes', 'revoke', '--key', 'issuer', '--wholly', '--reason', 'key-compromise')
    }
    const { exit, err } = await desk.say('issue', '--product', '104', '--count', '19000', '--no-sheets')
    await work
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining('was revoked on 2026-03-01 (the key fell into the wrong hands)'),
    ])
    expect(err).toContain('veristamp runs void 12-104-1-1')
    expect(await desk.done('runs')).toContain('12-104-1-1  serials 1 to 19000  revoked')
  })
})
