import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { openCheckReport, type ReportFile } from '../../scanlog/check-report.ts'
import { refused, trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { minuteAt } from '../project/desk-day.ts'
import { readGiven } from '../project/files.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

type FileState = 'unchanged' | 'changed' | 'missing' | 'unnamed'

/** The report's name in the folder that a kiosk hands in. */
const REPORT = 'report.cbor'

/**
 * Says who signed a day's checks, and whether the files beside the report are still those that it names.
 * @param asked the report, or the folder that it lies in
 */
export function scannerReportCommand(context: Context, asked: string): ExitCode {
  const { words } = context
  const given = reportIn(context, asked)
  const trustList = trustListAtHand(context, readConfig(context))
  const opened = openCheckReport(readGiven(context, given), { trustLists: [trustList], engine: nativeEngine })
  if (!opened.ok) throw explained(context, refused(context, given, opened), opened.reason)
  const { authority, place, issued, files } = opened.report
  const folder = dirname(context.path(given))
  const states = files.map((file) => ({ name: file.name, state: stateOfFile(folder, file) }))
  const isWhole = states.every(({ state }) => state === 'unchanged')
  const extra = unnamedIn(folder, new Set([basename(given), ...files.map(({ name }) => name.split('/')[0]!)]))
  const lines = [
    words.scanners.report(printable(place), minuteAt(context, issued), files.length),
    ...states.map(({ name, state }) => `  ${name}  ${words.scanners.files[state]}`),
    ...extra.map((name) => `  ${printable(name)}  ${words.scanners.files.unnamed}`),
    isWhole ? words.scanners.allThere : words.scanners.notAllThere,
  ]
  context.report({ authority, place, issued, files: states, unnamed: extra, ok: isWhole }, lines.join('\n'))
  return isWhole ? EXIT.valid : EXIT.invalid
}

/** The report of a folder. @throws Failure `no_report` for the ZIP file, which is not unpacked here */
function reportIn({ words, ...context }: Context, given: string): string {
  if (stateOf(context.path(given))?.isDirectory()) return join(given, REPORT)
  if (/\.zip$/i.test(given))
    throw new Failure('no_report', words.scanners.isZip(given), words.scanners.isZipHow)
  return given
}

/** Whoever checks reports is the authority: it names the devices itself. */
function explained({ words }: Context, failure: Failure, reason: string): Failure {
  const isStranger = reason === 'unknown_scanner' || reason === 'wrong_place'
  return isStranger ? new Failure(failure.code, failure.message, words.scanners.strangerHow) : failure
}

/** What lies beside the report, and nobody signed. */
const unnamedIn = (folder: string, named: ReadonlySet<string>): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !named.has(name))
    .sort()

function stateOfFile(folder: string, { name, size, digest }: ReportFile): FileState {
  const path = join(folder, name)
  if (stateOf(path) === undefined) return 'missing'
  const bytes = readBoundedFile(path, size)
  return bytes?.length === size && equalBytes(sha256(bytes), digest) ? 'unchanged' : 'changed'
}
