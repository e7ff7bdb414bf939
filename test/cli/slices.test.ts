import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { namedSlices, sliceFileName } from '../../src/document/named-slices.ts'
import { codesOf, type Desk, NOW, openDesk } from './desk.ts'
import {
  configOf,
  configure,
  FACILITIES,
  facilityOf,
  foundMinistry,
  keyIdOf,
  keyNameOf,
  productOf,
  slicesIn,
  soundSlices,
} from './ministry.ts'

/** Lists in slices from the command line: an authority of eighty facilities, each with a key of its own. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const json = async (...words: string[]) => JSON.parse((await desk.say('--json', ...words)).out)
const build = (...more: string[]) => desk.done('--yes', 'trust', 'build', ...more)
const LATER = new Date(NOW.getTime() + 86_400_000)

/** Signed lists in slices, and a run of the first facility. */
async function foundSliced(): Promise<void> {
  await foundMinistry(desk)
  await build('--slices')
  await desk.done('list')
}

const print = (count = 5) =>
  desk.done('issue', '--product', String(productOf(0)), '--count', String(count), '--no-sheets')
const RUN = `${facilityOf(0)}-${productOf(0)}-${keyIdOf(0)}-1`

describe('trust build --slices', () => {
  it('cuts the list, puts the slices beside it, and says so from then on', async () => {
    await foundMinistry(desk)
    const out = await build('--slices')
    expect(out).toMatch(/Its \d slices, files slice-….cbor, lie beside it and go wherever it goes\./)
    const count = slicesIn(desk).length
    expect(count).toBeGreaterThan(1)
    expect(soundSlices(desk)).toHaveLength(count)
    expect(configOf(desk).slices).toBe(true)
    expect(out).toContain('From now on lists stand in slices')
    const shown = await desk.done('trust', 'show')
    expect(shown).toContain(`${FACILITIES} facilities, ${2 * FACILITIES} products`)
    expect(shown).toContain(`- ${count} slices of `)
    expect(shown.match(/ {2}key ids \d+ to \d+: \d+ bytes, slice-KEY\.cbor/g)).toHaveLength(count)
    expect(shown).toContain('Verifiers accept it.')
    const { lists } = await json('trust', 'show')
    expect(lists[0].issuers).toHaveLength(FACILITIES)
    expect(lists[0].slices[0]).toMatchObject({ firstKeyId: keyIdOf(0), sha256: expect.any(String) })
    // The next one is cut too, without a word.
    desk.now = LATER
    const again = await build()
    expect(again).not.toContain('From now on')
    expect(again).toContain(`${count} slices, none of them new`)
    expect((await json('trust', 'show')).lists.at(-1).slices).toHaveLength(count)
    expect(await build('--no-slices')).not.toContain('slice-')
    expect(configOf(desk).slices).toBe(false)
    expect((await json('trust', 'show')).lists.at(-1).slices).toBeUndefined()
  })

  it('leaves a list whole where nobody asks and it is short', async () => {
    await foundMinistry(desk)
    await build()
    expect(slicesIn(desk)).toEqual([])
    expect(configOf(desk).slices).toBeUndefined()
    expect((await json('trust', 'show')).lists.at(-1).slices).toBeUndefined()
  })

  it('cuts a long list where nobody asks', async () => {
    await foundMinistry(desk, { products: 10, filler: ' thượng hạng'.repeat(7) })
    await build()
    expect(slicesIn(desk).length).toBeGreaterThan(1)
    expect(configOf(desk).slices).toBeUndefined()
    expect(await desk.done('trust', 'show')).toContain('Verifiers accept it.')
  })

  it('says what changes across slices, and which slices are new', async () => {
    await foundMinistry(desk)
    await build('--slices')
    desk.now = LATER
    const rows = readFileSync(desk.path('registry/products.csv'), 'utf8')
    writeFileSync(desk.path('registry/products.csv'), rows.replace('Chè xanh đồi 79-1', 'Chè ô long 79'))
    const before = slicesIn(desk)
    const out = await build()
    expect(out).toContain(`${productOf(79) + 1} Chè xanh đồi 79-1 → Chè ô long 79`)
    expect(out).toMatch(new RegExp(`- ${before.length} slices, 1 of them new: \\d+ bytes`))
    const added = slicesIn(desk).filter((name) => !before.includes(name))
    expect(added).toHaveLength(1)
    const changes = await json('trust', 'diff', 'lists/trust-1.cbor', 'lists/trust-2.cbor')
    expect(changes.slices).toMatchObject({ added: [{ lastKeyId: keyIdOf(79) }] })
    expect(changes.products.changed).toHaveLength(1)
    expect(changes.issuers).toEqual({ added: [], removed: [], changed: [] })
  })
})

