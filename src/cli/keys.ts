import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { Signer } from '../ed25519/signer.ts'
import { toHex } from '../lib/bytes.ts'
import { readBoundedFile } from '../node/bounded-file.ts'
import { commandSigner } from '../node/command-signer.ts'
import { keyObjectSigner } from '../node/key-object-signer.ts'
import { describeKeyFile, readKeyFile } from '../node/keys/key-file.ts'
import type { Config } from './config.ts'
import { warn } from './confirm.ts'
import type { Context } from './context.ts'
import { Failure } from './io.ts'
import { readPassphrase } from './passphrase.ts'
import { stateOf } from './real-path.ts'

/** A project's keys: `keys/NAME.pem` where the private key is at hand, `keys/NAME.pub` everywhere. */

export const keyFolder = ({ folder }: Context): string => join(folder, 'keys')
export const privateFile = (context: Context, name: string): string => join(keyFolder(context), `${name}.pem`)
export const publicFile = (context: Context, name: string): string => join(keyFolder(context), `${name}.pub`)

/** The public key as its file has it: 64 hexadecimal digits. */
export function publicText(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return `${toHex(Buffer.from(x!, 'base64url'))}\n`
}

/** @throws Failure `no_key` */
export function publicKeyOf(context: Context, name: string): Uint8Array {
  const { words } = context
  const file = publicFile(context, name)
  if (stateOf(file) === undefined) throw new Failure('no_key', words.noKey(file), words.noKeyHow(name))
  const text = new TextDecoder().decode(readBoundedFile(file, 200) ?? new Uint8Array()).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Failure('bad_key', words.badKey(file), words.noKeyHow(name))
  return new Uint8Array(Buffer.from(text, 'hex'))
}

/** True where signatures of a key can be made here. */
export const isAtHand = (context: Context, { commands }: Config, name: string): boolean =>
  Object.hasOwn(commands, name) || stateOf(privateFile(context, name)) !== undefined

/**
 * What signs with a key of the project.
 * @param signerFor makes the signer of a private key that a file holds
 * @throws Failure `no_key`; VeristampError `passphrase` or `bad_key_file`
 */
export async function signerOf(
  context: Context,
  config: Config,
  name: string,
  signerFor: (privateKey: KeyObject) => Signer = keyObjectSigner,
): Promise<Signer> {
  const { words } = context
  if (Object.hasOwn(config.commands, name)) {
    return commandSigner({ command: config.commands[name]!, publicKey: publicKeyOf(context, name) })
  }
  const file = privateFile(context, name)
  if (stateOf(file) === undefined) throw new Failure('no_key', words.noKey(file), words.noKeyHow(name))
  const protection = describeKeyFile(file)
  if (protection.kdf === 'pbkdf2' && protection.iterations < 600_000) warn(context, words.weakKey(file))
  if (protection.kdf === 'none') return signerFor(readKeyFile(file))
  return signerFor(readKeyFile(file, { passphrase: await passphraseOnce(context) }))
}

const asked = new WeakMap<Context, Promise<string>>()

/** The passphrase, asked for once a command. */
export function passphraseOnce(context: Context): Promise<string> {
  const known = asked.get(context) ?? readPassphrase(context)
  asked.set(context, known)
  return known
}
