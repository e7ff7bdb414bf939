import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Bytes, equalBytes } from '../../lib/bytes.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { createWhole, replaceWhole } from '../../node/files/durable.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { Reservation } from '../../run/job.ts'
import { type JournalFault, surveyJournal } from '../../run/ledger/survey.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import { stateOf } from './real-path.ts'

/** The longest list: a chain of 16 MiB. */
const MAX_FILE = 2 ** 24

/** The bytes of a file that is given. @throws Failure `no_file` or `too_long` */
export function readGiven({ words, ...context }: Context, given: string, max = MAX_FILE): Bytes {
  const file = context.path(given)
  if (stateOf(file) === undefined) throw new Failure('no_file', words.missingFile(given))
  const bytes = readBoundedFile(file, max)
  if (bytes === undefined) throw new Failure('too_long', words.tooLong(given))
  return bytes
}

/**
 * Writes a new file of the project, whole. It takes the place of none, whatever `--force` says.
 * @throws Failure `exists`; VeristampError `is_link`
 */
export function writeNew(
  context: Context,
  file: string,
  bytes: Uint8Array,
  how = context.words.existsHow,
): void {
  makeFolderFor(context, file)
  try {
    createWhole(file, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Failure('exists', context.words.exists(shown(context, file)), how)
  }
}

/** Writes a signed list: never over another file. @throws Failure `exists` */
export const writeList = (context: Context, file: string, bytes: Uint8Array): void =>
  writeNew(context, file, bytes, context.words.lists.existsHow)

/** Puts a file of the project in the place of an older one, whole. @throws VeristampError `is_link` */
export function replaceOwn(context: Context, file: string, bytes: Uint8Array): void {
  makeFolderFor(context, file)
  replaceWhole(file, bytes)
}

/** Writes a file of a site, whole, unless it is there with the very bytes. @throws VeristampError `is_link` */
export function writeSiteFile(folder: string, name: string, content: Uint8Array | string): void {
  const file = join(folder, name)
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  checkNoLink(folder, file)
  mkdirSync(dirname(file), { recursive: true })
  const before = stateOf(file)?.isFile() === true ? readBoundedFile(file, bytes.length) : undefined
  if (before === undefined || !equalBytes(before, bytes)) replaceWhole(file, bytes)
}

function makeFolderFor({ folder }: Context, file: string): void {
  checkNoLink(folder, file)
  mkdirSync(dirname(file), { recursive: true })
}

/** A path as people know it: from the folder where they are. */
export const shown = ({ io }: Pick<Context, 'io'>, file: string): string => relative(io.cwd, file) || '.'

/** The journal of print runs: `runs/` of the project. */
export const journalOf = ({ folder }: Context): string => join(folder, 'runs')

/** The same, to write in. @throws VeristampError `is_link` */
export function ownJournal(context: Context): string {
  checkNoLink(context.folder, journalOf(context))
  return journalOf(context)
}

/** What the project has seen, and its lock: `state/`, made where it is missing. @throws VeristampError `is_link` */
export function ownState({ folder }: Context): string {
  const state = join(folder, 'state')
  checkNoLink(folder, state)
  mkdirSync(state, { recursive: true })
  return state
}

/** All runs that took serials and whose records are sound. */
export const reservationsOf = (context: Context): readonly Reservation[] =>
  surveyJournal(journalOf(context)).runs

/** What is wrong in the journal, in a sentence. */
export const faultText = (context: Context, { name, kind, serials }: JournalFault): string =>
  context.words.runs.fault(printable(shown(context, join(journalOf(context), name))), kind, serials)

export type ListKind = 'trust' | 'revocation'

export const listFile = ({ folder }: Context, kind: ListKind, sequence: number): string =>
  join(folder, 'lists', `${kind}-${sequence}.cbor`)

/** The signed list with the highest number. */
export function newestList(context: Context, kind: ListKind): string | undefined {
  const folder = join(context.folder, 'lists')
  if (stateOf(folder) === undefined) return undefined
  const numbers = readdirSync(folder)
    .map((name) => new RegExp(`^${kind}-([1-9]\\d{0,15})\\.cbor$`).exec(name)?.[1])
    .filter((found) => found !== undefined)
    .map(Number)
  return numbers.length === 0 ? undefined : listFile(context, kind, Math.max(...numbers))
}

/** Its bytes. */
export function newestBytes(context: Context, kind: ListKind): Bytes | undefined {
  const file = newestList(context, kind)
  return file === undefined ? undefined : new Uint8Array(readFileSync(file))
}
