import { existsSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Language } from '../../lib/language.ts'
import { jsonLine, printableLines } from '../words/printable.ts'
import { type Words, wordsOf } from '../words/words.ts'
import type { Io } from './io.ts'

/** What every command may ask for. */
export interface GlobalOptions {
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
  readonly force?: boolean | undefined
  readonly yes?: boolean | undefined
  readonly passphraseFile?: string | undefined
}

export interface Context {
  readonly io: Io
  readonly language: Language
  readonly words: Words
  /** The project's folder, absolute. */
  readonly folder: string
  readonly json: boolean
  readonly force: boolean
  /** Every question is answered by yes. */
  readonly yes: boolean
  readonly passphraseFile: string | undefined
  /** All that the command line names but the output: files that the command may read. */
  readonly named: readonly string[]
  /** A result: a line of JSON with `--json`, a text for people without. */
  report(data: object, text: string): void
  /** An absolute path, of one that was given. */
  path(given: string): string
}

export function contextOf(io: Io, language: Language, options: GlobalOptions): Context {
  const { json = false, force = false, yes = false, passphraseFile, dir = '.' } = options
  return {
    io,
    language,
    words: wordsOf(language),
    folder: pathOf(io.cwd, dir),
    json,
    force,
    yes,
    passphraseFile,
    named: passphraseFile === undefined ? [] : [passphraseFile],
    report: reporterTo(io.out, json),
    path: (given) => pathOf(io.cwd, given),
  }
}

const reporterTo =
  (out: (text: string) => void, json: boolean): Context['report'] =>
  (data, text) =>
    out(json ? jsonLine(data) : text === '' ? '' : printableLines(`${text}\n`))

/** The same context, whose results go elsewhere. */
export const reportingTo = (context: Context, out: (text: string) => void): Context => ({
  ...context,
  report: reporterTo(out, context.json),
})

/**
 * A path as it is given. One that was written on Windows, with backslashes, leads to the same file elsewhere: unless there
 * is a file of that very name, or no such folder.
 */
export function pathOf(cwd: string, given: string): string {
  const path = resolve(cwd, given)
  if (sep === '\\' || !given.includes('\\') || existsSync(path)) return path
  const other = resolve(cwd, given.replaceAll('\\', '/'))
  return existsSync(dirname(other)) ? other : path
}

/** The language that is asked for: `--lang`, VERISTAMP_LANG, or that of the system. English for all others. An empty variable says nothing, as POSIX has it. */
export function askedLanguage(argv: readonly string[], env: Io['env']): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const given = at < 0 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(7) : argv[at + 1]
  const wanted = given ?? (env.VERISTAMP_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en')
  return wanted.toLowerCase().startsWith('vi') ? 'vi' : 'en'
}
