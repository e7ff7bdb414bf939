import { createPublicKey, verify } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toHex } from '../../src/lib/bytes.ts'
import { areWhole } from '../support/laws.ts'
import { type Desk, NOW, openDesk } from './desk.ts'
import { carry, edit, type Kiosk, kioskOf, newest, type Place, placeOf, stampsOf } from './story.ts'

/**
 * Five years of two authorities and three printers, by the commands that clerks type. Nobody shares a folder: files are
 * carried, and kiosks ask two web servers. One is checked every month, and never calls an honest stamp invalid, nor a
 * recalled one valid.
 */

/**
 * Half of the work would be to check the same dozen keys in each of two thousand commands: so each is checked once, and
 * OpenSSL verifies, which agrees with noble on all that honest signers make.
 */
vi.mock('../../src/ed25519/noble/engine.ts', async (load) => {
  const { nobleEngine, ...rest } = await load<typeof import('../../src/ed25519/noble/engine.ts')>()
  const known = new Map<string, ReturnType<typeof nobleEngine.importKey>>()
  const importFast = (publicKey: Uint8Array): ReturnType<typeof nobleEngine.importKey> => {
    const imported = nobleEngine.importKey(publicKey)
    if (!imported.ok) return imported
    const x = Buffer.from(publicKey).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return {
      ok: true,
      key: {
        publicKey: imported.key.publicKey,
        verify: (message, signature) => signature.length === 64 && verify(null, message, key, signature),
      },
    }
  }
  const importKey = (publicKey: Uint8Array) => {
    const name = toHex(publicKey)
    const imported = known.get(name) ?? importFast(publicKey)
    known.set(name, imported)
    return imported
  }
  return { ...rest, nobleEngine: { ...nobleEngine, importKey } }
})

const MONTHS = 60
/** Printers print so often, in months, and lists are renewed so often: the usual form takes a quarter of the time. */
const STEP = areWhole ? 1 : 3
const RENEWAL = areWhole ? 1 : 6
const DAYS = { trust: 35 * RENEWAL, revocation: 35 * RENEWAL, issuer: 1900 }
const DAY = 86_400_000
const MONTH = 30 * DAY

let desk: Desk & Disposable
let month = 0
/** One that is always on line, and one that somebody brings lists to twice a year. */
let [kiosk, far]: Kiosk[] = []

interface Stamp {
  readonly run: string
  readonly text: string
  readonly since: number
  recalled?: number
}
const stamps: Stamp[] = []

/** An authority: where it works, its web server, and how its trust lists are signed. */
interface Authority {
  office: Place
  readonly host: string
  readonly facility: number
  signs(words: string): Promise<void>
}
interface Printer {
  bench: Place
  key: string
  readonly authority: Authority
  readonly facility: number
  readonly product: number
  /** The last serial on its labels. */
  last: number
}

/** Three keep a root key each, and two of them must sign. */
let hands = ['an', 'binh', 'chi']
let province: Authority
let village: Authority
const printers: Printer[] = []

beforeAll(() => {
  desk = openDesk()
})
afterAll(() => desk[Symbol.dispose]())

function writeRegistry(office: Place, folder: string, products: number): void {
  mkdirSync(office.path(folder), { recursive: true })
  const facilities = 'id,name,gln,address\n12,Trà Đồi Sương,,\n13,Cá Vụng Êm,,\n'
  writeFileSync(office.path(folder, 'facilities.csv'), facilities)
  const rows = Array.from({ length: products }, (_, i) => `${101 + i},${12 + (i % 2)},Sản phẩm ${i + 1},,,`)
  writeFileSync(
    office.path(folder, 'products.csv'),
    `id,facility,name,gtin,stars,image\n${rows.join('\n')}\n`,
  )
}

