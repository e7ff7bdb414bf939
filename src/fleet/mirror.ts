import { existsSync, readdirSync } from 'node:fs'
import { makeFolderDurably } from '../node/files/durable.ts'
import type { Reservation } from '../run/job.ts'
import { journalCorrupt } from '../run/ledger/journal.ts'
import { keepRecord, readReservation, recordFile, recordText } from '../run/ledger/record.ts'
import { compareRunNames, readRunName } from '../run/ledger/run-id.ts'
import { type Journal, type JournalFault, type RunProduct, surveyJournal } from '../run/ledger/survey.ts'
import { isVoid, keepVoid, voidReason } from '../run/ledger/void.ts'
import { type Asking, type Database, isSqlState } from './database.ts'
import { allRuns, insertRun, type RunRow, runsOfProduct, voidRunRow } from './run-rows.ts'

/**
 * The folder keeps what the database says of runs, a moment later: each is the other's witness. A record that the folder
 * has and the database has not speaks of a database that was restored from an old backup, which would give the serials
 * away again; so it stops reservations. What the folder lacks is written there again.
 */

/** All runs that either knows of, or those of one product, and what speaks against them. */
export async function surveyFleet(
  folder: string,
  database: Asking,
  authority: string,
  told: readonly string[],
  only?: RunProduct,
): Promise<Journal> {
  // The folder first: what is there by now, the database had before.
  const before = new Set(existsSync(folder) ? readdirSync(folder) : [])
  const known = await (only === undefined
    ? allRuns(database, authority)
    : runsOfProduct(database, authority, only))
  const rows = new Map(known.map((row) => [row.run.id, row]))
  const { runs, faults, names } = surveyJournal(folder, [...told, ...rows.keys()], only)
  const own = runs.flatMap((run) => faultOf(run, rows.get(run.id), before) ?? [])
  const listed = known.map(({ run }) => run)
  return {
    runs: [...listed, ...runs.filter(({ id }) => !rows.has(id))].sort((a, b) =>
      compareRunNames(readRunName(a.id)!, readRunName(b.id)!),
    ),
    faults: [...faults.filter((fault) => !isMirrored(fault, rows)), ...own],
    names: [...names, ...listed.map(({ id }) => readRunName(id)!)],
  }
}

/** What a record of the folder says that the database does not. */
function faultOf(
  run: Reservation,
  row: RunRow | undefined,
  before: ReadonlySet<string>,
): JournalFault | undefined {
  const { id, facility, product, first, last } = run
  const name = `${id}.json`
  const fault = { name, product: { facility, product }, serials: { first, last } }
  if (row !== undefined)
    return row.record === recordText(run) ? undefined : { ...fault, kind: 'other_record' }
  return before.has(name) ? { ...fault, kind: 'unlisted' } : undefined
}

/** A run's folder without a record is none that anybody misses, where the database has it. */
const isMirrored = ({ kind, name }: JournalFault, rows: ReadonlyMap<string, RunRow>): boolean =>
  kind === 'no_record' && rows.has(name.replace(/\.void$/, ''))

/** Writes what the folder lacks of these runs: their records, and what declares them void. */
export function mirrorRuns(folder: string, rows: readonly Omit<RunRow, 'record'>[]): void {
  for (const { run, void: why } of rows) {
    if (!existsSync(recordFile(folder, run.id))) keepRecord(folder, run)
    if (why !== undefined && !isVoid(folder, run.id)) keepVoid(folder, run.id, why)
  }
}

/**
 * Takes in the runs of a folder that the database does not have, and those that are void there.
 * @returns how many it took in
 * @throws VeristampError `run_corrupt` for a record that the database has otherwise, or whose serials another run has
 */
export async function adoptFolder(database: Database, authority: string, folder: string): Promise<number> {
  makeFolderDurably(folder)
  const rows = new Map((await allRuns(database, authority)).map((row) => [row.run.id, row]))
  let adopted = 0
  for (const run of surveyJournal(folder).runs) {
    const row = rows.get(run.id)
    const other = () => journalCorrupt(folder, { name: `${run.id}.json`, kind: 'other_record' })
    if (row !== undefined && row.record !== recordText(run)) throw other()
    if (row === undefined) {
      try {
        await insertRun(database, authority, run)
      } catch (error) {
        throw isSqlState(error, '23P01') ? other() : error
      }
      adopted++
    }
    const why = voidReason(folder, run.id)
    if (why !== undefined && row?.void === undefined) await voidRunRow(database, authority, run.id, why)
  }
  mirrorRuns(folder, await allRuns(database, authority))
  return adopted
}

/** A run that the database does not have. @throws `ENOENT` where the folder has none either; VeristampError `run_corrupt` */
export function recordInFolder(folder: string, id: string): never {
  readReservation(folder, id)
  throw journalCorrupt(folder, { name: `${id}.json`, kind: 'unlisted' })
}
