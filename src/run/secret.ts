import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import type { Bytes } from '../lib/bytes.ts'
import { checkText } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import { readBoundedFile } from '../node/files/bounded-file.ts'
import { decodeChecked, encodeChecked } from '../node/files/checked-text.ts'
import { createWhole } from '../node/files/durable.ts'
import { SCRYPT } from '../node/keys/encrypted-key.ts'
import { isThere } from './folder.ts'

/**
 * The secret that a run's hidden codes are drawn with, in a file of its own: 32 random bytes under AES-256-GCM,
 * whose key scrypt stretches from a passphrase. The parameters belong to the format, so no file can ask for more.
 */

const FORMAT = 'veristamp-secret-1'

/**
 * The run's secret: the one in the file, or a new one that is on the disk before it is used.
 * Called by who holds the run's lock, before anything is signed.
 * @param name of the run: the secret opens under no other
 * @throws VeristampError `passphrase` for a wrong one, `run_corrupt` for a file that is damaged
 */
export function drawRunSecret(file: string, name: string, passphrase: string): Bytes {
  if (isThere(file)) return openRunSecret(file, name, passphrase)
  checkText('passphrase', passphrase, 1, 1024)
  const secret = new Uint8Array(randomBytes(32))
  createWhole(file, new TextEncoder().encode(seal(secret, name, passphrase)), 0o600)
  return secret
}

function seal(secret: Uint8Array, name: string, passphrase: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), iv)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  return encodeChecked(FORMAT, {
    run: name,
    salt: salt.toString('hex'),
    iv: iv.toString('hex'),
    sealed: sealed.toString('hex'),
  })
}

/**
 * The secret in the file, and never another: what was signed is sealed with this one.
 * @throws VeristampError `passphrase`, or `run_corrupt` also for a file that is not there
 */
export function openRunSecret(file: string, name: string, passphrase: string): Bytes {
  checkText('passphrase', passphrase, 1, 1024)
  const { salt, iv, sealed } = readSecretFile(file, name)
  const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), iv)
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(sealed.subarray(32))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]))
  } catch {
    throw new VeristampError('passphrase', `${file}: the passphrase is wrong`, { file, fault: 'wrong' })
  }
}

/**
 * What a secret's file holds, encrypted. Files of earlier versions don't say whose they are.
 * @throws VeristampError `run_corrupt` for one that is missing, damaged or another run's; what the file system throws
 */
export function readSecretFile(file: string, name: string): Record<'salt' | 'iv' | 'sealed', Buffer> {
  const bytes = isThere(file) ? readBoundedFile(file, 4096) : undefined
  try {
    const text = new TextDecoder().decode(bytes!)
    const { run = name, salt, iv, sealed } = decodeChecked(FORMAT, text) as Record<string, unknown>
    if (run !== name) throw new Error('of another run')
    return { salt: hex(salt, 16), iv: hex(iv, 12), sealed: hex(sealed, 48) }
  } catch (cause) {
    throw new VeristampError(
      'run_corrupt',
      `${file}: missing, damaged or another run’s. Restore it: the hidden codes come from nowhere else`,
      { fault: 'no_secret', file },
      { cause },
    )
  }
}

function hex(value: unknown, length: number): Buffer {
  if (typeof value === 'string' && /^[0-9a-f]*$/.test(value) && value.length === 2 * length) {
    return Buffer.from(value, 'hex')
  }
  throw new Error('not hexadecimal')
}