describe('a project whose lists stand in slices', () => {
  it('prints, revokes, checks and accounts as any other', async () => {
    await foundSliced()
    await print()
    await desk.done('list')
    const [first, second] = codesOf(desk, RUN) as [string, string]
    expect(await desk.done('verify', first)).toContain('valid')
    await desk.done('--yes', 'release', RUN, '--to', 'Chợ Hạ Long')
    const serials = ['--product', String(productOf(0)), '--serials', '2']
    const revoked = await desk.done('--yes', 'revoke', ...serials, '--reason', 'lost')
    expect(revoked).toContain('slice-….cbor')
    expect(revoked).not.toContain('delta')
    expect((await desk.say('verify', second)).out).toContain('revoked')
    expect((await desk.say('verify', first, '--trust', 'lists/trust-1.cbor')).exit).toBe(0)
    expect(await desk.done('runs')).toContain('1 revoked')
    await desk.done('audit', '-o', 'audit.csv')
    expect(readFileSync(desk.path('audit.csv'), 'utf8')).toMatch(/revoked/)
    expect(await desk.done('issuer', 'list')).toContain('k79')
    await desk.done('export', RUN, '--rows', 'csv', '-o', 'rows.csv')
    await desk.done('sheet', RUN)
    await desk.done('preview', '--product', String(productOf(0)), '-o', 'preview.png')
    const status = await desk.say('status')
    expect(status.out).not.toMatch(/veristamp list:/)
    const watermarks = await desk.done('list', '--raise', `${facilityOf(3)}:${productOf(3)}:70`)
    expect(watermarks).toContain('70')
  })

  it('names a slice that is missing or damaged, in every command, and takes it back', async () => {
    await foundSliced()
    const [entry] = namedSlices(readFileSync(desk.path('lists/trust-1.cbor')))
    const name = sliceFileName(entry![3])
    const file = desk.path('lists', name)
    const bytes = readFileSync(file)
    const commands = [
      ['verify', 'ABC'],
      ['issue', '--product', String(productOf(0)), '--count', '1'],
      ['list'],
      ['trust', 'build'],
      ['trust', 'show'],
      ['status'],
      ['publish', 'public'],
      ['audit', '-o', 'audit.csv'],
      ['issuer', 'list'],
      ['revoke', '--product', String(productOf(0)), '--serials', '1', '--reason', 'lost'],
    ]
    rmSync(file)
    for (const words of commands) {
      const { exit, err } = await desk.say('--yes', ...words)
      expect([words[0], exit]).toEqual([words[0], 2])
      expect(err).toMatch(
        /lists\/slice-KEY\.cbor is missing: it is a slice of lists\/trust-1\.cbor\nNext: .*veristamp lists import/,
      )
    }
    writeFileSync(file, bytes.subarray(1))
    const { err } = await desk.say('verify', 'ABC')
    expect(err).toContain('is not the slice that lists/trust-1.cbor names')
    // A file of that name, from a backup or the web server.
    writeFileSync(desk.path('found.cbor'), bytes)
    expect(await desk.done('lists', 'import', 'found.cbor')).toMatch(
      /The slice is here: lists\/slice-KEY\.cbor/,
    )
    expect((await desk.say('status')).exit).not.toBe(2)
    writeFileSync(desk.path('other.cbor'), bytes.subarray(1))
    expect((await desk.say('lists', 'import', 'other.cbor')).err).toContain('other.cbor')
  })

  it('hands lists to a printer with their slices, or says which one is missing', async () => {
    await foundSliced()
    mkdirSync(desk.path('printer/keys'), { recursive: true })
    for (const name of readdirSync(desk.path('keys')).filter((each) => each.endsWith('.pub')))
      cpSync(desk.path('keys', name), desk.path('printer/keys', name))
    cpSync(desk.path('veristamp.json'), desk.path('printer/veristamp.json'))
    mkdirSync(desk.path('stick'))
    const slices = slicesIn(desk)
    for (const name of ['trust-1.cbor', 'revocation-1.cbor', ...slices.slice(1)])
      cpSync(desk.path('lists', name), desk.path('stick', name))
    const take = ['--dir', 'printer', 'lists', 'import']
    const lists = ['stick/trust-1.cbor', 'stick/revocation-1.cbor']
    const short = await desk.say(...take, ...lists)
    expect([short.exit, short.err]).toEqual([2, expect.stringMatching(/slice-KEY\.cbor is missing/)])
    // Nothing of it stays, not even the memory: the same lists come whole.
    cpSync(desk.path('lists', slices[0]!), desk.path('elsewhere.cbor'))
    await desk.done(...take, ...lists, 'elsewhere.cbor')
    expect(slicesIn(desk, 'printer/lists').sort()).toEqual(slices.sort())
    expect(await desk.done('--dir', 'printer', 'issuer', 'list')).toContain('k79')
  })

  it('is backed up with its slices', async () => {
    await foundSliced()
    const away = mkdtempSync(join(tmpdir(), 'veristamp-away-'))
    rmSync(away, { recursive: true })
    desk.cwd = desk.path('..')
    const project = ['--dir', desk.folder]
    await desk.done(...project, 'backup', away)
    expect(
      readdirSync(`${away}/lists`)
        .filter((name) => name.startsWith('slice-'))
        .sort(),
    ).toEqual(slicesIn(desk).sort())
    rmSync(desk.path('lists'), { recursive: true })
    await desk.done(...project, '--yes', 'restore', away)
    expect(await desk.done(...project, 'trust', 'show')).toContain('Verifiers accept it.')
    rmSync(away, { recursive: true })
  })

  it('lets inspect say what a slice holds', async () => {
    await foundSliced()
    const list = JSON.parse(await desk.done('inspect', 'lists/trust-1.cbor')).lists[0]
    expect(list.issuers).toHaveLength(FACILITIES)
    const [{ sha256, bytes }] = list.slices
    const slice = JSON.parse(
      await desk.done('inspect', `lists/${slicesIn(desk).find((name) => isOf(name, bytes))!}`),
    )
    expect(sha256).toBe('KEY')
    expect(slice).toMatchObject({ slice: 'trust_list', bytes, firstKeyId: keyIdOf(0) })
    expect(slice.says.issuers.length).toBeGreaterThanOrEqual(32)
    // One that is not here is said to be missing: inspect only looks.
    for (const name of slicesIn(desk)) rmSync(desk.path('lists', name))
    expect(JSON.parse(await desk.done('inspect', 'lists/trust-1.cbor')).lists[0]).toMatchObject({
      issuers: [],
      slices: [{ missing: true }, { missing: true }],
    })
  })

  const isOf = (name: string, length: number) => readFileSync(desk.path('lists', name)).length === length
})

