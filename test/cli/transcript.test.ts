import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../src/trust/pins.ts'
import { type Desk, foundProject, NOW, openDesk, codesOf as readCodes } from './desk.ts'

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const codesOf = (run: string) => readCodes(desk, run)

describe('a printer', () => {
  it('gets from a registry to sheets with four commands, and to a kiosk’s lists with two more', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    const said = [
      await desk.done(
        'init',
        'quang-ninh.example',
        '--facilities',
        'facilities.csv',
        '--products',
        'products.csv',
      ),
      await desk.done('keygen'),
      await desk.done('trust', 'build'),
      await desk.done('issue', '--product', '104', '--count', '30'),
      await desk.done('list'),
      await desk.done('trust', 'pins', '-o', 'kiosk.json'),
    ]
    const shown = said.join('').replace(/(?<= )([0-9A-Z]{4}-){3}[0-9A-Z]{4}(?=\n)/, 'FINGERPRINT')
    expect(shown).toBe(`Registry: 23 facilities, 164 products.
Copied the registry to registry/: edit it there
Wrote veristamp.json
Wrote .gitattributes
Wrote .gitignore
Next: veristamp keygen
Made keys/root.pem; public key KEY
Made keys/issuer.pem; public key KEY
Made keys/revocation.pem; public key KEY
Next: veristamp trust build
Signed trust list 1: lists/trust-1.cbor
Next: veristamp issue --product ID --count N
Run 12-104-1-1: serials 1 to 30
Wrote runs/12-104-1-1/codes.csv
Wrote runs/12-104-1-1/sheets.pdf
Wrote runs/12-104-1-1/manifest.cbor
Next: veristamp list
Watermark of product 104 of facility 12, key id 1: 30
Signed revocation list 1, good until 2026-03-15: lists/revocation-1.cbor
Next: veristamp publish FOLDER, or site -o FOLDER, for a web server; or bring lists/trust-1.cbor lists/revocation-1.cbor to every kiosk
Wrote kiosk.json
Fingerprint, for the paper that goes with it: FINGERPRINT
`)
    expect(readFileSync(desk.path('runs/12-104-1-1/sheets.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    expect(statSync(desk.path('keys/root.pem')).mode & 0o777).toBe(0o600)
    expect(await desk.done('verify', '--file', 'runs/12-104-1-1/codes.csv')).toMatch(
      /^30 valid, 0 invalid, 0 indeterminate$/m,
    )
    expect(await desk.done('verify-run', '12-104-1-1')).toBe(
      'Run 12-104-1-1 is whole: 30 codes, all signatures good.\n',
    )
    expect(await desk.done('runs')).toBe(
      '12-104-1-1  serials 1 to 30  finished  2026-03-01  30 stamps of 104 Chè xanh Đường Hoa thượng hạng  key id 1\n',
    )
    expect(JSON.parse(readFileSync(desk.path('kiosk.json'), 'utf8'))).toMatchObject({
      authority: 'quang-ninh.example',
      roots: { threshold: 1 },
    })
  })

  it('is shown the fingerprint that a kiosk asks people to compare', async () => {
    await foundProject(desk)
    const report = JSON.parse((await desk.say('--json', 'trust', 'pins', '-o', 'pins.json')).out)
    const { authority, roots } = JSON.parse(readFileSync(desk.path('pins.json'), 'utf8'))
    const keys = roots.keys.map((key: string) => new Uint8Array(Buffer.from(key, 'hex')))
    expect(JSON.parse(await desk.done('trust', 'pins', '--place', 'Chợ Hạ Long 1')).place).toBe(
      'Chợ Hạ Long 1',
    )
    expect((await desk.say('trust', 'pins', '--place', '')).err).toContain('--place: expected')
    expect(report.fingerprint).toBe(fingerprintOf({ authority, roots: { ...roots, keys } }))
  })

  it('gets there by the commands of the README', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const block = /^```sh\n(npx veristamp init.*?)^```/ms.exec(readme)![1]!
    const commands = block.trim().split('\n')
    expect(commands).toHaveLength(6)
    for (const command of commands) await desk.done(...command.split(' ').slice(2))
    expect(existsSync(desk.path('runs/12-104-1-1/sheets.pdf'))).toBe(true)
    expect(await desk.done('verify', '--file', 'runs/12-104-1-1/codes.csv')).toContain(
      '1000 valid, 0 invalid',
    )
  })

  it('is spoken to in Vietnamese', async () => {
    desk.env.LANG = 'vi_VN.UTF-8'
    const files = ['--facilities', 'facilities.csv', '--products', 'products.csv']
    expect(await desk.done('init', 'quang-ninh.example', ...files)).toContain(
      'Sổ đăng ký: 23 cơ sở, 164 sản phẩm.',
    )
    expect((await desk.say('issue', '--product', '104', '--count', '3')).err).toBe(
      'Lỗi: chưa có danh sách tin cậy\nTiếp theo: tạo danh sách: veristamp trust build\n',
    )
    expect((await desk.say('--lang', 'en', 'runs')).out).toBe('No runs yet.\n')
    expect((await desk.say('--lang=vi', '--help')).out).toContain('in một đợt')
  })

  it('is asked for the passphrase on a terminal, twice for a new key, and not shown it', async () => {
    await desk.done('init', 'qn.example', '--facilities', 'facilities.csv', '--products', 'products.csv')
    expect(await desk.say('keygen')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--passphrase-file'),
    })
    desk.isTerminal = true
    desk.typed = ['chè xanh ấm', 'che xanh am']
    expect(await desk.say('keygen')).toMatchObject({ exit: 2, err: expect.stringContaining('differ') })
    expect(existsSync(desk.path('keys'))).toBe(false)
    desk.typed = ['chè xanh ấm', 'chè xanh ấm'.normalize('NFD')]
    const { exit, out, err } = await desk.say('keygen')
    expect(exit).toBe(0)
    expect(out + err).not.toContain('chè')
    writeFileSync(desk.path('secret.txt'), `${'chè xanh ấm'.normalize('NFD')}\n`)
    await desk.done('trust', 'build', '--passphrase-file', 'secret.txt')
    desk.typed = ['wrong']
    const wrong = await desk.say('issue', '--product', '104', '--count', '1')
    expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('the passphrase is wrong') })
    expect(readdirSync(desk.folder)).not.toContain('runs')
  })

  it('never loses a key to another command', async () => {
    await foundProject(desk)
    const before = readFileSync(desk.path('keys/root.pem'))
    for (const words of [
      ['keygen', 'root', '--no-encrypt'],
      ['--force', 'keygen', 'root', '--no-encrypt'],
    ]) {
      expect(await desk.say(...words)).toMatchObject({
        exit: 2,
        err: expect.stringContaining('never replaced'),
      })
    }
    expect(await desk.done('keygen')).toContain('Every key of this project is there.')
    expect(readFileSync(desk.path('keys/root.pem'))).toEqual(before)
    expect(await desk.say('keygen', '../root')).toMatchObject({ exit: 2 })
    expect(
      (await desk.say('init', 'x', '--facilities', 'facilities.csv', '--products', 'products.csv')).err,
    ).toContain('is in use: lists/trust-1.cbor')
  })

  it('stops at Ctrl-C, is told how to go on, and goes on', async () => {
    await foundProject(desk)
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    expect(await desk.say('issue', '--product', '104', '--count', '5000', '--no-sheets')).toMatchObject({
      exit: 3,
      err: expect.stringMatching(
        /Run 12-104-1-1 stopped.*\nNext: go on: veristamp issue --resume 12-104-1-1\n$/,
      ),
    })
    expect(await desk.done('runs')).toContain('12-104-1-1  serials 1 to 5000  unfinished  ')
    expect((await desk.say('verify-run', '12-104-1-1')).err).toContain('is not finished')
    desk.stop = new AbortController()
    await desk.done('issue', '--resume', '12-104-1-1')
    expect(await desk.done('verify-run', '12-104-1-1')).toContain('5000 codes')
  })

  it('raises the watermark before it prints beyond', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '20', '--no-sheets')
    await desk.done('list')
    const beyond = ['issue', '--product', '104', '--count', '10', '--no-sheets']
    const { exit, err } = await desk.say(...beyond)
    expect([exit, err]).toEqual([2, expect.stringContaining('veristamp list --raise 12:104:30')])
    const raised = await desk.done('list', '--raise', '12:104:30')
    expect(raised).toContain('lists/revocation-2.cbor lists/delta-1-2.cbor')
    await desk.done(...beyond)
  })

  it('lays a run out again: other paper, ZPL, CSV', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '9', '--carrier', 'digits')
    await desk.done('sheet', '12-104-1-1', '--stock', 'roll-50x30', '--symbol', '6', '-o', 'roll.pdf')
    await desk.done('sheet', '12-104-1-1', '--format', 'zpl', '-o', 'labels.zpl')
    await desk.done('sheet', '12-104-1-1', '--format', 'csv', '-o', 'labels.csv')
    expect(readFileSync(desk.path('labels.zpl'), 'utf8').match(/\^XA/g)).toHaveLength(9)
    expect(readFileSync(desk.path('labels.csv'))).toEqual(
      readFileSync(desk.path('runs/12-104-1-1/codes.csv')),
    )
    const again = ['sheet', '12-104-1-1', '--format', 'csv', '-o', 'labels.csv']
    expect((await desk.say(...again)).err).toContain('labels.csv is there already')
    await desk.done('--force', ...again)
    const hidden = await desk.say('sheet', '12-104-1-1', '--layer', 'hidden', '--format', 'csv')
    expect([hidden.exit, hidden.err]).toEqual([2, expect.stringContaining('have no hidden codes')])
  })

  it('prints hidden codes on a pass of their own, which the stamps prove', async () => {
    await foundProject(desk)
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await desk.done('issue', '--product', '104', '--count', '4', '--sealed', '--stock', 'a4-21')
    await desk.done('sheet', '12-104-1-1', '--layer', 'hidden', '--format', 'csv', '-o', 'hidden.csv')
    await desk.done('sheet', '12-104-1-1', '--layer', 'hidden', '-o', 'hidden.pdf')
    for (const name of ['hidden.csv', 'hidden.pdf'])
      expect(statSync(desk.path(name)).mode & 0o777).toBe(0o600)
    const zpl = await desk.say('sheet', '12-104-1-1', '--layer', 'hidden', '--format', 'zpl')
    expect([zpl.exit, zpl.err]).toEqual([2, expect.stringContaining('not written as ZPL')])
    const hidden = readFileSync(desk.path('hidden.csv'), 'utf8').split('\r\n').slice(1, -1)
    const { verifySeal } = await import('../../src/stamp/seal.ts')
    for (const [i, code] of codesOf('12-104-1-1').entries()) {
      expect(verifySeal(code, hidden[i]!.split(',')[1]!.replaceAll('"', ''))).toEqual({ ok: true })
    }
  })

  it('writes stamps for a ministry, each by the published schema', async () => {
    await foundProject(desk)
    await desk.done(
      'issue',
      '--product',
      '104',
      '--count',
      '3',
      '--lot',
      'T3',
      '--expires',
      '2027-01-01',
      '--no-sheets',
    )
    await desk.done('export', '-o', 'stamps.ndjson')
    const lines = readFileSync(desk.path('stamps.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/export-1.schema.json', import.meta.url), 'utf8'),
    )
    expect(lines.map(({ serial }) => serial)).toEqual([1, 2, 3])
    expect(lines.map(({ code }) => code)).toEqual(codesOf('12-104-1-1'))
    for (const line of lines) {
      expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(line)))
      for (const field of schema.required) expect(line).toHaveProperty(field)
      for (const [field, { pattern, type }] of Object.entries<{ pattern?: string; type?: string }>(
        schema.properties,
      )) {
        if (pattern && line[field] !== undefined) expect(line[field]).toMatch(new RegExp(pattern))
        if (type && line[field] !== undefined)
          expect(typeof line[field]).toBe(type === 'integer' ? 'number' : type)
      }
    }
    expect(await desk.done('export')).toBe(readFileSync(desk.path('stamps.ndjson'), 'utf8'))
  })
})

