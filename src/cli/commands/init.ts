import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkHardLinks } from '../../node/files/durable.ts'
import { checkPrefix } from '../../stamp/prefix.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import { CONFIG_FILE, newConfig, readConfig, writeConfig } from '../project/config.ts'
import { journalOf, newestList, replaceOwn, reservationsOf, shown } from '../project/files.ts'
import { writeGitFiles } from '../project/git-files.ts'
import { type GtinIdOptions, withChosenIds } from '../project/gtin-ids.ts'
import { orphansIn } from '../project/products.ts'
import {
  acceptNotes,
  type RegistryFileOptions,
  readOrFail,
  registryFiles,
  tellNotes,
} from '../project/registry.ts'
import { confirm, warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface InitOptions extends RegistryFileOptions {
  /** What the addresses of stamps begin with. */
  readonly prefix: readonly string[]
}

/** Begins a project: its file, and a copy of the registry, once that has no fault. */
export async function initCommand(
  context: Context,
  authority: string,
  { prefix, ...options }: InitOptions & GtinIdOptions,
): Promise<ExitCode> {
  const { words } = context
  for (const each of prefix) checkPrefix(each)
  const file = join(context.folder, CONFIG_FILE)
  if (!AUTHORITY.test(authority))
    throw new Failure(
      'argument_range',
      words.badAuthority(authority),
      words.badAuthorityHow(suggest(authority)),
    )
  const registry = readOrFail(context, options)
  const { catalogue, notes } = registry
  await acceptNotes(context, notes)
  const { files, changed } = await withChosenIds(context, registry, options)
  const copies = registryFiles(context)
  const copied = (['facilities', 'products'] as const).filter(
    (name) => context.path(options[name]) !== copies[name] || files[name] !== registry.files[name],
  )
  await checkFree(
    context,
    file,
    copied.map((name) => copies[name]),
  )
  checkHardLinks(context.folder)
  for (const name of copied) replaceOwn(context, copies[name], files[name])
  replaceOwn(context, file, writeConfig({ ...newConfig(authority), prefixes: prefix }))
  const gitFiles = writeGitFiles(context)
  const [facilities, products] = [catalogue.facilities.length, catalogue.products.length]
  context.report(
    {
      ...{ wrote: CONFIG_FILE, authority, facilities, products },
      ...(options.ids && { newIds: changed.map(({ was, product: { id, name } }) => ({ was, id, name })) }),
    },
    [
      words.initDone(facilities, products),
      ...(copied.length > 0 ? [words.copied(shown(context, join(context.folder, 'registry')))] : []),
      words.wrote(shown(context, file)),
      ...gitFiles.map((each) => words.wrote(shown(context, each))),
      `${words.next}: veristamp keygen`,
    ].join('\n'),
  )
  return EXIT.valid
}

const AUTHORITY = /^[a-z0-9][a-z0-9.-]{0,63}$/

/** An id near to a name: `Quảng Ninh` → `quang-ninh`. */
function suggest(name: string): string {
  const plain = name.normalize('NFD').toLowerCase().replaceAll('đ', 'd').replace(/\p{M}/gu, '')
  const id = plain.replace(/[^a-z0-9.]+/g, '-').replace(/^[.-]+|-+$/g, '')
  return AUTHORITY.test(id) ? id : 'my-province.example'
}

/** A project's file and registry are replaced after a question, and never once its keys have signed something. */
async function checkFree(context: Context, file: string, copies: readonly string[]): Promise<void> {
  const { words } = context
  if (existsSync(file)) checkUnused(context, file)
  const taken = [file, ...copies].find((each) => existsSync(each))
  if (taken !== undefined) await confirm(context, words.initReplaces(shown(context, taken)))
}

function checkUnused(context: Context, file: string): void {
  const { words } = context
  const signed = newestList(context, 'trust') ?? newestList(context, 'revocation')
  const used = signed ?? (reservationsOf(context).length > 0 ? journalOf(context) : undefined)
  if (used !== undefined)
    throw new Failure('in_use', words.inUse(shown(context, file), shown(context, used)), words.inUseHow)
}

/** Products that no issuer of the project's file may stamp. */
function projectOrphans(context: Context, { facilities, products }: Catalogue): string[] {
  const working = readConfig(context).issuers.filter(({ retired }) => retired === undefined)
  const everything = facilities.map(({ id }) => ({ facility: id }))
  return orphansIn(
    context,
    products,
    working.flatMap(({ scope = everything }) => scope),
  )
}

const CHECK_FILES = 'veristamp registry check --facilities facilities.csv --products products.csv'

export async function registryCheckCommand(
  context: Context,
  options: Partial<RegistryFileOptions>,
): Promise<ExitCode> {
  const { words } = context
  const file = join(context.folder, CONFIG_FILE)
  if (!(options.facilities && options.products) && !existsSync(file))
    throw new Failure('no_project', words.noProject(file), CHECK_FILES)
  const given = { ...registryFiles(context), ...options }
  const { catalogue, notes } = readOrFail(context, given, EXIT.invalid)
  tellNotes(context, notes)
  if (options.products === undefined)
    for (const orphan of projectOrphans(context, catalogue)) warn(context, orphan)
  const counts = [catalogue.facilities.length, catalogue.products.length] as const
  context.report({ facilities: counts[0], products: counts[1] }, words.registryGood(...counts))
  return EXIT.valid
}