describe('renewals', () => {
  it('keep the slices in which nothing changed, month after month', async () => {
    await foundSliced()
    const first = slicesIn(desk)
    for (let month = 1; month <= 6; month++) {
      desk.now = new Date(NOW.getTime() + month * 30 * 86_400_000)
      await build()
      await desk.done('list')
      await desk.done('publish', 'public')
    }
    expect(slicesIn(desk).sort()).toEqual(first.sort())
    expect(slicesIn(desk, 'public').sort()).toEqual(first.sort())
  })
})

describe('a move of a product to a key of another slice', () => {
  /** The facility of the first key goes over to the last one, from serial 100 on or wholly. */
  function move(first: number): void {
    const { issuers } = configOf(desk)
    if (first > 0) issuers[0]!.scope = [{ facility: facilityOf(0), last: first - 1 }]
    else issuers.splice(0, 1)
    issuers.at(-1)!.scope.push({ facility: facilityOf(0), first })
    configure(desk, { issuers })
  }

  async function revokeSome(): Promise<void> {
    await foundSliced()
    const serials = ['--product', String(productOf(0)), '--serials', '50-60']
    await desk.done('--yes', 'revoke', ...serials, '--reason', 'lost')
    await desk.done('publish', 'public')
    desk.now = LATER
  }

  it('is published only with a revocation list that was cut by it', async () => {
    await revokeSome()
    move(0)
    const built = await build()
    expect(built).toMatch(/Next: veristamp list: the revocation list has to follow this trust list/)
    expect((await desk.say('status')).out).toContain('veristamp list: the revocation list has to follow')
    for (const words of [
      ['publish', 'public'],
      ['site', '-o', 'page'],
    ]) {
      const { exit, err } = await desk.say(...words)
      expect(exit).toBe(2)
      expect(err).toMatch(
        new RegExp(
          `revoked serials of product ${productOf(0)} of facility ${facilityOf(0)} are not in the slice of key id ${keyIdOf(79)}`,
        ),
      )
      expect(err).toContain('Next: sign the revocation list again, then publish: veristamp list')
    }
    await desk.done('list')
    expect(await desk.done('publish', 'public')).toContain('trust list 2 and revocation list 3')
    expect(await desk.done('site', '-o', 'page')).toContain('page')
  })

  it('needs none where the new key can stamp nothing that was revoked', async () => {
    await revokeSome()
    move(100)
    expect(await build()).not.toContain('has to follow')
    await desk.done('publish', 'public')
  })
})

