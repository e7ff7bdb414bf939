import { createCipheriv, type KeyObject, randomBytes, scryptSync } from 'node:crypto'
import type { Bytes } from '../../lib/bytes.ts'
import { toHex } from '../../lib/bytes.ts'
import { Malformed } from '../../lib/errors.ts'
import {
  der,
  derInteger,
  type Element,
  OBJECT_ID,
  OCTETS,
  readElements,
  readInteger,
  readSequence,
  SEQUENCE,
} from './der.ts'

/**
 * PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3) under PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914 §7) and
 * AES-256-CBC. node:crypto's own export takes PBKDF2 with 2,048 rounds, far too few.
 */

/** How a passphrase is stretched into the key of a key file. */
export type KeyDerivation =
  | { readonly kdf: 'scrypt'; readonly N: number; readonly r: number; readonly p: number }
  | { readonly kdf: 'pbkdf2'; readonly iterations: number }
  | { readonly kdf: 'none' }

/**
 * OWASP's password storage parameters at 16 MiB: OpenSSL opens no file that takes more than 32 MiB, and makes up
 * for none of the memory in time, so p does.
 */
export const SCRYPT = { N: 2 ** 14, r: 8, p: 5 } as const

const SALT_LENGTH = 16
const OIDS = {
  pbes2: '2a864886f70d01050d',
  pbkdf2: '2a864886f70d01050c',
  scrypt: '2b06010401da47040b',
  aes256cbc: '60864801650304012a',
} as const

const oid = (name: keyof typeof OIDS): Bytes => der(OBJECT_ID, Buffer.from(OIDS[name], 'hex'))

/** The private key as encrypted PKCS#8 in PEM (RFC 7468 §11). */
export function encryptKey(privateKey: KeyObject, passphrase: string): string {
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' })
  const [salt, iv] = [randomBytes(SALT_LENGTH), randomBytes(16)]
  const key = scryptSync(passphrase, salt, 32, SCRYPT)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
  plain.fill(0)
  key.fill(0)
  const { N, r, p } = SCRYPT
  const stretching = der(SEQUENCE, der(OCTETS, salt), derInteger(N), derInteger(r), derInteger(p))
  const scheme = der(
    SEQUENCE,
    der(SEQUENCE, oid('scrypt'), stretching),
    der(SEQUENCE, oid('aes256cbc'), der(OCTETS, iv)),
  )
  return pem(der(SEQUENCE, der(SEQUENCE, oid('pbes2'), scheme), der(OCTETS, encrypted)))
}

function pem(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,64}/g)!
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`
}

const PEM =
  /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1?PRIVATE KEY-----\s*$/

/**
 * What protects a key file, read from its bytes before anything is computed.
 * @throws Malformed for a text that is no PKCS#8 in PEM, or encrypted by another scheme than PBES2
 */
export function readDerivation(text: string): KeyDerivation {
  const found = PEM.exec(text)
  if (found === null) throw new Malformed('pem')
  if (found[1] === undefined) return { kdf: 'none' }
  const [info, ...more] = readElements(Buffer.from(found[2]!, 'base64'))
  if (more.length > 0) throw new Malformed('der')
  const [algorithm, encrypted] = readSequence(info)
  const [scheme, parameters] = readSequence(algorithm)
  if (encrypted?.tag !== OCTETS || !isOid(scheme, 'pbes2')) throw new Malformed('key_scheme')
  const [name, values] = readSequence(readSequence(parameters)[0])
  const numbers = readSequence(values).slice(1)
  if (isOid(name, 'scrypt')) {
    const [N, r, p] = numbers.map(readInteger)
    return { kdf: 'scrypt', N: N ?? 0, r: r ?? 0, p: p ?? 0 }
  }
  if (isOid(name, 'pbkdf2')) return { kdf: 'pbkdf2', iterations: readInteger(numbers[0]) }
  throw new Malformed('key_scheme')
}

const isOid = (element: Element | undefined, name: keyof typeof OIDS): boolean =>
  element?.tag === OBJECT_ID && toHex(element.content) === OIDS[name]

/** Hostile files could ask for hours of work or for all memory: some seconds and 32 MiB are the most. */
export const isBearable = (derivation: KeyDerivation): boolean => {
  if (derivation.kdf === 'none') return true
  if (derivation.kdf === 'pbkdf2') return derivation.iterations >= 1 && derivation.iterations <= 10_000_000
  const { N, r, p } = derivation
  return N >= 2 && r >= 1 && p >= 1 && 128 * N * r <= 2 ** 25 && N * r * p <= 2 ** 22
}
