import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { draftNextTrust } from '../lists/next-trust.ts'
import { signAndPublish } from '../lists/publish.ts'
import { tellChanges } from '../lists/trust-changes.ts'
import { CONFIG_FILE, type Config, writeConfig } from '../project/config.ts'
import { newestList, replaceOwn, shown } from '../project/files.ts'
import type { IssuerConfig } from '../project/key-config.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { holdBackNew } from './start-at-zero.ts'

/** Changes of issuers: the project's file, and the trust list that says the same, in one step. */

/**
 * The project's file with a change, once the list that follows from it was shown and is to be signed.
 * @param follow what is signed after it
 */
export async function buildWith(
  context: Context,
  changed: Config,
  steps: readonly string[],
  follow: (context: Context, config: Config) => Promise<void> = holdBackNew,
): Promise<ExitCode> {
  const { words } = context
  if (newestList(context, 'trust') === undefined) {
    keepConfig(context, changed)
    const file = shown(context, join(context.folder, CONFIG_FILE))
    context.report(
      { wrote: CONFIG_FILE },
      [...steps, words.wrote(file), `${words.next}: ${words.issuers.buildHow}`].join('\n'),
    )
    return EXIT.valid
  }
  const { newest, draft } = await draftNextTrust(context, changed)
  const told = await tellChanges(context, newest, draft, { always: true, first: steps })
  const exit = await keepWith(context, changed, () => signAndPublish(context, changed, draft, told))
  await follow(context, changed)
  return exit
}

/** Keeps a changed file together with what is signed for it: where nothing was signed, as without a passphrase, the old one stays. */
async function keepWith<T>(context: Context, changed: Config, sign: () => Promise<T>): Promise<T> {
  const file = join(context.folder, CONFIG_FILE)
  const [before, list] = [readFileSync(file), newestList(context, 'trust')]
  keepConfig(context, changed)
  try {
    return await sign()
  } catch (error) {
    if (newestList(context, 'trust') === list) replaceOwn(context, file, before)
    throw error
  }
}

export const keepConfig = (context: Context, config: Config): void =>
  replaceOwn(context, join(context.folder, CONFIG_FILE), writeConfig(config))

/** An issuer of the project's file by the name of its key. @throws Failure `no_issuer` */
export function entryNamed({ words }: Context, { issuers }: Config, key: string): IssuerConfig {
  const found = issuers.find((issuer) => issuer.key === key)
  if (found !== undefined) return found
  const names = issuers.map((each) => each.key).join(', ')
  throw new Failure('no_issuer', words.issuers.noEntry(key), words.issuers.noEntryHow(names))
}

/** The file's issuers, some of them in another form; undefined for one that goes. */
export const withIssuers = (
  config: Config,
  change: (issuer: IssuerConfig) => readonly IssuerConfig[],
): Config => ({ ...config, issuers: config.issuers.flatMap(change) })
