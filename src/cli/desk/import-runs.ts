import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { equalBytes } from '../../lib/bytes.ts'
import { syncFolder } from '../../node/files/disk.ts'
import { makeFolderDurably } from '../../node/files/durable.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import { filesOf } from '../../run/folder.ts'
import type { Reservation } from '../../run/job.ts'
import { keepRecord, publicKeyOfRun } from '../../run/ledger/record.ts'
import { type JournalFault, surveyJournal } from '../../run/ledger/survey.ts'
import { declareVoid, voidReason } from '../../run/ledger/void.ts'
import { describeRun } from '../../run/run.ts'
import { verifyRun } from '../../run/verify-run.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { journalOf, ownJournal, reservationsOf } from '../project/files.ts'
import { noteReserved } from '../runs/doubts.ts'
import { poolFor } from '../runs/printing.ts'
import { takeReleases } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'
import { isOurRun } from './roles.ts'

/**
 * Gathers the runs of printers: their records, codes and manifests, and who got what; never the secrets of hidden codes. Runs are named
 * after their key, so those of several printers have names of their own; each is checked before it is taken.
 */

export type ImportFault = 'unknown_key' | 'other_run' | 'serials_twice' | 'damaged'

export interface ImportedRun {
  readonly run: Reservation
  /** `grown`: it was known, and is finished or void by now. */
  readonly how: 'new' | 'grown' | 'known' | ImportFault
  /** The run that has its serials, or what is wrong with its files. */
  readonly detail?: string | undefined
}

export interface Imported {
  readonly runs: readonly ImportedRun[]
  readonly faults: readonly JournalFault[]
  /** Runs of other printers, which a printer leaves out. */
  readonly others: number
  /** Releases of these runs that were not known here. */
  readonly releases: number
}

/** @param given a project's folder, or its `runs/`: then who got what is looked for beside it */
export async function importRuns(
  context: Context,
  config: Config,
  trustList: TrustList,
  given: string,
): Promise<Imported> {
  const folder = context.path(given)
  const isProject = existsSync(join(folder, 'runs'))
  const source = isProject ? join(folder, 'runs') : folder
  const { runs, faults } = surveyJournal(source)
  const ours = runs.filter(isOurRun(context, config))
  const imported: ImportedRun[] = []
  for (const run of ours) imported.push(await importRun(context, trustList, source, run))
  const releases = takeReleases(context, isProject ? folder : dirname(folder))
  return { runs: imported, faults, others: runs.length - ours.length, releases }
}

async function importRun(
  context: Context,
  trustList: TrustList,
  source: string,
  run: Reservation,
): Promise<ImportedRun> {
  const fault = await faultOf(context, trustList, source, run)
  if (fault !== undefined) return { run, ...fault }
  const journal = ownJournal(context)
  makeFolderDurably(journal)
  const isNew = keepRecord(journal, run)
  if (isNew) noteReserved(context, run)
  const isFinished = describeRun(source, run.id).finished && !describeRun(journal, run.id).finished
  if (isFinished) copyFiles(context, source, run)
  const why = voidReason(source, run.id)
  const isVoid = why !== undefined && voidReason(journal, run.id) === undefined
  if (isVoid) declareVoid(journal, run.id, why)
  return { run, how: isNew ? 'new' : isFinished || isVoid ? 'grown' : 'known' }
}

async function faultOf(
  context: Context,
  { issuers }: TrustList,
  source: string,
  run: Reservation,
): Promise<Pick<ImportedRun, 'how' | 'detail'> | undefined> {
  const publicKey = publicKeyOfRun(run)
  if (!issuers.some((issuer) => equalBytes(issuer.publicKey, publicKey) && issuer.keyId === run.keyId))
    return { how: 'unknown_key', detail: run.publicKey }
  const others = reservationsOf(context)
  const same = others.find(({ id }) => id === run.id)
  if (same !== undefined && JSON.stringify(same) !== JSON.stringify(run)) return { how: 'other_run' }
  const twice = others.find(
    ({ id, facility, product, first, last }) =>
      id !== run.id &&
      facility === run.facility &&
      product === run.product &&
      first <= run.last &&
      run.first <= last,
  )
  if (twice !== undefined) return { how: 'serials_twice', detail: twice.id }
  if (!describeRun(source, run.id).finished || isWhole(context, run)) return undefined
  const { codes, manifest } = filesOf(source, run)
  const verified = await verifyRun(
    { run, codes, manifest },
    {
      publicKeys: [publicKey],
      pool: poolFor(run.count),
      signal: context.io.signal,
    },
  )
  return verified.ok ? undefined : { how: 'damaged', detail: verified.reason }
}

const isWhole = (context: Context, { id }: Reservation): boolean =>
  reservationsOf(context).some((run) => run.id === id) && describeRun(journalOf(context), id).finished

const CARRIED = /^(codes\.csv|sheets(-\d+)?\.pdf)$/

/** The manifest comes last: with it a run counts as finished. */
function copyFiles(context: Context, source: string, run: Reservation): void {
  const from = filesOf(source, run)
  const to = filesOf(ownJournal(context), run)
  checkNoLink(context.folder, to.folder)
  mkdirSync(to.folder, { recursive: true })
  for (const name of readdirSync(from.folder))
    if (CARRIED.test(name)) {
      checkNoLink(context.folder, join(to.folder, name))
      copyFileSync(join(from.folder, name), join(to.folder, name))
    }
  syncFolder(to.folder)
  checkNoLink(context.folder, to.manifest)
  copyFileSync(from.manifest, to.manifest)
  syncFolder(to.folder)
}
