import type { KeyObject } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../ed25519/signer.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { describeKeyFile, readKeyFile } from '../../node/keys/key-file.ts'
import { commandSigner } from '../../node/signers/command-signer.ts'
import { keyObjectSigner, publicKeyBytes } from '../../node/signers/key-object-signer.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { Config } from './config.ts'
import { newestList, shown } from './files.ts'
import { readPassphrase } from './passphrase.ts'
import { warnIfOpen } from './private-file.ts'
import { stateOf } from './real-path.ts'

/** A project's keys: `keys/NAME.pem` where the private key is at hand, `keys/NAME.pub` everywhere. */

export const keyFolder = ({ folder }: Context): string => join(folder, 'keys')
export const privateFile = (context: Context, name: string): string => join(keyFolder(context), `${name}.pem`)
export const publicFile = (context: Context, name: string): string => join(keyFolder(context), `${name}.pub`)

/** The public key as its file has it: 64 hexadecimal digits. */
export const publicText = (privateKey: KeyObject): string => `${toHex(publicKeyBytes(privateKey))}\n`

/**
 * A key's public half: as its file has it, checked against the private key where that lies beside it and can be read
 * without a passphrase; or derived from that.
 * @throws Failure `no_key`, `bad_key` or `key_mismatch`
 */
export function publicKeyOf(context: Context, name: string): Bytes {
  const { words } = context
  const file = publicFile(context, name)
  const derived = openPublicHalf(privateFile(context, name))
  if (stateOf(file) === undefined) {
    if (derived !== undefined) return derived
    throw new Failure('no_key', words.noKey(file), howToGet(context, name))
  }
  const text = new TextDecoder().decode(readBoundedFile(file, 200) ?? new Uint8Array()).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Failure('bad_key', words.badKey(file), words.noKeyHow(name))
  const publicKey = new Uint8Array(Buffer.from(text, 'hex'))
  if (derived !== undefined) checkPair(context, name, publicKey, derived)
  return publicKey
}

/** Once there are lists, a key that is missing was made elsewhere; before that, it is to be made. */
function howToGet(context: Context, name: string): string {
  const { words } = context
  if (newestList(context, 'trust') !== undefined) return words.pubHow(name)
  const folder = keyFolder(context)
  const isNew = stateOf(folder) === undefined || readdirSync(folder).length === 0
  return isNew ? words.keygenHow : words.noKeyHow(name)
}

/** The public half of a private key that no passphrase protects; undefined where there is none that can be read. */
function openPublicHalf(file: string): Bytes | undefined {
  try {
    return describeKeyFile(file).kdf === 'none' ? publicKeyBytes(readKeyFile(file)) : undefined
  } catch {
    return undefined // who signs with it is told why
  }
}

function checkPair(context: Context, name: string, publicKey: Uint8Array, derived: Uint8Array): void {
  if (equalBytes(publicKey, derived)) return
  const { lists } = context.words
  const files = [publicFile, privateFile].map((fileOf) => shown(context, fileOf(context, name)))
  const [pub, pem] = files as [string, string]
  throw new Failure('key_mismatch', lists.keyMismatch(pub, pem), lists.keyMismatchHow(pub, toHex(derived)))
}

/** True where signatures of a key can be made here. */
export const isAtHand = (context: Context, { commands }: Pick<Config, 'commands'>, name: string): boolean =>
  Object.hasOwn(commands, name) || stateOf(privateFile(context, name)) !== undefined

/**
 * What signs with a key of the project.
 * @param signerFor makes the signer of a private key that a file holds
 * @throws Failure `no_key`; VeristampError `passphrase` or `bad_key_file`
 */
export async function signerOf(
  context: Context,
  config: Pick<Config, 'commands'>,
  name: string,
  signerFor: (privateKey: KeyObject) => Signer = keyObjectSigner,
): Promise<Signer> {
  const { words } = context
  if (Object.hasOwn(config.commands, name)) {
    return commandSigner({ command: config.commands[name]!, publicKey: publicKeyOf(context, name) })
  }
  const file = privateFile(context, name)
  if (stateOf(file) === undefined) throw noPrivateKey(context, name)
  warnIfOpen(context, file)
  const protection = describeKeyFile(file)
  if (protection.kdf === 'pbkdf2' && protection.iterations < 600_000) warn(context, words.weakKey(file))
  const passphrase = protection.kdf === 'none' ? null : await passphraseOnce(context)
  const privateKey = readKeyFile(file, { passphrase })
  if (stateOf(publicFile(context, name)) !== undefined)
    checkPair(context, name, publicKeyOf(context, name), publicKeyBytes(privateKey))
  return signerFor(privateKey)
}

function noPrivateKey(context: Context, name: string): Failure {
  const { words } = context
  const isElsewhere = stateOf(publicFile(context, name)) !== undefined
  const how = isElsewhere ? words.lists.elsewhereHow : words.noKeyHow(name)
  return new Failure('no_key', words.noKey(privateFile(context, name)), how)
}

/** What a signer is asked to sign to see whose it is: bytes that begin like no document and no stamp. */
const PROBE = new TextEncoder().encode('veristamp:probe1: does this signer hold the key that it is named by?')

/**
 * Checks keys that a trust list is about to name for the first time: against their private halves where these are at
 * hand. Passphrases are asked for only where the list's own signature takes one too.
 * @throws Failure `key_mismatch`; VeristampError `signing_failed` for a program that signs with another key
 */
export async function checkNewKeys(
  context: Context,
  config: Config,
  names: readonly string[],
): Promise<void> {
  const isEncrypted = (name: string) =>
    stateOf(privateFile(context, name)) !== undefined &&
    describeKeyFile(privateFile(context, name)).kdf !== 'none'
  const isAsked = config.roots.keys.some((root) => !Object.hasOwn(config.commands, root) && isEncrypted(root))
  for (const name of names) {
    if (Object.hasOwn(config.commands, name)) await (await signerOf(context, config, name)).sign(PROBE)
    else if (isAsked && isEncrypted(name)) await checkEncrypted(context, name)
  }
}

/** A key with another passphrase than the root key's is checked once it signs. */
async function checkEncrypted(context: Context, name: string): Promise<void> {
  const passphrase = await passphraseOnce(context)
  let privateKey: KeyObject
  try {
    privateKey = readKeyFile(privateFile(context, name), { passphrase })
  } catch (error) {
    if ((error as { code?: string | undefined }).code === 'passphrase') return
    throw error
  }
  checkPair(context, name, publicKeyOf(context, name), publicKeyBytes(privateKey))
}

const asked = new WeakMap<Context, Promise<string>>()

/** The passphrase, asked for once a command. */
export function passphraseOnce(context: Context): Promise<string> {
  const known = asked.get(context) ?? readPassphrase(context)
  asked.set(context, known)
  return known
}
