import { generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** Keys whose halves do not belong together, and keys that are elsewhere. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const FILES = ['--facilities', 'facilities.csv', '--products', 'products.csv']
const ISSUE = ['issue', '--product', '104', '--count', '3', '--no-sheets']
const swap = (name: string, other: string) =>
  cpSync(desk.path(`keys/${other}.pub`), desk.path(`keys/${name}.pub`))
const mismatched = async (...words: string[]) => {
  const { exit, err } = await desk.say(...words)
  expect([exit, err]).toEqual([
    2,
    expect.stringMatching(
      /keys\/\w+.pub is not the public key of keys\/\w+.pem(.|\n)*Next: put back the file/,
    ),
  ])
}

describe('a public key that was swapped', () => {
  it('is enrolled by no trust list', async () => {
    await foundProject(desk)
    await desk.done('keygen', 'thief', '--no-encrypt')
    for (const name of ['issuer', 'revocation', 'root']) {
      const kept = readFileSync(desk.path(`keys/${name}.pub`))
      swap(name, 'thief')
      await mismatched('--yes', 'trust', 'build')
      writeFileSync(desk.path(`keys/${name}.pub`), kept)
    }
    expect(existsSync(desk.path('lists/trust-2.cbor'))).toBe(false)
  })

  it('prints nothing, and signs no list', async () => {
    await foundProject(desk)
    swap('issuer', 'root')
    await mismatched(...ISSUE)
    expect(existsSync(desk.path('runs'))).toBe(false)
    swap('revocation', 'root')
    await mismatched('list')
  })

  it('is found where the private key is encrypted too', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await desk.done('init', 'a.example', ...FILES)
    await desk.done('keygen')
    const kept = readFileSync(desk.path('keys/issuer.pub'))
    swap('issuer', 'revocation')
    await mismatched('trust', 'build')
    writeFileSync(desk.path('keys/issuer.pub'), kept)
    await desk.done('trust', 'build')
    swap('revocation', 'root')
    await mismatched('list')
  })

  it('is told by a trust list where the private key is elsewhere: the issuer has another key', async () => {
    await foundProject(desk)
    rmSync(desk.path('keys/issuer.pem'))
    await desk.done('keygen', 'thief', '--no-encrypt')
    swap('issuer', 'thief')
    expect((await desk.say('trust', 'build')).err).toMatch(/has another key, KEY in place of KEY/)
  })

  it('of a program is found before a list names it', async () => {
    await foundProject(desk)
    await desk.done('keygen', 'hsm', 'thief', '--no-encrypt')
    renameSync(desk.path('keys/hsm.pem'), desk.path('hsm.pem'))
    const script = `const c=require('crypto'),f=require('fs');process.stdout.write(c.sign(null,f.readFileSync(0),c.createPrivateKey(f.readFileSync(${JSON.stringify(desk.path('hsm.pem'))}))))`
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    config.issuers.push({ key: 'hsm', keyId: 2, name: 'HSM', scope: [{ facility: 99 }] })
    config.commands = { hsm: [process.execPath, '-e', script] }
    writeFileSync(desk.path('veristamp.json'), JSON.stringify(config))
    const kept = readFileSync(desk.path('keys/hsm.pub'))
    swap('hsm', 'thief')
    const { exit, err } = await desk.say('trust', 'build')
    expect([exit, err]).toEqual([2, expect.stringContaining('does not verify under the public key')])
    writeFileSync(desk.path('keys/hsm.pub'), kept)
    config.issuers[0].scope = [{ facility: 12 }]
    writeFileSync(desk.path('veristamp.json'), JSON.stringify(config))
    await desk.done('--yes', 'trust', 'build')
  })
})

it('a public key whose file is lost is derived from a private key that is open', async () => {
  await foundProject(desk)
  rmSync(desk.path('keys/issuer.pub'))
  await desk.done(...ISSUE)
  await desk.done('list')
  expect((await desk.say('verify', '--file', 'runs/12-104-1-1/codes.csv')).out).toContain('3 valid')
})

it('a private key that was swapped prints nothing either', async () => {
  await foundProject(desk)
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(desk.path('keys/issuer.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  await mismatched(...ISSUE)
})

describe('a printer without the revocation key', () => {
  beforeEach(async () => {
    await foundProject(desk)
    await desk.done(...ISSUE)
    rmSync(desk.path('keys/revocation.pem'))
  })

  it.each([
    [['list'], 'veristamp list --raise 12:104:3'],
    [['list', '--raise', '12:104:50'], 'veristamp list --raise 12:104:50'],
    [['revoke', '--run', '12-104-1-1', '--reason', 'lost'], 'veristamp revoke'],
  ])('%j says what to ask the authority for', async (words, asked) => {
    const { exit, err } = await desk.say('--yes', ...words)
    expect(exit).toBe(2)
    expect(err).toContain(`Next: the authority has the revocation key. Ask it to run: ${asked}`)
    expect(err).not.toContain('keygen')
  })

  it('hears the same after a run', async () => {
    expect(await desk.done(...ISSUE)).toContain(
      'Next: the authority has the revocation key. Ask it to run: veristamp list --raise 12:104:6; and',
    )
  })
})

it('an issuer’s private key that is elsewhere is not to be made again', async () => {
  await foundProject(desk)
  rmSync(desk.path('keys/issuer.pem'))
  const { err } = await desk.say(...ISSUE)
  expect(err).toContain('Next: this private key is on another machine')
})
