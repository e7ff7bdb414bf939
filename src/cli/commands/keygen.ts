import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../project/config.ts'
import { checkKeyName } from '../project/key-config.ts'
import { publicFile } from '../project/keys.ts'
import { checkNewName, makeKey } from '../project/new-key.ts'
import { readPassphrase } from '../project/passphrase.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

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
  for (const name of wanted) checkNewName(context, name)
  if (wanted.length === 0) context.report({ made: [] }, words.keysKept)
  const passphrase = encrypt && wanted.length > 0 ? await readPassphrase(context, true) : null
  for (const name of wanted) makeKey(context, name, passphrase)
  // A printer has the project's file too, but no registry to build lists from.
  const isOffice = stateOf(join(context.folder, 'registry')) !== undefined
  const next = isOffice
    ? words.issuers.buildHow
    : words.ceremony.carryKeys(wanted.map((name) => `keys/${name}.pub`))
  context.report({}, `${words.next}: ${next}`)
  return EXIT.valid
}

function missingKeys(context: Context): string[] {
  const { roots, issuers, revocation } = readConfig(context)
  const names = [...roots.keys, ...issuers.map(({ key }) => key), ...(revocation ? [revocation] : [])]
  return [...new Set(names)].filter((name) => !existsSync(publicFile(context, name)))
}