describe('verify', () => {
  it('answers by its exit code: 0 valid, 1 invalid, 3 indeterminate, 2 for misuse', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '5', '--no-sheets')
    const [one, two] = codesOf('12-104-1-1')
    expect((await desk.say('verify', '--', one!)).exit).toBe(3)
    await desk.done('list')
    expect((await desk.say('verify', '--', one!)).exit).toBe(0)
    expect((await desk.say('verify', '--', one!, 'FORGED')).exit).toBe(1)
    expect((await desk.say('verify')).exit).toBe(2)
    desk.now = later(20)
    expect((await desk.say('verify', '--', one!)).exit).toBe(3)
    desk.now = NOW
    desk.input = [
      Buffer.from(`${one}\r\n${two!.slice(0, 9)}`, 'latin1'),
      Buffer.from(`${two!.slice(9)}\nJUNK\n`, 'latin1'),
    ]
    const { exit, out } = await desk.say('--json', 'verify', '-')
    expect(exit).toBe(1)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { place: 'stdin:1', status: 'valid', serial: 1 },
      { place: 'stdin:2', status: 'valid', serial: 2 },
      { place: 'stdin:3', status: 'invalid', reason: 'malformed' },
      { count: 3, valid: 2, invalid: 1, indeterminate: 0 },
    ])
  })

  it('knows what was revoked, serial by serial or a whole run in one step', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '5', '--no-sheets')
    await desk.done('issue', '--product', '104', '--count', '5', '--no-sheets')
    await desk.done('list')
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '1,3-4', '--reason', 'damaged')
    const first = (await desk.say('--json', 'verify', '--file', 'runs/12-104-1-1/codes.csv')).out
    expect(first.match(/"status":"\w+"/g)!.map((text) => text.slice(10, -1))).toEqual([
      'invalid',
      'valid',
      'invalid',
      'invalid',
      'valid',
    ])
    expect(await desk.done('--yes', 'revoke', '--run', '12-104-1-2', '--reason', 'stolen')).toContain(
      'lists/delta-2-3.cbor',
    )
    expect((await desk.say('verify', '--file', 'runs/12-104-1-2/codes.csv')).out).toContain(
      '0 valid, 5 invalid',
    )
    expect((await desk.say('issue', '--resume', '12-104-1-2')).err).toContain('void')
    expect((await desk.say('--lang', 'vi', 'issue', '--resume', '12-104-1-2')).err).toContain(
      'đợt 12-104-1-2 đã hủy',
    )
    for (const none of ['12-104-1-9', '../x']) {
      const { exit, err } = await desk.say('--json', 'revoke', '--run', none, '--reason', 'lost')
      expect([exit, JSON.parse(err)]).toMatchObject([2, { error: 'no_run' }])
    }
    expect(await desk.done('runs')).toContain('12-104-1-2  serials 6 to 10  void')
    expect((await desk.say('revoke', '--reason', 'lost')).exit).toBe(2)
    expect((await desk.say('revoke', '--run', '12-104-1-9', '--reason', 'lost')).exit).toBe(2)
  })

  it('refuses lists that were altered, and older ones once newer were seen', async () => {
    await foundProject(desk)
    await desk.done('list')
    await desk.done('list')
    rmSync(desk.path('lists/revocation-2.cbor'))
    expect(await desk.say('verify', 'X')).toMatchObject({ exit: 2, err: expect.stringContaining('rollback') })
    const file = desk.path('lists/trust-1.cbor')
    const sound = readFileSync(file)
    for (const content of [Buffer.alloc(0), sound.subarray(0, 50), Buffer.alloc(200, 0xff)]) {
      writeFileSync(file, content)
      expect(await desk.say('verify', 'X')).toMatchObject({
        exit: 2,
        err: expect.stringContaining('not accepted'),
      })
    }
  })
})

