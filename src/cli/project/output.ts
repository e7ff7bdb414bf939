import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { replaceWhole } from '../../node/files/durable.ts'
import { writeWhole } from '../../node/files/whole-file.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { ownedPart } from './property.ts'
import { isSame, leadsTo, partsBelow, stateOf } from './real-path.ts'

/** Where a command writes what it was asked for: a file that nobody owns, or standard output. */
export interface Output {
  /** Writes all of it: a file is there whole or not at all. @throws Failure `exists`; what the pieces throw */
  write(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, mode?: number): Promise<void>
  /** Tells of the file; nothing where the output itself went to standard output. */
  report(data: object, text: string): void
}

/** Asks for standard output in place of a file. */
const STANDARD_OUTPUT = '-'

/**
 * The output of a command, decided before any work is done for it. One that leads to what a project owns, to what
 * the same command reads or writes besides, or to no file is refused, whatever `--force` says; `--force` replaces
 * any other.
 * @param given a path, or `-`
 * @throws Failure `owned`, `is_input`, `same_output`, `is_folder`, `not_a_file` or `exists`
 */
export function openOutput(context: Context, given: string): Output {
  if (given === STANDARD_OUTPUT) return standardOutput(context)
  const { words } = context
  const file = leadsTo(context.path(given))
  checkKind(context, given, file)
  const owned = ownedPart(context.folder, file)
  if (owned !== undefined) throw new Failure('owned', words.owned(given, owned), words.ownedHow)
  const input = context.named.find((name) => isOneFile(leadsTo(context.path(name)), file))
  if (input !== undefined) throw new Failure('is_input', words.isInput(given, input), words.ownedHow)
  const others = opened.get(context) ?? []
  if (others.some((other) => isOneFile(other, file) || partsBelow(other, file)?.length === 0))
    throw new Failure('same_output', words.sameOutput(given), words.ownedHow)
  opened.set(context, [...others, file])
  checkFree(context, given, file)
  return {
    async write(pieces, mode) {
      mkdirSync(dirname(file), { recursive: true })
      await writeWhole(file, stillFree(context, given, file, pieces), mode)
    },
    report: context.report,
  }
}

const opened = new WeakMap<Context, readonly string[]>()

const standardOutput = ({ io }: Context): Output => ({
  async write(pieces) {
    for await (const piece of pieces) io.out(piece)
  },
  report: () => {},
})

const isOneFile = (one: string, other: string): boolean => isSame(stateOf(one), stateOf(other))

function checkKind({ words }: Context, given: string, file: string): void {
  const state = stateOf(file)
  if (state === undefined || state.isFile()) return
  if (state.isDirectory()) throw new Failure('is_folder', words.isFolder(given), words.isFolderHow)
  throw new Failure('not_a_file', words.notAFile(given), words.standardOutputHow)
}

function checkFree({ words, force }: Context, given: string, file: string): void {
  if (force || stateOf(file) === undefined) return
  throw new Failure('exists', words.exists(given), words.outputHow)
}

/** Somebody may have taken the name while the work was done. */
async function* stillFree(
  context: Context,
  given: string,
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* pieces
  checkFree(context, given, file)
}

/** Gives a draft its next signature, in place: a file of the person who signs, or the project's own draft. */
export function rewriteDraft(context: Context, given: string, bytes: Uint8Array): void {
  const { words } = context
  const file = leadsTo(context.path(given))
  const owned = ownedPart(context.folder, file)
  if (owned !== undefined && !/^lists\/[^/]+\.draft\.cbor$/.test(owned))
    throw new Failure('owned', words.owned(given, owned), words.draftHow)
  replaceWhole(file, bytes)
}
