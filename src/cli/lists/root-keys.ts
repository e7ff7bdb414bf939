import { join } from 'node:path'
import { signDocument } from '../../document/sign.ts'
import { equalBytes } from '../../lib/bytes.ts'
import type { TrustListDescription } from '../../trust/describe.ts'
import { describeTrustList } from '../../trust/describe.ts'
import type { VersionedRoots } from '../../trust/roots.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { CONFIG_FILE, type Config, writeConfig } from '../project/config.ts'
import { replaceOwn } from '../project/files.ts'
import { findKeyName, keyNames } from '../project/key-names.ts'
import { isAtHand, publicKeyOf, signerOf } from '../project/keys.ts'
import type { Context } from '../shell/context.ts'

/** Root keys: whichever are at hand sign, those in force and those that a list brings. */

/** The names of the keys at hand that a list's signatures may come from. */
export function rootsAtHand(
  context: Context,
  config: Pick<Config, 'commands'>,
  ...roots: readonly VersionedRoots[]
): string[] {
  const keys = roots.flatMap((each) => each.keys)
  const names = new Set([...keyNames(context), ...Object.keys(config.commands)])
  return [...names].filter(
    (name) => isAtHand(context, config, name) && keys.some((key) => isNamed(context, name, key)),
  )
}

function isNamed(context: Context, name: string, key: Uint8Array): boolean {
  try {
    return equalBytes(publicKeyOf(context, name), key)
  } catch {
    return false // a file that holds no key is no root key
  }
}

/** The document with the signatures of these keys. */
export async function signWith(
  context: Context,
  config: Pick<Config, 'commands'>,
  document: Uint8Array,
  names: readonly string[],
): Promise<Uint8Array> {
  let signed = document
  for (const name of names) signed = await signDocument(signed, await signerOf(context, config, name))
  return signed
}

/** Those of a loaded list, as verifiers pin them. */
export const rootsOfList = ({ roots: { version, threshold, keys } }: TrustList): VersionedRoots => ({
  ...{ version, threshold },
  keys: keys.map(({ publicKey }) => publicKey),
})

export interface MissingSignatures {
  readonly signed: number
  readonly threshold: number
}

/** The signatures that a list lacks: of its own roots, or of those in force; undefined where it has enough of both. */
export const missingOf = ({ roots, givenRoots }: TrustListDescription): MissingSignatures | undefined =>
  [roots, givenRoots].find((each) => each !== undefined && each.signed < each.threshold)

/** A list's description under the roots in force. */
export function describeUnder(document: Uint8Array, roots: VersionedRoots): TrustListDescription {
  const described = describeTrustList(document, { roots })
  if (!described.ok) throw new TypeError('the list was made here') // nothing else is given
  return described.lists.at(-1)!
}

/** The project's file names the root keys of the newest list, once their public halves are here. */
export function keepRoots(context: Context, config: Config, trustList: TrustList): void {
  const { version, threshold, keys } = rootsOfList(trustList)
  if (version <= config.roots.version) return
  const names = keys.map((key) => findKeyName(context, key))
  if (names.some((name) => name === undefined)) return
  const changed = { ...config, roots: { version, threshold, keys: names as string[] } }
  replaceOwn(context, join(context.folder, CONFIG_FILE), writeConfig(changed))
}
