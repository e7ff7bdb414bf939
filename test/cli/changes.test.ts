import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** What a new trust list changes is shown before it is signed. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const lists = () => readdirSync(desk.path('lists')).filter((name) => name.startsWith('trust'))
const config = () => JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
const configure = (change: object) =>
  writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config(), ...change }))
const editProducts = (edit: (csv: string) => string) => {
  const file = desk.path('registry/products.csv')
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}
const dropProduct = () => editProducts((csv) => csv.replace(/^104,.*\r?\n/m, ''))
const [issuer] = [{ key: 'issuer', keyId: 1, name: 'quang-ninh.example' }]

describe('trust build', () => {
  it('that drops a product says how many stamps that hits, and asks', async () => {
    await desk.done('issue', '--product', '104', '--count', '7', '--no-sheets')
    await desk.done('list')
    const [code] = codesOf(desk, '12-104-1-1')
    dropProduct()
    const { exit, err } = await desk.say('trust', 'build')
    expect(exit).toBe(2)
    expect(err).toContain('1 products are gone: 104 ')
    expect(err).toContain('7 stamps of them were issued by runs of this project')
    expect(err).toMatch(/may no longer stamp product 104 of facility 12: .*, 7 of them issued/)
    expect(err).toContain('Next: add --yes')
    expect(lists()).toEqual(['trust-1.cbor'])
    expect((await desk.say('verify', '--', code!)).exit).toBe(0)
    await desk.done('--yes', 'trust', 'build')
    expect((await desk.say('verify', '--', code!)).out).toContain('out_of_scope')
  })

  const THINGS: readonly [string, () => unknown, RegExp][] = [
    [
      'an issuer',
      () => configure({ issuers: [] }),
      /issuer quang-ninh.example \(key id 1\) is gone: .*, 0 of them/,
    ],
    ['its key id', () => configure({ issuers: [{ ...issuer, keyId: 2 }] }), /had key id 1: .*, 0 of them/],
    [
      'a part of its scope',
      () => configure({ issuers: [{ ...issuer, scope: [{ facility: 12, product: 104, first: 2 }] }] }),
      /may no longer stamp all products of facility 1, .*, 0 of them issued/,
    ],
    [
      'its time',
      () => configure({ days: { ...config().days, issuer: 100 } }),
      /is accepted from 2026-03-01 to 2026-06-09/,
    ],
    [
      'its first day',
      () => configure({ issuers: [{ ...issuer, notBefore: '2026-04-01' }] }),
      /from 2026-04-01 to/,
    ],
    [
      'its key',
      () => {
        for (const end of ['pem', 'pub'])
          cpSync(desk.path(`keys/root.${end}`), desk.path(`keys/other.${end}`))
        configure({ issuers: [{ ...issuer, key: 'other' }] })
      },
      /has another key, KEY in place of KEY: .*, 0 of them issued/,
    ],
    [
      'the revocation key',
      () => configure({ revocation: 'root' }),
      /the revocation key is KEY in place of KEY(.|\n)*revocation epoch 1, before 0/,
    ],
  ]
  // Of a key that signed, `issuers.test.ts` tells: such a list is refused.
  it.each(THINGS)('that drops or narrows %s says so, and asks', async (_thing, change, fact) => {
    change()
    const { exit, err } = await desk.say('trust', 'build')
    expect([exit, err]).toEqual([2, expect.stringMatching(fact)])
    expect(err).toContain('Next: add --yes')
    expect(lists()).toEqual(['trust-1.cbor'])
    desk.isTerminal = true
    desk.typed = ['n']
    expect((await desk.say('trust', 'build')).exit).toBe(3)
    desk.typed = ['y']
    expect((await desk.say('trust', 'build')).exit).toBe(0)
  })

  it('that drops an address asks, and of new ones and new names only tells', async () => {
    const prefixes = ['HTTPS://TEM.EXAMPLE/A/', 'HTTPS://TEM.EXAMPLE/B/']
    configure({ prefixes })
    editProducts((csv) => csv.replace(/^104,(\d+),[^,]*/m, '104,$1,Trà mới'))
    const out = await desk.done('trust', 'build')
    expect(out).toContain('Trust list 2 compared with list 1:\n')
    expect(out).toContain(`may begin with from now on: ${prefixes.join(', ')}\n`)
    expect(out).toMatch(/1 products have changed: 104 .* → Trà mới\n/)
    configure({ prefixes: prefixes.slice(1) })
    expect((await desk.say('trust', 'build')).err).toContain(
      'may no longer begin with: HTTPS://TEM.EXAMPLE/A/',
    )
  })

  it('that changes nothing says that, in text and as JSON', async () => {
    expect(await desk.done('trust', 'build')).toContain('- nothing changes but the dates\n')
    expect(await desk.done('--lang', 'vi', 'trust', 'build')).toContain('- chỉ đổi ngày, không đổi gì khác\n')
    const { changes } = JSON.parse(await desk.done('--json', 'trust', 'build'))
    expect(changes).toMatchObject({
      sequence: { from: 3, to: 4 },
      products: { added: [], removed: [], changed: [] },
    })
  })
})

