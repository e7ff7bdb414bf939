import { join } from 'node:path'
import type { RegistryFault, RegistryNote } from '../../registry/fault.ts'
import { messageOf } from '../../registry/kinds.ts'
import { type RegistryFiles, type RegistryReading, readRegistry } from '../../registry/registry.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { confirm, warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import { readGiven } from './files.ts'
import { letterFinderOf } from './fonts.ts'

/** The registry as commands read it: with its faults and notes told in the reader's language. */

export interface RegistryFileOptions {
  readonly facilities: string
  readonly products: string
  /** The font of labels, which must have the letters of all names. */
  readonly font?: string | undefined
}

/** The registry's copies inside the project. */
export const registryFiles = ({ folder }: Context): RegistryFileOptions => ({
  facilities: join(folder, 'registry', 'facilities.csv'),
  products: join(folder, 'registry', 'products.csv'),
})

type Good = Extract<RegistryReading, { ok: true }>

/** A registry without a fault, and the files that it was read from. */
export type GoodRegistry = Good & { readonly files: RegistryFiles }

/** @throws Failure `registry` after naming its faults */
export function readOrFail(
  context: Context,
  options: RegistryFileOptions,
  exit: ExitCode = EXIT.misuse,
): GoodRegistry {
  const files = {
    facilities: readGiven(context, options.facilities),
    products: readGiven(context, options.products),
  }
  const reading = readRegistry(files, { missingLetters: letterFinderOf(context, options.font) })
  if (reading.ok) return { ...reading, files }
  throw failure(context, reading.faults, exit)
}

/** @param file another one than the registry's two. @throws Failure `registry` after naming the faults, if there are any */
export function failOnFaults(context: Context, faults: readonly RegistryFault[], file: string): void {
  if (faults.length > 0) throw failure(context, faults, EXIT.misuse, file)
}

function failure(context: Context, faults: readonly RegistryFault[], exit: ExitCode, file?: string): Failure {
  const { words } = context
  for (const fault of faults.slice(0, 1000)) {
    const message = messageOf(fault, words.registry)
    const told = { ...fault, ...(file !== undefined && { file }), message }
    context.report({ fault: told }, describe(context, fault, file))
  }
  return new Failure(
    'registry',
    words.faults(faults.length),
    file === undefined ? words.mend : words.ids.mend(file),
    exit,
  )
}

const describe = (
  { words }: Context,
  remark: RegistryFault | RegistryNote,
  file = `${remark.file}.csv`,
): string => {
  const { line, column, value } = remark
  const place = words.line(file, line, column?.name ?? '')
  return `${printable(place)}: ${messageOf(remark, words.registry)}${value && ` [${printable(value.slice(0, 60))}]`}`
}

/** So many notes are told one by one. */
const MANY = 20

/** Tells what deserves a look. */
export function tellNotes(context: Context, notes: readonly RegistryNote[]): void {
  for (const note of notes.slice(0, MANY)) warn(context, describe(context, note))
  if (notes.length > MANY) warn(context, context.words.moreNotes(notes.length - MANY))
}

/**
 * Tells what deserves a look, and asks whether two facilities are meant to have one GLN.
 * @param before a list that has the same two already: they were asked about then
 */
export async function acceptNotes(
  context: Context,
  notes: readonly RegistryNote[],
  before?: TrustList,
): Promise<void> {
  const asked = notes.filter((note) => note.reason === 'shared_gln' && !isIn(before, note.facts))
  tellNotes(
    context,
    notes.filter(({ reason }) => reason !== 'shared_gln'),
  )
  const told = asked.slice(0, MANY).map((note) => describe(context, note))
  if (asked.length > MANY) told.push(context.words.moreNotes(asked.length - MANY))
  if (asked.length > 0) await confirm(context, told.join('\n'))
}

function isIn(before: TrustList | undefined, { id, other }: { readonly id: number; readonly other: number }) {
  const [key, same] = [id, other].map((each) => Number(before?.facility(each)?.gln ?? each))
  return key === same
}

/** The project's registry, for the list after `before`. @throws Failure `registry` after naming its faults */
export async function projectCatalogue(
  context: Context,
  before: TrustList | undefined,
  font?: string,
): Promise<Catalogue> {
  const { catalogue, notes } = readOrFail(context, {
    ...registryFiles(context),
    font,
  })
  await acceptNotes(context, notes, before)
  return catalogue
}
