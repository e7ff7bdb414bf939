import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createKeyFile, describeKeyFile, readKeyFile, writeKeyFile } from '../../../src/node/keys/key-file.ts'
import { runs } from '../../support/laws.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-keys-'))
  path = join(folder, 'issuer.pem')
  return () => rmSync(folder, { recursive: true })
})

const PASSPHRASE = 'trà Ô Long 2026'
// Not as a JWK: Node 20 may stand still while it writes one of a key that it generated.
const raw = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('hex')
const coded = (code: string) => expect.objectContaining({ code })
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe('a key file', () => {
  it('gives back the key under its passphrase, and in node:crypto too', () => {
    const key = createKeyFile(path, { passphrase: PASSPHRASE })
    expect(raw(readKeyFile(path, { passphrase: PASSPHRASE }))).toBe(raw(key))
    expect(raw(createPrivateKey({ key: readFileSync(path), passphrase: PASSPHRASE }))).toBe(raw(key))
    expect(readdirSync(folder)).toEqual(['issuer.pem'])
  })

  it.runIf(hasOpenssl)('is opened by OpenSSL', () => {
    const key = createKeyFile(path, { passphrase: PASSPHRASE })
    const args = ['pkey', '-in', path, '-passin', 'env:PASS', '-outform', 'DER']
    const opened = execFileSync('openssl', args, { env: { ...process.env, PASS: PASSPHRASE } })
    expect(raw(createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' }))).toBe(raw(key))
  })

  it.runIf(hasOpenssl)('says its parameters where OpenSSL reads them too', () => {
    createKeyFile(path, { passphrase: PASSPHRASE })
    expect(describeKeyFile(path)).toEqual({ kdf: 'scrypt', N: 16384, r: 8, p: 5 })
    const dump = execFileSync('openssl', ['asn1parse', '-in', path], { encoding: 'utf8' })
    expect(dump).toMatch(/PBES2[\s\S]*1\.3\.6\.1\.4\.1\.11591\.4\.11|scrypt/)
    expect(dump).toMatch(/INTEGER +:4000\n[\s\S]*INTEGER +:08\n[\s\S]*INTEGER +:05\n[\s\S]*aes-256-cbc/)
  })

  it('is its owner’s alone, whatever the umask', () => {
    const mask = process.umask(0)
    try {
      createKeyFile(path, { passphrase: null })
    } finally {
      process.umask(mask)
    }
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('opens again under the longest passphrase that it takes, in bytes', () => {
    const longest = 'ế'.repeat(341) // 1023 bytes
    const key = createKeyFile(path, { passphrase: longest })
    expect(raw(readKeyFile(path, { passphrase: longest }))).toBe(raw(key))
    const other = `${path}.other`
    expect(() => createKeyFile(other, { passphrase: `${longest}ế` })).toThrow(/1024 bytes at most/)
    expect(readdirSync(folder)).toEqual(['issuer.pem'])
  })

  it('is never overwritten', () => {
    createKeyFile(path, { passphrase: PASSPHRASE })
    const before = readFileSync(path)
    expect(() => createKeyFile(path, { passphrase: PASSPHRASE })).toThrow(coded('EEXIST'))
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(folder)).toEqual(['issuer.pem'])
  })

  it('is encrypted unless its maker says otherwise, and differs each time', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(() => writeKeyFile(path, privateKey, {} as never)).toThrow(coded('argument_type'))
    expect(() => writeKeyFile(path, privateKey, { passphrase: '' })).toThrow(coded('argument_range'))
    writeKeyFile(path, privateKey, { passphrase: PASSPHRASE })
    writeKeyFile(`${path}2`, privateKey, { passphrase: PASSPHRASE })
    expect(readFileSync(path)).not.toEqual(readFileSync(`${path}2`))
    writeKeyFile(`${path}3`, privateKey, { passphrase: null })
    expect(describeKeyFile(`${path}3`)).toEqual({ kdf: 'none' })
    expect(raw(readKeyFile(`${path}3`))).toBe(raw(privateKey))
  })

  it.each([
    ['a missing', undefined],
    ['a wrong', 'trà ô long 2026'],
  ])('does not open with %s passphrase, and quotes none', (_, passphrase) => {
    createKeyFile(path, { passphrase: PASSPHRASE })
    const read = () => readKeyFile(path, passphrase === undefined ? {} : { passphrase })
    expect(read).toThrow(coded('passphrase'))
    expect(read).not.toThrow(/trà/)
  })
})

describe.runIf(hasOpenssl)('a key file of OpenSSL', () => {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] })

  it('is read, and its weak rounds are told', () => {
    openssl('genpkey', '-algorithm', 'ed25519', '-aes-256-cbc', '-pass', 'pass:tea', '-out', path)
    expect(readKeyFile(path, { passphrase: 'tea' }).asymmetricKeyType).toBe('ed25519')
    expect(describeKeyFile(path)).toEqual({ kdf: 'pbkdf2', iterations: 2048 })
  })

  it('is refused for another algorithm', () => {
    openssl('genpkey', '-algorithm', 'x25519', '-out', path)
    expect(() => readKeyFile(path)).toThrow('expected an Ed25519 key, got x25519')
  })
})

describe('a hostile key file', () => {
  const refused = coded('bad_key_file')

  it('asks for hours of work in vain', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeKeyFile(path, privateKey, { passphrase: PASSPHRASE })
    const bytes = Buffer.from(readFileSync(path, 'latin1').replace(/-----.*-----|\n/g, ''), 'base64')
    const rounds = bytes.indexOf(Buffer.from('02024000020108020105', 'hex'))
    for (const [at, value] of [
      [rounds + 6, 0x7f],
      [rounds + 9, 0x7f],
      [rounds + 9, 0x00],
    ] as const) {
      const changed = Buffer.from(bytes)
      changed[at] = value
      const text = changed.toString('base64').replace(/.{1,64}/g, '$&\n')
      writeFileSync(
        path,
        `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${text}-----END ENCRYPTED PRIVATE KEY-----\n`,
      )
      expect(() => readKeyFile(path, { passphrase: PASSPHRASE })).toThrow('would take too long')
    }
  })

  it('is refused when it is cut, too long, a folder or something else', () => {
    createKeyFile(path, { passphrase: PASSPHRASE })
    const text = readFileSync(path, 'utf8')
    chmodSync(path, 0o600)
    for (const content of ['', 'junk', text.slice(0, 90), text + text, 'A'.repeat(100_000)]) {
      writeFileSync(path, content)
      expect(() => readKeyFile(path, { passphrase: PASSPHRASE }), content.slice(0, 20)).toThrow(refused)
    }
    mkdirSync(join(folder, 'sub'))
    expect(() => readKeyFile(join(folder, 'sub'))).toThrow(refused)
  })

  it('of any bytes ends in a refusal and in nothing else', () => {
    const head = ['-----BEGIN ENCRYPTED PRIVATE KEY-----\n', '\n-----END ENCRYPTED PRIVATE KEY-----\n']
    const law = fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 90 }),
      fc.boolean(),
      (bytes, wrapped) => {
        const content = wrapped ? Uint8Array.of(0x30, bytes.length, ...bytes) : bytes
        writeFileSync(path, Buffer.from(content).toString('base64').replace(/^/, head[0]!) + head[1]!)
        expect(() => readKeyFile(path, { passphrase: 'x' })).toThrow(refused)
      },
    )
    fc.assert(law, { numRuns: runs(200) })
  })
})