describe('an authority', () => {
  it('signs on several machines: drafts gather signatures until they are enough', async () => {
    await desk.done('init', 'qn.example', '--facilities', 'facilities.csv', '--products', 'products.csv')
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    config.roots = { version: 1, threshold: 2, keys: ['root', 'second'] }
    writeFileSync(desk.path('veristamp.json'), JSON.stringify(config))
    await desk.done('keygen', '--no-encrypt')
    const away = readFileSync(desk.path('keys/second.pem'))
    rmSync(desk.path('keys/second.pem'))
    expect(await desk.say('trust', 'build')).toMatchObject({
      exit: 3,
      out: expect.stringContaining('1 of 2 root signatures'),
    })
    expect((await desk.say('verify', 'X')).err).toContain('there is no trust list yet')
    writeFileSync(desk.path('keys/second.pem'), away)
    expect(
      await desk.done('--yes', 'trust', 'sign', 'lists/trust-1.draft.cbor', '--key', 'second'),
    ).toContain('Signed trust list 1')
    expect(JSON.parse(await desk.done('--json', 'trust', 'show'))).toMatchObject({
      ok: true,
      loads: { ok: true },
    })
  })

  it('rotates its root keys, and what was pinned before leads to the new list', async () => {
    await foundProject(desk)
    await desk.done('trust', 'pins', '-o', 'old.json')
    await desk.done('keygen', 'root2', '--no-encrypt')
    await desk.done('trust', 'rotate', '--keys', 'root2')
    await desk.done('trust', 'build')
    expect(JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8')).roots).toEqual({
      version: 2,
      threshold: 1,
      keys: ['root2'],
    })
    const { loadTrustList } = await import('../../src/trust/load.ts')
    const { authority, roots } = JSON.parse(readFileSync(desk.path('old.json'), 'utf8'))
    const keys = roots.keys.map((key: string) => new Uint8Array(Buffer.from(key, 'hex')))
    const loaded = loadTrustList(new Uint8Array(readFileSync(desk.path('lists/trust-3.cbor'))), {
      authority,
      roots: { ...roots, keys },
    })
    expect(loaded).toMatchObject({ ok: true, trustList: { sequence: 3 } })
  })

  it('is told every fault of its registry, at its line and column', async () => {
    const products = readFileSync(desk.path('products.csv'), 'utf8')
      .replace(/^5,1,/m, '5,99,')
      .replace(/^7,(\d+),[^,]*/m, '7,$1,')
    writeFileSync(desk.path('products.csv'), products)
    const files = ['--facilities', 'facilities.csv', '--products', 'products.csv']
    const { exit, out, err } = await desk.say('registry', 'check', ...files)
    expect(exit).toBe(1)
    expect(out).toMatch(/^products.csv line 6, column facility: .*\nproducts.csv line 8, column name: /)
    expect(err).toMatch(/2 faults.*\nNext: mend/)
    expect((await desk.say('init', 'x', ...files)).exit).toBe(2)
    expect(existsSync(desk.path('veristamp.json'))).toBe(false)
    writeFileSync(desk.path('products.csv'), Buffer.from([0xff, 0xfe, 0, 0x1b]))
    expect((await desk.say('registry', 'check', ...files)).exit).toBe(1)
  })
})

