import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type ArgumentCheck, checkTable, ifGiven } from '../../lib/arguments.ts'
import { checkText } from '../../lib/checks.ts'
import type { ErrorDetails } from '../../lib/error-details.ts'
import { argumentRange, isMalformed, VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from '../files/bounded-file.ts'
import { createWhole } from '../files/durable.ts'
import { aPath } from '../files/path-argument.ts'
import { checkPrivateKey } from '../signers/key-object-signer.ts'
import { encryptKey, isBearable, type KeyDerivation, readDerivation } from './encrypted-key.ts'

export interface KeyFileOptions {
  /**
   * What the file is encrypted with, 1 to 1024 bytes in UTF-8. `null` says on purpose that it is not: for disks and
   * devices that protect it otherwise.
   */
  readonly passphrase: string | null
}

const MAX_FILE_LENGTH = 16_384
const MAX_PASSPHRASE = 1024

/**
 * Makes a new Ed25519 key and keeps it in a file of PKCS#8 (RFC 8410), as OpenSSL reads it too: readable by its
 * owner alone (mode 600), flushed to the disk, encrypted with scrypt and AES-256.
 * @throws the file system's `EEXIST` where there is a file: none is ever overwritten
 * @example
 * ```ts
 * import { createKeyFile, keyObjectSigner } from 'veristamp/node'
 *
 * const key = createKeyFile(`${folder}/issuer.pem`, { passphrase: 'green tea of the misty hills' })
 * keyObjectSigner(key).publicKey.length // → 32
 * ```
 */
export function createKeyFile(path: string, options: KeyFileOptions): KeyObject {
  checkKeyFile(path, options)
  const { privateKey } = generateKeyPairSync('ed25519')
  writeKeyFile(path, privateKey, options)
  return privateKey
}

/**
 * Keeps a private Ed25519 key as `createKeyFile` does.
 * @throws as it does
 * @example
 * ```ts
 * import { generateKeyPairSync } from 'node:crypto'
 * import { writeKeyFile } from 'veristamp/node'
 *
 * const { privateKey } = generateKeyPairSync('ed25519')
 * writeKeyFile(`${folder}/root.pem`, privateKey, { passphrase: 'green tea of the misty hills' })
 * ```
 */
export function writeKeyFile(path: string, privateKey: KeyObject, options: KeyFileOptions): void {
  const { passphrase } = checkKeyFile(path, options)
  checkPrivateKey(privateKey)
  const text =
    passphrase === null
      ? (privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
      : encryptKey(privateKey, passphrase)
  createWhole(path, new TextEncoder().encode(text), 0o600)
}

/**
 * The private Ed25519 key in a file of PKCS#8 in PEM, for `keyObjectSigner`: also one that OpenSSL wrote.
 * @param options.passphrase needed where `describeKeyFile` says so
 * @throws VeristampError `bad_key_file` for a file that holds no such key or asks for more work than a second or
 * two, `passphrase` for one that is missing or wrong; what the file system throws
 * @example
 * ```ts
 * import { keyObjectSigner, readKeyFile } from 'veristamp/node'
 *
 * const key = readKeyFile(keyFile, { passphrase: 'green tea of the misty hills' })
 * const signer = keyObjectSigner(key)
 * ```
 */
export function readKeyFile(path: string, options: Partial<KeyFileOptions> = {}): KeyObject {
  const { passphrase = null } = checkTable('options', options, { passphrase: ifGiven(aPassphrase) })
  aPath('path', path)
  const text = readBounded(path)
  const { kdf } = derivationOf(path, text)
  if (kdf !== 'none' && passphrase === null)
    throw new VeristampError('passphrase', `${path}: needs a passphrase`, { file: path, fault: 'missing' })
  const key = openKey(path, text, kdf === 'none' ? null : passphrase)
  if (key.asymmetricKeyType === 'ed25519') return key
  throw badKeyFile(
    path,
    'other_kind',
    `expected an Ed25519 key, got ${key.asymmetricKeyType}`,
    key.asymmetricKeyType,
  )
}

/** OpenSSL, which opens the file again, takes no more bytes. */
const aPassphrase: ArgumentCheck = (place, value) => {
  if (value === null) return
  const bytes = Buffer.byteLength(checkText(place, value, 1, MAX_PASSPHRASE))
  if (bytes > MAX_PASSPHRASE) throw argumentRange(place, '1024 bytes at most', `${bytes} bytes`)
}

function checkKeyFile(path: string, options: KeyFileOptions): KeyFileOptions {
  aPath('path', path)
  return checkTable('options', options, { passphrase: aPassphrase })
}

/**
 * How a key file is protected.
 * @throws VeristampError `bad_key_file`; what the file system throws
 * @example
 * ```ts
 * import { describeKeyFile } from 'veristamp/node'
 *
 * describeKeyFile(keyFile).kdf // → 'scrypt'
 * ```
 */
export function describeKeyFile(path: string): KeyDerivation {
  aPath('path', path)
  return derivationOf(path, readBounded(path))
}

function derivationOf(path: string, text: string): KeyDerivation {
  let derivation: KeyDerivation
  try {
    derivation = readDerivation(text)
  } catch (error) {
    if (!isMalformed(error)) throw error
    throw badKeyFile(path, 'not_pem', 'expected PKCS#8 in PEM, plain or encrypted by PBES2')
  }
  if (isBearable(derivation)) return derivation
  throw badKeyFile(path, 'costly', 'its passphrase would take too long to check')
}

function openKey(path: string, key: string, passphrase: string | null): KeyObject {
  try {
    return createPrivateKey(passphrase === null ? { key } : { key, passphrase })
  } catch {
    // OpenSSL's own words differ by version, and may quote what it read.
    if (passphrase === null) throw badKeyFile(path, 'no_private_key', 'no private key can be read from it')
    throw new VeristampError('passphrase', `${path}: the passphrase is wrong, or the file is damaged`, {
      file: path,
      fault: 'wrong',
    })
  }
}

const badKeyFile = (
  file: string,
  fault: ErrorDetails['bad_key_file']['fault'],
  why: string,
  kind?: string,
): VeristampError =>
  new VeristampError('bad_key_file', `${file}: ${why}`, { file, fault, ...(kind && { kind }) })

/** A key file's text; a file that is longer than any is not read. */
function readBounded(path: string): string {
  const bytes = readBoundedFile(path, MAX_FILE_LENGTH)
  if (bytes === undefined) throw badKeyFile(path, 'too_long', 'too long for a key, or no file')
  return Buffer.from(bytes).toString('latin1')
}