/** docs/ceremony.md: the draft goes to two hands, who sign at home, and comes back. */
async function signInHands(words: string): Promise<void> {
  const { office } = province
  const said = await office.says(`--yes ${words}`)
  expect(said.exit, said.out + said.err).toBe(3)
  const draft = /lists\/(trust-(\d+)\.draft\.cbor)/.exec(said.out)!
  const before = Number(draft[2]) - 1
  const two = [hands[month % 2]!, hands[2]!]
  for (const name of two) {
    const keeper = placeOf(desk, name)
    for (const file of [draft[0], 'pins.json']) carry(office, file, keeper)
    if (before > 0) carry(office, `lists/trust-${before}.cbor`, keeper)
    const against = before > 0 ? ` --before trust-${before}.cbor` : ''
    const signed = await keeper.says(`--yes trust sign ${draft[1]} --pins pins.json${against}`)
    expect(signed.exit, signed.out + signed.err).toBe(3)
    carry(keeper, draft[1]!, office, `stick/${name}`)
  }
  await office.types(`--yes trust merge ${two.map((name) => `stick/${name}/${draft[1]}`).join(' ')}`)
}

async function makeRootKey(name: string): Promise<void> {
  const keeper = placeOf(desk, name)
  await keeper.types(`keygen ${name} --no-encrypt`)
  carry(keeper, `keys/${name}.pub`, province.office, 'keys')
}

async function foundProvince(): Promise<void> {
  const office = placeOf(desk, 'province')
  province = { office, host: 'quang-ninh.example', facility: 12, signs: signInHands }
  writeRegistry(office, 'csv', 12)
  await office.types('init quang-ninh.example --facilities csv/facilities.csv --products csv/products.csv')
  for (const name of hands) await makeRootKey(name)
  edit(office, { roots: { version: 1, threshold: 2, keys: hands }, days: DAYS })
  await office.types('keygen issuer revocation --no-encrypt')
  await office.types('trust pins -o pins.json --lists https://quang-ninh.example/lists/')
  await province.signs('trust build')
}

async function foundVillage(): Promise<void> {
  const office = placeOf(desk, 'village')
  const signs = async (words: string): Promise<void> => void (await office.types(`--yes ${words}`))
  village = { office, host: 'lang-nghe.example', facility: 13, signs }
  writeRegistry(office, 'csv', 4)
  await office.types('init lang-nghe.example --facilities csv/facilities.csv --products csv/products.csv')
  edit(office, { days: DAYS })
  await office.types('keygen --no-encrypt')
  await office.types('trust pins -o pins.json --lists https://lang-nghe.example/lists/')
  await village.signs('trust build')
}

/** A printer's folder: what the authority hands over, and a key that is made there. */
async function openPrinter(authority: Authority, key: string, facility: number, product: number) {
  const { office } = authority
  const bench = placeOf(desk, key)
  carry(office, 'veristamp.json', bench)
  for (const file of office.files('keys').filter((name) => name.endsWith('.pub')))
    carry(office, `keys/${file}`, bench, 'keys')
  await bench.types(`keygen ${key} --no-encrypt`)
  carry(bench, `keys/${key}.pub`, office, 'keys')
  await authority.signs(`issuer add ${key} --name ${key} --scope ${facility} --from issuer`)
  printers.push({ bench, key, authority, facility, product, last: 0 })
}

/** The key of a printer goes, and another that was made there comes. */
async function rotateKey(printer: Printer, to: string): Promise<void> {
  const { bench, authority } = printer
  await bench.types(`keygen ${to} --no-encrypt`)
  carry(bench, `keys/${to}.pub`, authority.office, 'keys')
  await authority.signs(`issuer rotate ${printer.key} --to ${to}`)
  printer.key = to
}

/** Fresh lists, on the web server and at the printers. `raise`: what may be printed next. */
async function renewLists(authority: Authority, raise = ''): Promise<void> {
  const { office, host } = authority
  if (month % RENEWAL === 0) await authority.signs('trust build')
  await office.types(`list${raise}`)
  await office.types(`publish ../web/${host}/lists`)
}

async function bringLists({ bench, authority: { office } }: Printer): Promise<void> {
  const lists = [newest(office, 'trust'), newest(office, 'revocation')]
  for (const file of lists) carry(office, file, bench, 'stick')
  await bench.types(`lists import ${lists.map((file) => file.replace('lists', 'stick')).join(' ')}`)
}

const COUNT = 3

