import { randomUUID } from 'node:crypto'
import { cleanUp, renameFile, syncFolder } from '../../node/files/disk.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import { describeKeyFile, readKeyFile, writeKeyFile } from '../../node/keys/key-file.ts'
import { shown } from '../project/files.ts'
import { checkKeyName } from '../project/key-config.ts'
import { keyNames } from '../project/key-names.ts'
import { keyFolder, passphraseOnce, privateFile } from '../project/keys.ts'
import { readPassphrase } from '../project/passphrase.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface PassphraseOptions {
  readonly newPassphraseFile?: string | undefined
}

/** Gives key files another passphrase: those that are named, or all that are here. The keys stay what they are. */
export async function changePassphraseCommand(
  context: Context,
  names: readonly string[],
  { newPassphraseFile }: PassphraseOptions,
): Promise<ExitCode> {
  const { words } = context
  const wanted = (
    names.length > 0 ? names.map((name) => checkKeyName('key', name)) : keyNames(context)
  ).filter((name) => names.length > 0 || stateOf(privateFile(context, name)) !== undefined)
  const files = wanted.map((name) => privateFile(context, name))
  for (const file of files)
    if (stateOf(file) === undefined)
      throw new Failure('no_key', words.noKey(shown(context, file)), words.lists.elsewhereHow)
  const isLocked = files.some((file) => describeKeyFile(file).kdf !== 'none')
  const old = isLocked ? await passphraseOnce(context) : null
  // All are opened before the first is changed.
  const keys = files.map((file) => ({ file, key: readKeyFile(file, { passphrase: old }) }))
  const passphrase = await readPassphrase(newOf(context, newPassphraseFile), true)
  for (const { file, key } of keys) {
    checkNoLink(context.folder, file)
    const temporary = `${file}.${randomUUID()}.tmp`
    try {
      writeKeyFile(temporary, key, { passphrase })
      renameFile(temporary, file)
      syncFolder(keyFolder(context))
    } finally {
      cleanUp(temporary)
    }
    context.report({ changed: shown(context, file) }, words.secrets.changed(shown(context, file)))
  }
  return EXIT.valid
}

/** The new one comes from its own file or variable, never from where the old one is. */
const newOf = (context: Context, file: string | undefined): Context => ({
  ...context,
  passphraseFile: file,
  words: { ...context.words, passphrase: context.words.secrets.newPassphrase },
  io: newIo(context),
})

function newIo({ io }: Context): Context['io'] {
  const { VERISTAMP_PASSPHRASE: _, VERISTAMP_NEW_PASSPHRASE: next, ...rest } = io.env
  const env = next === undefined ? rest : { ...rest, VERISTAMP_PASSPHRASE: next }
  return Object.assign(Object.create(io) as Context['io'], { env })
}