describe('inspect', () => {
  it('explains pins, with their fingerprint', async () => {
    await foundProject(desk)
    const lists = 'https://tem.example/lists/'
    const { fingerprint } = JSON.parse(
      (await desk.say('--json', 'trust', 'pins', '-o', 'pins.json', '--lists', lists)).out,
    )
    expect(JSON.parse(await desk.done('inspect', 'pins.json'))).toMatchObject({ lists, fingerprint })
    writeFileSync(desk.path('wrong.json'), '{"kind":"veristamp-pins","threshold":1}')
    expect(await desk.say('inspect', 'wrong.json')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('unknown_field'),
    })
    expect((await desk.say('trust', 'pins', '--lists', 'http://tem.example/')).err).toContain(
      '--lists: expected',
    )
  })

  it('explains a code byte by byte', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '1', '--expires', '2027-01-01', '--no-sheets')
    const [code] = codesOf('12-104-1-1')
    const { parts, length } = JSON.parse((await desk.say('--json', 'inspect', '--', code!)).out)
    expect(parts.map(({ hex, says }: { hex: string; says: string }) => `${hex} ${says}`).slice(0, 8)).toEqual(
      [
        '85 array of 5',
        '01 key id 1',
        '0c facility 12',
        '1868 product 104',
        '01 serial 1',
        'a1 claims: map of 1',
        '03 claim 3: expires',
        '195153 2027-01-01',
      ],
    )
    expect(
      parts
        .map(({ hex }: { hex: string }) => (hex === 'KEY' ? 32 : hex.length / 2))
        .reduce((a: number, b: number) => a + b),
    ).toBe(length)
    expect(await desk.say('inspect', 'HELLO')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('malformed'),
    })
  })

  it('explains documents, and says of other files that they are none', async () => {
    await foundProject(desk)
    await desk.done('list', '--raise', '12:104:77')
    expect(JSON.parse(await desk.done('inspect', 'lists/trust-1.cbor'))).toMatchObject({
      lists: [{ products: 164 }],
    })
    expect(JSON.parse(await desk.done('inspect', 'lists/revocation-1.cbor'))).toMatchObject({
      context: 'veristamp:revoc1',
      says: { sequence: 1, watermarks: [{ facility: 12, product: 104, serial: 77 }] },
    })
    expect((await desk.say('inspect', 'facilities.csv')).exit).toBe(1)
  })
})

