import { readBoundedFile } from '../node/bounded-file.ts'
import type { Context } from './context.ts'
import { Failure } from './io.ts'

/**
 * The passphrase of key files and run secrets: from `--passphrase-file` (its first line), VERISTAMP_PASSPHRASE, or the
 * terminal, in this order. In Unicode NFC, for keyboards spell Vietnamese letters in two ways.
 * @param isNew asks twice
 * @throws Failure `passphrase`
 */
export async function readPassphrase(context: Context, isNew = false): Promise<string> {
  const { io, words, passphraseFile } = context
  if (passphraseFile !== undefined) return check(context, firstLine(context, passphraseFile))
  if (io.env.VERISTAMP_PASSPHRASE !== undefined) return check(context, io.env.VERISTAMP_PASSPHRASE)
  if (!io.canAsk) throw new Failure('passphrase', words.passphraseMissing, words.passphraseHow)
  const given = check(context, await io.askHidden(words.passphrase))
  if (isNew && check(context, await io.askHidden(words.passphraseAgain)) !== given) {
    throw new Failure('passphrase', words.passphrasesDiffer)
  }
  return given
}

function check({ words }: Context, given: string): string {
  const passphrase = given.normalize('NFC')
  if (passphrase.length >= 1 && Buffer.byteLength(passphrase) <= 1024) return passphrase
  throw new Failure('passphrase', words.passphraseLong, words.passphraseHow)
}

function firstLine(context: Context, file: string): string {
  const bytes = readBoundedFile(context.path(file), 8192)
  return new TextDecoder().decode(bytes ?? new Uint8Array()).split(/\r?\n/)[0]!
}
