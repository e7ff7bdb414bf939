import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIELDS } from '../../src/cli/project/config.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** veristamp.json: its schema and the commands agree on what it may say. */

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/project-1.schema.json', import.meta.url), 'utf8'),
)
const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

let desk: Desk & Disposable
let plain: object
beforeAll(async () => {
  desk = openDesk()
  await foundProject(desk)
  plain = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
})
afterAll(() => desk[Symbol.dispose]())

const key = 'ab'.repeat(32)
const issuer = { key: 'issuer', keyId: 1, name: 'A', notBefore: '2026-01-01', retired: '2026-02-01' }
/** A file with every field. */
const full = () => ({
  ...plain,
  $schema: './project-1.schema.json',
  issuers: [{ ...issuer, scope: [{ facility: '8935000000014', product: 104, first: 1, last: 9 }] }],
  scanners: [{ place: 'Chợ', key, position: '+20.9517+107.0748' }],
  prefixes: ['HTTPS://TEM.EXAMPLE/#'],
  report: ['tel:1900', 'mailto:a@tem.example', '/report'],
  epcis: {
    printed: 'encoding',
    ended: 'destroying',
    offset: '+07:00',
    readPoint: '8935000000014',
    maxEpcs: 9,
  },
  labels: { language: 'vi', template: 'logo', logo: 'pictures/logo.svg' },
  commands: { root: ['sign', '--slot', '1'] },
  ledger: { postgres: { host: 'db', port: 5432, database: 'a', user: 'b', tls: true } },
})

/** What the commands say to a file: `issuer list` reads all of it, and asks no database. */
async function said(value: unknown, language = 'en'): Promise<string> {
  writeFileSync(desk.path('veristamp.json'), JSON.stringify(value))
  const { exit, err } = await desk.say('--lang', language, 'issuer', 'list')
  return exit === 0 ? '' : err
}

/** The file with something else at a place. */
function changed(path: readonly (string | number)[], value: unknown): object {
  const copy = structuredClone(full())
  let at = copy as Record<string | number, unknown>
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>
  at[path.at(-1)!] = value
  return copy
}

const WRONG: readonly (readonly [path: (string | number)[], value: unknown])[] = [
  [['authority'], 5],
  [['authority'], ''],
  [['roots'], 5],
  [['roots', 'version'], 0],
  [['roots', 'threshold'], 17],
  [['roots', 'keys'], 'root'],
  [['roots', 'keys'], ['../root']],
  [['issuers'], {}],
  [['issuers', 0, 'key'], 'a/b'],
  [['issuers', 0, 'keyId'], 65_536],
  [['issuers', 0, 'name'], ''],
  [['issuers', 0, 'notBefore'], '1 May'],
  [['issuers', 0, 'retired'], '2026-02-31'],
  [['issuers', 0, 'scope'], 'all'],
  [['issuers', 0, 'scope', 0, 'facility'], -1],
  [['issuers', 0, 'scope', 0, 'product'], 1.5],
  [['issuers', 0, 'scope', 0, 'first'], '1'],
  [['issuers', 0, 'scope', 0, 'last'], 2 ** 53],
  [['revocation'], 'a b'],
  [['scanners'], 'x'],
  [['scanners', 0, 'place'], ''],
  [['scanners', 0, 'key'], 'ab'],
  [['prefixes'], 'HTTPS://TEM.EXAMPLE/'],
  [['report'], ['http://x']],
  [['days'], 90],
  [['days', 'trust'], 0],
  [['days', 'revocation'], '14'],
  [['days', 'issuer'], 36_501],
  [['epcis'], 'x'],
  [['labels'], 'x'],
  [['labels', 'language'], 'fr'],
  [['labels', 'template'], 'fancy'],
  [['labels', 'logo'], '../logo.svg'],
  [['commands'], 'x'],
  [['commands', 'root'], []],
  [['ledger'], 'x'],
  [['ledger', 'postgres', 'port'], 0],
  [['ledger', 'postgres', 'tls'], 'yes'],
]

describe('veristamp.json', () => {
  it('has a schema with the very fields that commands know', () => {
    const named = (value: Record<string, unknown>): unknown => {
      const own = value.$ref ? schema.$defs[(value.$ref as string).split('/').at(-1)!] : value
      const { properties, items, oneOf, type } = own
      const inner = items ?? oneOf?.find((each: { type?: string }) => each.type === 'object')
      if (inner) return named(inner)
      if (type !== 'object' || !properties) return true
      return Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, named(each as Record<string, unknown>)]),
      )
    }
    expect(named(schema)).toEqual(FIELDS)
  })

  it('may have them all', async () => {
    for (const value of [plain, full(), { ...plain, ledger: 'runs/' }]) {
      expect(await said(value)).toBe('')
      validate(value)
      expect(validate.errors ?? []).toEqual([])
    }
  })

  it.each(WRONG)('with a wrong %j is refused, in both languages and by the schema', async (path, value) => {
    const file = changed(path, value)
    expect(validate(file)).toBe(false)
    const place =
      path[0] === 'commands' ? 'commands' : path.filter((name) => typeof name === 'string').join('.')
    const err = await said(file)
    expect(err.replace(/\[\d+\]/g, '')).toContain(`veristamp.json: ${place}: expected `)
    expect(err).toMatch(/\nNext: .*schemas\/project-1\.schema\.json/)
    const expected = /: expected (.*?)(, got .*)?\n/.exec(err)![1]!
    const vi = await said(file, 'vi')
    expect(vi).toContain(': cần ')
    expect(vi).not.toContain(expected)
  })

  it.each([
    [['prefix'], 'there is no field prefix; is it "prefixes"?'],
    [['roots', 'treshold'], 'there is no field roots.treshold; is it "threshold"?'],
    [['issuers', 0, 'scopes'], 'there is no field issuers[0].scopes; is it "scope"?'],
    [
      ['issuers', 0, 'scope', 0, 'facilty'],
      'there is no field issuers[0].scope[0].facilty; is it "facility"?',
    ],
    [['scanners', 0, 'places'], 'there is no field scanners[0].places; is it "place"?'],
    [['days', 'trusts'], 'there is no field days.trusts; is it "trust"?'],
    [['epcis', 'readpoint'], 'there is no field epcis.readpoint; is it "readPoint"?'],
    [['ledger', 'postgres', 'hosts'], 'there is no field ledger.postgres.hosts; is it "host"?'],
  ])('with an unknown %j is refused with the nearest name', async (path, why) => {
    const file = changed(path, 1)
    expect(validate(file)).toBe(false)
    expect(await said(file)).toContain(why)
  })
})
