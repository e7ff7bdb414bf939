import { mkdirSync } from 'node:fs'
import { checkNoLink } from '../../node/files/own-path.ts'
import { createKeyFile } from '../../node/keys/key-file.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { shown, writeNew } from './files.ts'
import { keyFolder, privateFile, publicFile, publicText } from './keys.ts'
import { stateOf } from './real-path.ts'

/** @throws Failure `exists` */
export function checkNewName(context: Context, name: string): void {
  const { words } = context
  const taken = [privateFile(context, name), publicFile(context, name)].find(
    (file) => stateOf(file) !== undefined,
  )
  if (taken) throw new Failure('exists', words.exists(shown(context, taken)), words.keyExistsHow)
}

/** Makes a key's two files, and tells of them. @param passphrase null for a file that is not encrypted */
export function makeKey(context: Context, name: string, passphrase: string | null): void {
  checkNoLink(context.folder, keyFolder(context))
  mkdirSync(keyFolder(context), { recursive: true })
  const file = privateFile(context, name)
  const text = publicText(createKeyFile(file, { passphrase }))
  writeNew(context, publicFile(context, name), new TextEncoder().encode(text))
  context.report(
    { key: name, publicKey: text.trim() },
    context.words.keyMade(shown(context, file), text.trim()),
  )
}