/** A folder of a root key’s custodian: the project's file, public keys and one private key. */
const custodian = (key: string) => {
  mkdirSync(desk.path('away/keys'), { recursive: true })
  cpSync(desk.path('veristamp.json'), desk.path('away/veristamp.json'))
  for (const name of readdirSync(desk.path('keys')))
    if (name.endsWith('.pub') || name === `${key}.pem`)
      cpSync(desk.path('keys', name), desk.path('away/keys', name))
}

describe('trust sign', () => {
  beforeEach(async () => {
    await desk.done('keygen', 'second', 'third', '--no-encrypt')
    // Two of two sign from now on.
    await desk.done('trust', 'rotate', '--keys', 'second', 'third', '--threshold', '2')
    rmSync(desk.path('keys/third.pem'))
  })

  it('shows what changes and asks, and a custodian’s last signature says to carry the list back', async () => {
    for (const name of ['lists', 'keys', 'veristamp.json', 'state'])
      rmSync(desk.path(name), { recursive: true, force: true })
    await desk.done(
      '--yes',
      'init',
      'qn.example',
      '--facilities',
      'facilities.csv',
      '--products',
      'products.csv',
      '--force',
    )
    configure({ roots: { version: 1, threshold: 2, keys: ['root', 'second'] } })
    await desk.done('keygen', '--no-encrypt')
    custodian('second')
    rmSync(desk.path('keys/second.pem'))
    expect((await desk.say('trust', 'build')).exit).toBe(3)
    const words = ['--dir', 'away', 'trust', 'sign', 'lists/trust-1.draft.cbor', '--key', 'second']
    const { exit, err } = await desk.say(...words)
    expect(exit).toBe(2)
    expect(err).toContain('Trust list 1, the first one:\n- issuer qn.example (key id 1) is new: key KEY')
    expect(err).toContain('root version 1: 2 of its keys must sign')
    expect(err).toContain('164 products are new')
    const out = await desk.done('--yes', ...words)
    expect(out).toContain('Next: carry away/lists/trust-1.cbor back to the authority')
    expect(out).not.toContain('issue')
  })

  describe('refuses before anything is signed', () => {
    const DRAFT = 'lists/trust-3.draft.cbor'
    const refused = async (why: RegExp, ...words: string[]) => {
      const draft = words[0] === undefined ? undefined : readFileSync(desk.path(words[0]))
      const { exit, err } = await desk.say('--yes', 'trust', 'sign', ...words)
      expect([exit, err]).toEqual([2, expect.stringMatching(why)])
      expect(err).toMatch(/\nNext: ./)
      expect(readFileSync(desk.path(words[0]!))).toEqual(draft)
    }
    beforeEach(async () => {
      expect((await desk.say('trust', 'build')).exit).toBe(3)
    })

    it('a key that is no root key, neither of the old nor of the new ones', async () => {
      await refused(/issuer is not a root key/, DRAFT, '--key', 'issuer')
      await refused(/revocation is not a root key/, DRAFT, '--key', 'revocation')
      // It was one until the rotation.
      await refused(/root is not a root key/, DRAFT, '--key', 'root')
    })

    it('a draft of another authority', async () => {
      configure({ authority: 'other.example' })
      rmSync(desk.path('lists/trust-1.cbor'))
      rmSync(desk.path('lists/trust-2.cbor'))
      await refused(
        /is a list of quang-ninh.example, and this is the project of other.example/,
        DRAFT,
        '--key',
        'second',
      )
    })

    it('a list that is as old as the newest at hand, or older', async () => {
      cpSync(desk.path('lists/trust-1.cbor'), desk.path('old.cbor'))
      await refused(/old.cbor is trust list 1, and list 2 is here already/, 'old.cbor', '--key', 'second')
    })

    it('what is no draft, and one whose root keys do not follow', async () => {
      writeFileSync(desk.path('junk.cbor'), 'junk')
      await refused(/junk.cbor is not accepted/, 'junk.cbor', '--key', 'second')
      rmSync(desk.path('lists/trust-1.cbor'))
      rmSync(desk.path('lists/trust-2.cbor'))
      configure({ roots: { version: 2, threshold: 1, keys: ['second'] } })
      await refused(/has root version 2 and its keys, which do not follow/, DRAFT, '--key', 'second')
    })
  })

  it('adds the clock to its question where the draft’s date is behind the newest list', async () => {
    desk.now = new Date(NOW.getTime() - 86_400_000)
    expect((await desk.say('--yes', 'trust', 'build')).exit).toBe(3)
    desk.now = NOW
    const { err } = await desk.say('trust', 'sign', 'lists/trust-3.draft.cbor', '--key', 'second')
    expect(err).toContain(
      'The clock says 2026-02-28 15:00:00 +07:00, but the newest list here was issued on 2026-03-01 15:00:00 +07:00',
    )
  })
})