/** The printer prints what it may, the authority gathers the run and notes who gets it. */
async function print(printer: Printer): Promise<void> {
  const { bench, authority, key, product, last } = printer
  await bringLists(printer)
  const words = `issue --product ${product} --count ${COUNT} --lot L${month} --no-sheets --key ${key}`
  // The authority has raised the watermark: the printer is asked once, and told which serial comes next.
  const asked = await bench.says(words)
  const told = /--first (\d+) --yes/.exec(asked.err)?.[1]
  if (told !== undefined) expect(Number(told), asked.err).toBe(last + 1)
  const out = await bench.types(`--yes ${words} --first ${last + 1}`)
  const run = /Run (\S+):/.exec(out)![1]!
  await authority.office.types(`runs import ../${bench.name}`)
  await authority.office.types(`--yes release ${run} --to Chợ-Hạ-Long`)
  for (const text of stampsOf(bench, run)) stamps.push({ run, text, since: month })
  printer.last += COUNT
}

/** What has to be done has been done. */
async function checkStatus({ office }: Authority): Promise<void> {
  const { exit, out, err } = await office.says('status')
  expect(exit, `month ${month}\n${out}${err}`).toBe(0)
}

function checkKiosks(now: Date): void {
  for (const { run, text, recalled } of stamps) {
    const verdict = kiosk!.verify(text, now)
    const told = `month ${month}, ${run}: ${JSON.stringify(verdict)}`
    expect(verdict.status, told).toBe(recalled === undefined ? 'valid' : 'invalid')
  }
  const seen = month - (month % 6)
  for (const { run, text, since, recalled } of stamps) {
    if (since > seen) continue
    const { status } = far!.verify(text, now)
    const never = recalled === undefined ? 'invalid' : recalled <= seen ? 'valid' : ''
    expect(status, `far kiosk, month ${month}, ${run}`).not.toBe(never)
  }
  expect([...kiosk!.alarms, ...far!.alarms]).toEqual([])
}

/** What happens beside the work of every month. */
const events: Readonly<Record<number, () => Promise<void>>> = {
  12: () => addProducts(60),
  15: () => rotateKey(printers[0]!, 'tea-2'),
  21: () => loseRootKey('chi', 'dung'),
  24: async () => {
    await addProducts(120)
    await printers[2]!.bench.types(`backup ${away('cloth')}`)
  },
  27: async () => {
    await rotateKey(printers[2]!, 'cloth-2')
    await province.office.types(`backup ${away('province')}`)
  },
  30: () => recall('L9'),
  33: restoreProvince,
  36: () => addProducts(190),
  39: () => rotateKey(printers[0]!, 'tea-3'),
  42: () => restorePrinter(printers[2]!),
  45: () => rotateKey(printers[1]!, 'fish-2'),
  48: () => addProducts(250),
}

const away = (name: string): string => desk.path('away', name)

async function addProducts(count: number): Promise<void> {
  const { office } = province
  writeRegistry(office, 'registry', count)
  expect(await office.types('registry check')).toContain(`${count} products`)
  await province.signs('trust build')
  await office.types('--yes list --raise 0')
}

/** The machine of one of three broke: the other two replace its key. */
async function loseRootKey(lost: string, by: string): Promise<void> {
  rmSync(desk.path(lost), { recursive: true })
  await makeRootKey(by)
  const left = hands.filter((name) => name !== lost)
  hands = [left[0]!, left[0]!, left[1]!]
  await province.signs(`trust rotate --keys ${[...left, by].join(' ')} --threshold 2`)
  hands = [...left, by]
}

async function recall(lot: string): Promise<void> {
  const { office } = province
  const { err } = await office.says(`revoke --lot ${lot} --reason recalled`)
  expect(err).toContain(`This revokes ${COUNT} issued and 0 unissued serials`)
  await office.types(`--yes revoke --lot ${lot} --reason recalled`)
  const hit = stamps.filter(({ since, run }) => lot === `L${since}` && run.startsWith('12-'))
  for (const stamp of hit) stamp.recalled = month
  await office.types(`publish ../web/${province.host}/lists`)
}

