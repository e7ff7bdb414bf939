import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkHardLinks } from '../../node/durable.ts'
import type { RegistryFault } from '../../registry/fault.ts'
import { readRegistry } from '../../registry/registry.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import { CONFIG_FILE, newConfig, writeConfig } from '../config.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { journalOf, newestList, readGiven, replaceOwn, reservationsOf, shown } from '../files.ts'
import { writeGitFiles } from '../git-files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { printable } from '../printable.ts'

export interface InitOptions {
  readonly facilities: string
  readonly products: string
}

/** The registry's copies inside the project. */
export const registryFiles = ({ folder }: Context): InitOptions => ({
  facilities: join(folder, 'registry', 'facilities.csv'),
  products: join(folder, 'registry', 'products.csv'),
})

/** Begins a project: its file, and a copy of the registry, once that has no fault. */
export async function init(context: Context, authority: string, options: InitOptions): Promise<ExitCode> {
  const { words } = context
  const file = join(context.folder, CONFIG_FILE)
  if (!AUTHORITY.test(authority))
    throw new Failure(
      'argument_range',
      words.badAuthority(authority),
      words.badAuthorityHow(suggest(authority)),
    )
  const { catalogue, files } = readOrFail(context, options)
  const copies = registryFiles(context)
  const copied = (['facilities', 'products'] as const).filter(
    (name) => context.path(options[name]) !== copies[name],
  )
  await checkFree(
    context,
    file,
    copied.map((name) => copies[name]),
  )
  checkHardLinks(context.folder)
  for (const name of copied) replaceOwn(context, copies[name], files[name])
  replaceOwn(context, file, writeConfig(newConfig(authority)))
  const gitFiles = writeGitFiles(context)
  const [facilities, products] = [catalogue.facilities.length, catalogue.products.length]
  context.report(
    { wrote: CONFIG_FILE, authority, facilities, products },
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

/** The project's registry. @throws Failure `registry` after naming its faults */
export function projectCatalogue(context: Context): Catalogue {
  return readOrFail(context, registryFiles(context)).catalogue
}

export function registryCheck(context: Context, options: Partial<InitOptions>): ExitCode {
  const { facilities, products } = readOrFail(
    context,
    { ...registryFiles(context), ...options },
    EXIT.invalid,
  ).catalogue
  const counts = [facilities.length, products.length] as const
  context.report({ facilities: counts[0], products: counts[1] }, context.words.registryGood(...counts))
  return EXIT.valid
}

function readOrFail(context: Context, options: InitOptions, exit: ExitCode = EXIT.misuse) {
  const files = {
    facilities: readGiven(context, options.facilities),
    products: readGiven(context, options.products),
  }
  const reading = readRegistry(files)
  if (reading.ok) return { catalogue: reading.catalogue, files }
  for (const fault of reading.faults.slice(0, 1000)) context.report({ fault }, describe(context, fault))
  throw new Failure('registry', context.words.faults(reading.faults.length), context.words.mend, exit)
}

const describe = ({ words }: Context, { file, line, column, message, value }: RegistryFault): string =>
  `${words.line(`${file}.csv`, line, column?.name ?? '')}: ${message}${value && ` [${printable(value.slice(0, 60))}]`}`
