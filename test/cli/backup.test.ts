import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** A backup brings a project back, and no serial twice. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  await issue(5)
  await desk.done('list', '--raise', '12:104:12')
  // Beside the project, as on another disk.
  away = `${desk.folder}-away`
  await desk.done('backup', away)
})
let away: string
afterEach(() => {
  rmSync(away, { recursive: true, force: true })
  desk[Symbol.dispose]()
})

const issue = (count: number, ...more: string[]) =>
  desk.done('issue', '--product', '104', '--count', String(count), '--no-sheets', ...more)
const lose = (...names: string[]) => {
  for (const name of names) rmSync(desk.path(name), { recursive: true, force: true })
}
const refused = async (why: RegExp, ...words: string[]) => {
  const { exit, err } = await desk.say('--yes', ...words)
  expect([exit, err]).toEqual([2, expect.stringMatching(why)])
  expect(err).toMatch(/\nNext: ./)
}

describe('a backup', () => {
  it('holds all but private keys, and these only where they are asked for and protected', async () => {
    const names = readdirSync(away, { recursive: true, encoding: 'utf8' })
    expect(names).toContain('veristamp.json')
    expect(names.some((name) => name.endsWith('codes.csv'))).toBe(true)
    expect(names.some((name) => name.endsWith('.pem'))).toBe(false)
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await desk.done('keygen', 'closed')
    rmSync(away, { recursive: true })
    expect(await desk.done('backup', away, '--keys')).toContain('with the private keys')
    expect(readdirSync(`${away}/keys`).filter((name) => name.endsWith('.pem'))).toEqual(['closed.pem'])
  })

  it('never lands on another, nor in the project', async () => {
    await refused(/is there already/, 'backup', away)
    await refused(/is inside of the project/, 'backup', 'copy')
    expect(existsSync(desk.path('copy'))).toBe(false)
  })

  it('brings a project back in a new folder, where no serial is printed twice', async () => {
    await issue(5)
    const keys = readFileSync(desk.path('keys/issuer.pem'))
    desk.now = new Date(NOW.getTime() + 86_400_000)
    const out = await desk.done('--yes', '--dir', 'new', 'restore', away)
    expect(out).toContain('Serials that were printed after 2026-03-01 are not known here')
    writeFileSync(desk.path('new/keys/issuer.pem'), keys)
    const words = ['--dir', 'new', 'issue', '--product', '104', '--count', '5', '--no-sheets']
    await refused(/brought back on 2026-03-02 from a backup of 2026-03-01/, ...words)
    await refused(/has serials 1 to 5 already/, ...words, '--first', '3')
    // Who knows that 6 to 10 were printed goes on after them.
    writeFileSync(desk.path('new/keys/revocation.pem'), readFileSync(desk.path('keys/revocation.pem')))
    const { err } = await desk.say('--dir', 'new', 'list', '--raise', '12:104:15')
    expect(err).toContain('If lists were signed after that day, bring them here first')
    await desk.done('--yes', '--dir', 'new', 'list', '--raise', '12:104:15')
    expect(await desk.done('--yes', ...words, '--first', '11')).toContain('serials 11 to 15')
    // Asked once of each product.
    await desk.done('--dir', 'new', 'list', '--raise', '12:104:20', '--raise', '12:105:9')
    expect(await desk.done(...words)).toContain('serials 16 to 20')
    await refused(/from a backup of 2026-03-01/, ...words.map((word) => (word === '104' ? '105' : word)))
  })

  it('brings back what is missing, and never what is older than what is there', async () => {
    await issue(7)
    await desk.done('list')
    lose('runs/12-104-1-1', 'registry', 'lists/trust-1.cbor')
    const out = await desk.done('--yes', 'restore', away)
    expect(out).toMatch(/^Brought back 5 files; \d+ were there and stay\.\nNext: /)
    expect(await desk.done('verify-run', '12-104-1-1')).toContain('is whole')
    await desk.done('list', '--raise', '12:104:99')
    expect(await issue(1)).toContain('serials 13 to 13')
  })

  it('that is damaged, or of another project, brings nothing back', async () => {
    lose('registry')
    writeFileSync(`${away}/registry/products.csv`, 'x')
    await refused(/products.csv is missing or damaged/, 'restore', away)
    const file = `${away}/backup.json`
    const said = JSON.parse(readFileSync(file, 'utf8'))
    const digest = said.files['veristamp.json']
    for (const path of ['../outside', 'keys/../../x', '/etc/passwd', 'runs/a/b/c/d/e', 'other.json']) {
      writeFileSync(file, JSON.stringify({ ...said, files: { [path]: digest } }))
      await refused(/is missing or damaged/, 'restore', away)
    }
    writeFileSync(file, '{}')
    await refused(/backup.json is missing or damaged/, 'restore', away)
    await refused(/backup.json is missing or damaged/, 'restore', 'nowhere')
    writeFileSync(file, JSON.stringify({ ...said, authority: 'other.example', files: {} }))
    await refused(/is of other.example, and this is the project of quang-ninh.example/, 'restore', away)
    expect(existsSync(desk.path('registry'))).toBe(false)
  })
})
