import { readdirSync } from 'node:fs'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { Context } from '../shell/context.ts'
import { keyFolder, publicKeyOf } from './keys.ts'
import { stateOf } from './real-path.ts'

/** What keys are called here: by the files in `keys/`. */

/** All names of keys in `keys/`, private or public, in alphabetical order. */
export function keyNames(context: Context): string[] {
  const folder = keyFolder(context)
  if (stateOf(folder) === undefined) return []
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.(?:pem|pub)$/.exec(file)?.[1] ?? [])
  return [...new Set(names)].sort()
}

/** The name of a public key here; undefined where no file has it. */
export const findKeyName = (context: Context, publicKey: Uint8Array): string | undefined =>
  keyNames(context).find((name) => isKey(context, name, publicKey))

/** The same; the first digits of a key that no file has. */
export const nameOfKey = (context: Context, publicKey: Uint8Array): string =>
  findKeyName(context, publicKey) ?? `${toHex(publicKey).slice(0, 16)}…`

function isKey(context: Context, name: string, publicKey: Uint8Array): boolean {
  try {
    return equalBytes(publicKeyOf(context, name), publicKey)
  } catch {
    return false // a file that holds no key is nobody's
  }
}