/** The office burnt down. What is left: an old backup, the keys in the safe, the web server, and the printers. */
async function restoreProvince(): Promise<void> {
  const { office, host } = province
  const safe = placeOf(desk, 'safe')
  for (const name of ['revocation.pem', 'issuer.pem']) carry(office, `keys/${name}`, safe)
  rmSync(office.path(), { recursive: true })
  const next = placeOf(desk, 'province-2')
  province.office = next
  expect(await next.types(`--yes restore ${away('province')}`)).toContain('bring here the newest lists')
  for (const name of safe.files('.')) carry(safe, name, next, 'keys')
  expect((await next.says('status')).out).toContain('now: This project was brought back from a backup')
  const web = placeOf(desk, `web/${host}/lists`)
  const lists = web.files('.').filter((name) => /^(trust|revocation)-/.test(name))
  await next.types(`lists import ${lists.map((name) => `../web/${host}/lists/${name}`).join(' ')}`)
  await next.types('trust pins -o pins.json --lists https://quang-ninh.example/lists/')
  for (const { bench, authority } of printers)
    if (authority === province) await next.types(`runs import ../${bench.name}`)
  expect((await next.says('list')).err).toContain('brought back from a backup')
  await next.types('--yes list')
  for (const [run] of (await next.says('status')).out.matchAll(/(?<=release )\d[-\d]+/g))
    await next.types(`--yes release ${run} --to Chợ-Hạ-Long`)
}

/** A printer's disk broke. Its labels say where it was. */
async function restorePrinter(printer: Printer): Promise<void> {
  const { bench, key, product, last } = printer
  const safe = placeOf(desk, 'other-safe')
  carry(bench, `keys/${key}.pem`, safe)
  carry(bench, `keys/${key}.pub`, safe)
  rmSync(bench.path(), { recursive: true })
  printer.bench = placeOf(desk, `${bench.name}-2`)
  const { bench: next } = printer
  await next.types(`--yes restore ${away(bench.name)}`)
  for (const name of safe.files('.')) carry(safe, name, next, 'keys')
  await bringLists(printer)
  expect(await next.types(`runs import ../${printer.authority.office.name}`)).toContain('is here now')
  const words = `issue --product ${product} --count ${COUNT} --no-sheets --key ${key}`
  const asked = await next.says(words)
  expect([asked.exit, asked.err]).toEqual([2, expect.stringContaining('from a backup')])
  const twice = await next.says(`--yes ${words} --first ${last - COUNT - 1}`)
  expect(twice.exit, twice.err).toBe(2)
}

describe('five years of two authorities and three printers', () => {
  it('end with every honest stamp valid and every recalled one invalid', { timeout: 300_000 }, async () => {
    await foundProvince()
    await foundVillage()
    await openPrinter(province, 'tea', 12, 101)
    await openPrinter(province, 'fish', 13, 102)
    await openPrinter(village, 'cloth', 13, 102)
    for (const { office } of [province, village]) await office.types('--yes list --raise 0')
    const pins = [province, village].map(({ office }) => office.path('pins.json'))
    ;[kiosk, far] = [kioskOf(desk, pins), kioskOf(desk, pins)]
    for (month = 0; month < MONTHS; month++) {
      desk.now = new Date(NOW.getTime() + month * MONTH)
      await events[month]?.()
      if (month % STEP === 0) {
        const printer = printers[(month / STEP) % printers.length]!
        const { facility, product, last } = printer
        const raise = ` --raise ${facility}:${product}:${last + COUNT}`
        for (const authority of [province, village]) {
          if (authority === printer.authority) await renewLists(authority, raise)
          else if (month % RENEWAL === 0) await renewLists(authority)
        }
        await print(printer)
        for (const authority of [province, village]) await checkStatus(authority)
      }
      await kiosk.refresh(desk.now)
      if (month % 6 === 0) await far.refresh(desk.now)
      checkKiosks(desk.now)
      // The lists are as old then as they ever are.
      if (month % RENEWAL === RENEWAL - 1) checkKiosks(new Date(desk.now.getTime() + 20 * DAY))
    }
    expect(stamps.length).toBe((MONTHS / STEP) * COUNT)
  })
})