describe('publish', () => {
  it('keeps the slices of lists that have not expired, and no others', async () => {
    await foundSliced()
    await desk.done('publish', 'public')
    const first = slicesIn(desk, 'public')
    desk.now = LATER
    const rows = readFileSync(desk.path('registry/products.csv'), 'utf8')
    writeFileSync(desk.path('registry/products.csv'), rows.replace('Chè xanh đồi 79-1', 'Chè ô long 79'))
    await build()
    cpSync(desk.path('public'), desk.path('other'), { recursive: true })
    const { written, removed } = await json('publish', 'public')
    expect(await desk.done('publish', 'other')).toContain('older slices: one new file of patches.')
    expect(removed).toEqual([])
    expect(written[0]).toMatch(/^slice-/)
    expect(written.slice(1)).toEqual([
      expect.stringMatching(/^trust-2-/),
      expect.stringMatching(/^trust-patches-1-2-/),
      'lists.json',
    ])
    expect(slicesIn(desk, 'public')).toHaveLength(first.length + 1)
    // The project keeps them with the lists that name them.
    expect(await desk.done('trust', 'show', 'lists/trust-1.cbor')).toContain('Verifiers accept it.')
    desk.now = new Date(NOW.getTime() + 100 * 86_400_000)
    await build()
    await desk.done('list')
    await desk.done('publish', 'public')
    expect(slicesIn(desk, 'public')).toHaveLength(first.length)
  })
})