describe('a command line', () => {
  it.each([
    [[], 2],
    [['print'], 2],
    [['issue', '--count', 'many'], 2],
    [['issue', '--colour', 'red'], 2],
    [['revoke', '--run', '1-1-1', '--reason', 'whim'], 2],
    [['--help'], 0],
    [['issue', '--help'], 0],
  ] as const)('of %j ends with %i', async (argv, exit) => {
    expect((await desk.say(...argv)).exit).toBe(exit)
  })

  it.each([
    '',
    '[]',
    '{"authority":1}',
    '{"authority":"x","roots":{"version":1,"threshold":1,"keys":["../../etc/passwd"]},"issuers":[],"days":{"trust":1,"revocation":1,"issuer":1}}',
    '{"authority":"x","roots":{"version":1,"threshold":1,"keys":["r"]},"issuers":[{"key":"k","keyId":70000,"name":"n"}],"days":{"trust":1,"revocation":1,"issuer":1}}',
    '\u0000',
  ])('in a project that says %j ends with a sentence', async (text) => {
    writeFileSync(desk.path('veristamp.json'), text)
    expect(await desk.say('trust', 'build')).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/^Error: .*veristamp\.json: /),
    })
  })

  it('says errors as JSON where JSON is asked for', async () => {
    expect(JSON.parse((await desk.say('--json', 'trust', 'show')).err)).toMatchObject({
      error: 'no_trust_list',
      next: expect.any(String),
    })
    const { err } = await desk.say('--json', '--dir', 'nowhere', 'runs')
    expect(JSON.parse(err)).toMatchObject({ error: 'no_folder' })
  })

  it('draws a bar on a terminal', async () => {
    await foundProject(desk)
    desk.isTerminal = true
    const { err } = await desk.say('issue', '--product', '104', '--count', '3000', '--no-sheets')
    expect(err).toContain('\rissue ████████████████░░░░░░░░ 2048/3000')
    expect(err).toMatch(/ 3000\/3000.{3}\n$/)
  })
})
