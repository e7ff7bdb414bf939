import { existsSync, mkdirSync } from 'node:fs'
import { checkNoLink } from '../../node/files/own-path.ts'
import { createKeyFile } from '../../node/keys/key-file.ts'
import { checkKeyName, readConfig } from '../project/config.ts'
import { shown, writeNew } from '../project/files.ts'
import { keyFolder, privateFile, publicFile, publicText } from '../project/keys.ts'
import { readPassphrase } from '../project/passphrase.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface KeygenOptions {
  /** False for files that are not encrypted. */
  readonly encrypt: boolean
}

/** Makes key files: those that are named, or all that the project lacks. */
export async function keygenCommand(
  context: Context,
  names: readonly string[],
  { encrypt }: KeygenOptions,
): Promise<ExitCode> {
  const { words } = context
  const wanted = names.length > 0 ? names.map((name) => checkKeyName('key', name)) : missingKeys(context)
  for (const name of wanted) {
    const taken = [privateFile(context, name), publicFile(context, name)].find(existsSync)
    if (taken) throw new Failure('exists', words.exists(shown(context, taken)), words.keyExistsHow)
  }
  if (wanted.length === 0) context.report({ made: [] }, words.keysKept)
  const passphrase = encrypt && wanted.length > 0 ? await readPassphrase(context, true) : null
  checkNoLink(context.folder, keyFolder(context))
  mkdirSync(keyFolder(context), { recursive: true })
  for (const name of wanted) {
    const file = privateFile(context, name)
    const text = publicText(createKeyFile(file, { passphrase }))
    writeNew(context, publicFile(context, name), new TextEncoder().encode(text))
    context.report({ key: name, publicKey: text.trim() }, words.keyMade(shown(context, file), text.trim()))
  }
  context.report({}, `${words.next}: veristamp trust build`)
  return EXIT.valid
}

function missingKeys(context: Context): string[] {
  const { roots, issuers, revocation } = readConfig(context)
  const names = [...roots.keys, ...issuers.map(({ key }) => key), ...(revocation ? [revocation] : [])]
  return [...new Set(names)].filter((name) => !existsSync(publicFile(context, name)))
}
