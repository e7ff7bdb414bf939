import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandSigner } from '../../../src/node/signers/command-signer.ts'
import { describeSigner, pkcs8 } from '../../ed25519/describe-signer.ts'
import { fromHex, RFC8032_VECTORS } from '../../ed25519/vectors.ts'

/** A program that signs with a seed, as a module's own would, or runs `body` in its place. */
const program = (body: string): [string, ...string[]] => [process.execPath, '-e', body]
const signing = (seed: string, more = ''): [string, ...string[]] =>
  program(`
    const { createPrivateKey, sign } = require('node:crypto')
    const key = createPrivateKey({ key: Buffer.from('${pkcs8(seed).toString('hex')}', 'hex'), format: 'der', type: 'pkcs8' })
    const message = require('node:fs').readFileSync(0)
    const signature = sign(null, message, key)
    ${more}
    process.stdout.write(signature)`)

const { seed, publicKey } = RFC8032_VECTORS[0]!
const failing = (command: [string, ...string[]], timeout?: number) =>
  commandSigner({ command, publicKey: fromHex(publicKey), ...(timeout && { timeout }) }).sign(
    Uint8Array.of(1),
  )

describeSigner('commandSigner', (seed, publicKey) =>
  commandSigner({ command: signing(seed), publicKey: fromHex(publicKey) }),
)

describe('a command that signs', () => {
  it('runs at most four times at once, however many messages wait', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signer-'))
    // Each says how many stood beside it when it came.
    const crowd = `
      const { mkdirSync, readdirSync, rmdirSync, appendFileSync } = require('node:fs')
      const own = ${JSON.stringify(`${folder}/`)} + process.pid
      mkdirSync(own)
      appendFileSync(${JSON.stringify(`${folder}.log`)}, readdirSync(${JSON.stringify(folder)}).length + '\\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
      rmdirSync(own);`
    const signer = commandSigner({ command: signing(seed, crowd), publicKey: fromHex(publicKey) })
    await Promise.all(Array.from({ length: 10 }, (_, i) => signer.sign(Uint8Array.of(i))))
    const counts = readFileSync(`${folder}.log`, 'utf8').trim().split('\n').map(Number)
    expect(counts).toHaveLength(10)
    expect(Math.max(...counts)).toBeLessThanOrEqual(4)
    rmSync(folder, { recursive: true })
    rmSync(`${folder}.log`)
  })

  it('is not told the passphrase of the process', async () => {
    const command = program('process.stderr.write(String(process.env.VERISTAMP_PASSPHRASE)); process.exit(1)')
    process.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    try {
      await expect(failing(command)).rejects.toThrow('ended with 1: undefined')
    } finally {
      delete process.env.VERISTAMP_PASSPHRASE
    }
  })
})

describe('a command that fails to sign', () => {
  const coded = (message: string) => ({ code: 'signing_failed', message: expect.stringContaining(message) })

  it.each([
    ['is not there', ['/nowhere/hsm'], 'ENOENT'],
    ['says why', program('console.error("PIN locked"); process.exit(3)'), 'ended with 3: PIN locked'],
    [
      'says much',
      program('console.error("x".repeat(1e5)); console.error("Traceback\\nPIN locked\\n"); process.exit(3)'),
      'ended with 3: PIN locked',
    ],
    ['says why, and ends well', program('console.error("no slot 0")'), 'got 0: no slot 0'],
    ['is killed', program('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1e4)'), 'SIGTERM'],
    ['says nothing', program(''), 'expected 64 bytes on standard output, got 0'],
    ['says too much', program('process.stdout.write("x".repeat(1e6))'), 'got 65'],
    ['ends in a line', signing(seed, 'process.stdout.write("\\n");'), 'got 65'],
    ['forges', signing(seed, 'signature[9] ^= 1'), 'does not verify'],
    ['has another key', signing(RFC8032_VECTORS[1]!.seed), 'does not verify'],
    [
      'colours its words',
      program('console.error("\\u001b[31mred"); process.exit(1)'),
      'ended with 1: ?[31mred',
    ],
  ] as [string, [string, ...string[]], string][])('that %s is told so', async (_, command, message) => {
    await expect(failing(command)).rejects.toMatchObject(coded(message))
  })

  it.each<[string, [string, ...string[]], object]>([
    ['is not there', ['/nowhere/hsm'], { fault: 'not_started', program: '/nowhere/hsm', system: 'ENOENT' }],
    [
      'says why',
      program('console.error("PIN locked"); process.exit(3)'),
      { fault: 'ended', exit: 3, complaint: 'PIN locked' },
    ],
    ['is killed', program('process.kill(process.pid); setTimeout(() => {}, 1e4)'), { exit: 'SIGTERM' }],
    ['says nothing', program(''), { fault: 'wrong_length', length: 0, complaint: '' }],
    ['forges', signing(seed, 'signature[9] ^= 1'), { fault: 'wrong_signature' }],
  ])('that %s is told by its facts too', async (_, command, details) => {
    await expect(failing(command)).rejects.toMatchObject({ details: { program: command[0], ...details } })
  })

  it('is ended when it takes too long', async () => {
    const waits = program('process.stderr.write("Enter PIN: "); setTimeout(() => {}, 60_000)')
    await expect(failing(waits, 1000)).rejects.toMatchObject(coded('no answer within 1000 ms: Enter PIN:'))
  })
})

describe('commandSigner', () => {
  it('passes arguments as they are, through no shell', async () => {
    const command = [
      ...program('process.stderr.write(process.argv[1]); process.exit(1)'),
      '$(id); `id`',
    ] as const
    await expect(failing([...command])).rejects.toThrow('$(id); `id`')
  })

  it.each([
    ['no command', { command: [] }],
    ['a line for a shell', { command: 'sign --key 1' }],
    ['a timeout of none', { timeout: 0 }],
    ['a short public key', { publicKey: new Uint8Array(31) }],
    ['an unsound public key', { publicKey: new Uint8Array(32) }],
  ])('refuses %s', (_, wrong) => {
    const options = { command: program(''), publicKey: fromHex(publicKey), ...wrong }
    expect(() => commandSigner(options as never)).toThrow(/command|timeout|publicKey/)
  })
})