describe('a published folder', () => {
  type Taken = { readonly sequence: number; readonly isNew: boolean }

  it('is taken in whole by a printer: the lists, and what of the rest they name', async () => {
    await foundSliced()
    await desk.done('publish', 'public')
    desk.now = LATER
    const rows = readFileSync(desk.path('registry/products.csv'), 'utf8')
    writeFileSync(desk.path('registry/products.csv'), rows.replace('Chè xanh đồi 79-1', 'Chè ô long 79'))
    await build()
    await desk.done(
      '--yes',
      'revoke',
      '--product',
      String(productOf(0)),
      '--serials',
      '7',
      '--reason',
      'lost',
    )
    await desk.done('publish', 'public')
    mkdirSync(desk.path('printer', 'keys'), { recursive: true })
    cpSync(desk.path('veristamp.json'), desk.path('printer', 'veristamp.json'))
    for (const key of ['root.pub', 'revocation.pub'])
      cpSync(desk.path('keys', key), desk.path('printer', 'keys', key))
    const take = async (...files: string[]) =>
      (await desk.done('--json', '--dir', 'printer', 'lists', 'import', ...files))
        .split('\n')
        .filter((line) => line.includes('"kind"'))
        .map((line) => JSON.parse(line) as Taken)
    // All that a shell makes of public/*: the newest lists are wanted.
    const all = readdirSync(desk.path('public')).map((name) => `public/${name}`)
    expect(all).toContainEqual(expect.stringContaining('trust-patches-1-2-'))
    const newest = { sequence: 2, isNew: true }
    expect(await take(...all)).toMatchObject([newest, newest])
    expect(soundSlices(desk, 'printer/lists').length).toBeGreaterThan(1)
    expect(await desk.done('--dir', 'printer', 'trust', 'show')).toContain('Verifiers accept it.')
    expect(await take('public')).toMatchObject([
      { ...newest, isNew: false },
      { ...newest, isNew: false },
    ])
    const none = await desk.say('--dir', 'printer', 'lists', 'import', 'lists')
    expect([none.exit, none.err]).toEqual([
      2,
      expect.stringMatching(/lists\/lists\.json.*\nNext: a folder that was/),
    ])
    writeFileSync(desk.path('public/lists.json'), '{}')
    const { exit, err } = await desk.say('--dir', 'printer', 'lists', 'import', 'public')
    expect([exit, err]).toEqual([2, expect.stringContaining('public/lists.json is no signed list')])
  })
})

describe('root keys in several hands', () => {
  it('see what the slices hold, which are carried beside the draft', async () => {
    await foundMinistry(desk, { config: { slices: true } })
    const office = desk.path()
    for (const name of ['an', 'binh']) {
      mkdirSync(desk.path(name))
      await desk.done('--dir', name, 'keygen', name, '--no-encrypt')
      cpSync(desk.path(name, 'keys', `${name}.pub`), desk.path('keys', `${name}.pub`))
    }
    expect(office).toBe(desk.folder)
    configure(desk, { roots: { version: 1, threshold: 2, keys: ['an', 'binh'] } })
    const drafted = await desk.say('--yes', 'trust', 'build')
    expect([drafted.exit, drafted.out]).toEqual([3, expect.stringContaining('slices, files slice-….cbor')])
    await desk.done('trust', 'pins', '-o', 'pins.json')
    const draft = 'trust-1.draft.cbor'
    const signAt = (name: string, ...more: string[]) =>
      desk.say('--yes', '--dir', name, 'trust', 'sign', `${name}/${draft}`, '--pins', 'pins.json', ...more)
    for (const name of ['an', 'binh']) cpSync(desk.path('lists', draft), desk.path(name, draft))
    const alone = await signAt('an')
    expect([alone.exit, alone.err]).toEqual([2, expect.stringMatching(/an\/slice-KEY\.cbor is missing/)])
    for (const name of ['an', 'binh'])
      for (const slice of slicesIn(desk)) cpSync(desk.path('lists', slice), desk.path(name, slice))
    const { exit, err, out } = await signAt('an')
    expect([exit, out]).toEqual([3, expect.stringContaining('1 of 2 root signatures')])
    for (const place of [0, 79]) expect(err).toContain(`Cơ sở ${place} (key id ${keyIdOf(place)})`)
    await signAt('binh')
    // The copies alone come back: the slices are in the office.
    for (const name of ['an', 'binh']) {
      mkdirSync(desk.path('back', name), { recursive: true })
      cpSync(desk.path(name, draft), desk.path('back', name, draft))
    }
    const copies = ['an', 'binh'].map((name) => `back/${name}/${draft}`)
    expect(await desk.done('--yes', 'trust', 'merge', ...copies)).toContain('Signed trust list 1')
    expect(await desk.done('trust', 'show')).toContain('Verifiers accept it.')
    expect(await desk.done('issuer', 'list')).toContain(keyNameOf(79))
  })
})
