import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import { checkTable } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { equalBytes } from '../lib/bytes.ts'
import { argumentType, VeristampError } from '../lib/errors.ts'
import { cleanUp } from '../node/files/disk.ts'
import { createWhole } from '../node/files/durable.ts'
import { aPath } from '../node/files/path-argument.ts'
import { writeAllWhole } from '../node/files/whole-file.ts'
import { copyFonts } from '../print/sheet/options.ts'
import { runEngine } from './check-signatures.ts'
import { type CodeRow, readRows } from './codes/code-lines.ts'
import { openChunkFile, readPieces } from './codes/codes-file.ts'
import { allRows, checkUndisturbed } from './codes/rows.ts'
import { missingFiles, ownManifest } from './finished.ts'
import {
  type FinishedRun,
  filesOf,
  isThere,
  makeRunFolder,
  openRunFolder,
  secretFile,
  tidyRunFolder,
} from './folder.ts'
import { digestFonts } from './fonts.ts'
import { checkJob, type Reservation, type RunJob } from './job.ts'
import { checkAlone } from './ledger/journal.ts'
import { folderLedger, type Ledger } from './ledger/ledger.ts'
import { type Lock, lockFolder } from './ledger/lock.ts'
import { type Reach, type ReserveOptions, reachFields, reserveFields } from './ledger/reach.ts'
import { readReservation } from './ledger/record.ts'
import { isVoid } from './ledger/void.ts'
import { type Manifest, signManifest } from './manifest.ts'
import { drawRunSecret, openRunSecret } from './secret.ts'
import { checkDeterministic, longestText, runIssuer } from './signing.ts'
import { volumePieces } from './threads/volume-pieces.ts'
import { type RunTools, toolFields } from './tools.ts'
import { sharesOf, volumesOf } from './volumes.ts'

/**
 * Prints a job: reserves its serials in the journal, then does what `resumeRun` does.
 * @throws as `reserveRun` and `resumeRun` do. Once the serials are reserved the run can be resumed: its id is the
 * newest of the product in `readReservations`
 */
export async function startRun(
  journal: string,
  job: RunJob,
  reach: Omit<Reach, 'publicKey'>,
  given: StartTools,
): Promise<FinishedRun> {
  aPath('journal', journal)
  return startOn({ ...folderLedger(journal), folder: journal }, job, reach, given)
}

/** The same with any ledger. */
export async function startOn(
  ledger: Ledger,
  job: RunJob,
  reach: Omit<Reach, 'publicKey'>,
  given: StartTools,
): Promise<FinishedRun> {
  const { own, options, tools } = await prepareRun(job, reach, given)
  const run = await ledger.reserve(own.job, own.reach, options)
  tools.onReserved?.(run)
  makeRunFolder(filesOf(ledger.folder, run).folder)
  return goOn(ledger.folder, run, tools)
}

/** What a new run works with. */
export type StartTools = RunTools & Pick<ReserveOptions, 'now' | 'taken' | 'accepted'>

/** All that a ledger is asked for a job, with what tries it out before serials are taken. @throws an argument error */
export async function prepareRun(job: RunJob, reach: Omit<Reach, 'publicKey'>, given: StartTools) {
  checkJob(job)
  const { publicKey: _, ...ownReach } = reachFields
  checkTable('reach', reach, ownReach)
  const { now: when, taken: others, accepted: known } = reserveFields
  checkTable('tools', given, { ...toolFields, now: when, taken: others, accepted: known })
  const tools = { ...given, ...checkTools(job, given) }
  const own = { job: structuredClone(job), reach: { ...reach, publicKey: tools.signer.publicKey } }
  // Half of the package is the library for PDFs, of which runs without sheets need nothing.
  const sheets = job.sheet && (await import('./sheets.ts'))
  const fonts = sheets && digestFonts(tools.fonts!)
  const { now, taken, accepted } = tools
  const options: ReserveOptions = {
    now,
    fonts,
    taken,
    accepted,
    check: (run: Reservation) => {
      longestText(run)
      sheets?.checkSheet(run, run.sheet!, tools.fonts!)
      tools.check?.(run)
    },
  }
  return { own, options, tools }
}

/**
 * Does what is left of a reserved run, in its folder `<journal>/<id>`: however often it was killed, the files are
 * byte for byte those of an undisturbed run. Of a finished run what was lost is made again, and the rest left as it is.
 * @throws VeristampError `run_busy` while another process is at it, `run_void`, `run_corrupt`, `passphrase`,
 * `not_deterministic`, `signing_failed`; the signal's reason; what the file system throws, such as `ENOSPC`
 */
export async function resumeRun(journal: string, id: string, given: RunTools): Promise<FinishedRun> {
  checkTable('tools', given, toolFields)
  const run = readReservation(journal, id)
  const tools = { ...given, ...checkTools(run, given) }
  checkNotVoid(journal, id)
  openRunFolder(filesOf(journal, run).folder)
  return goOn(journal, run, tools)
}

async function goOn(journal: string, run: Reservation, tools: RunTools): Promise<FinishedRun> {
  const files = filesOf(journal, run)
  const lock = lockFolder(files.folder)
  try {
    checkNotVoid(journal, run.id) // it may have been declared so meanwhile
    const signed = await ownManifest(files)
    if (signed === undefined) {
      checkAlone(journal, run)
      await finish(files, tools, lock)
    } else await mend(files, tools, lock, signed)
    tidyRunFolder(files.folder)
    tools.onProgress?.({ run: run.id, done: run.count, count: run.count })
    return files
  } finally {
    lock.release()
  }
}

/** Makes what a finished run has lost again, as it was signed for. */
async function mend(files: FinishedRun, tools: RunTools, lock: Lock, signed: Manifest): Promise<void> {
  const missing = missingFiles(files, signed)
  if (missing.codes) await finish(files, tools, lock, signed)
  else if (missing.sheets) await layOut(files, readRows(readPieces(files.codes)), tools, signed.sheets)
}

function checkNotVoid(journal: string, id: string): void {
  if (isVoid(journal, id)) throw new VeristampError('run_void', `run ${id}: was declared void`, { run: id })
}

/** What bytes the tools hold, as copies: a run takes its time. @throws an argument error */
function checkTools(job: RunJob, tools: RunTools): Pick<RunTools, 'signer' | 'fonts'> {
  const { passphrase, fonts } = tools
  const signer = ownSigner('tools.signer', tools.signer)
  if (job.sealed && passphrase === undefined)
    throw argumentType('tools.passphrase', 'one, for hidden codes', passphrase)
  if (job.sheet && fonts === undefined) throw argumentType('tools.fonts', 'fonts for the sheet', fonts)
  return { signer, ...(fonts && { fonts: copyFonts('tools.fonts', fonts) }) }
}

/**
 * The secret that the hidden codes of a run are drawn with; undefined for stamps without.
 * @throws VeristampError `passphrase` or `run_corrupt`
 */
export const secretOf = (
  folder: string,
  run: Reservation,
  passphrase: string | undefined,
  secretFrom = openRunSecret,
): Bytes | undefined => (run.sealed ? secretFrom(secretFile(folder), run.id, passphrase!) : undefined)

async function finish(files: FinishedRun, tools: RunTools, lock: Lock, signed?: Manifest): Promise<void> {
  const { run, folder } = files
  // Codes that were ever written are sealed with the secret that there was: another would spoil them.
  const isBegun = signed !== undefined || (isThere(files.codes) && statSync(files.codes).size > 0)
  const secretFrom = isBegun ? openRunSecret : drawRunSecret
  const secret = secretOf(folder, run, tools.passphrase, secretFrom)
  const issuer = runIssuer(run, tools.signer, secret, await runEngine())
  await checkDeterministic(run, tools.signer, issuer)
  lock.renew()
  const file = openChunkFile(folder, 'codes.csv')
  try {
    const rows = allRows(files, file, issuer, { ...tools, lock })
    const sheets =
      files.sheets === undefined ? await drain(rows) : await layOut(files, rows, tools, signed?.sheets)
    checkUndisturbed(files, file)
    lock.renew()
    if (signed === undefined) await close(files, file.digest, sheets, tools.signer)
    else checkAsSigned(files, file.digest, signed)
  } finally {
    file.close()
  }
}

/** Codes that were made again are those that were signed for, or they go: another secret made them. */
function checkAsSigned({ codes }: FinishedRun, digest: Uint8Array, signed: Manifest): void {
  if (equalBytes(digest, signed.codes)) return
  for (const file of [codes, `${codes}.marks`]) cleanUp(file)
  throw new VeristampError(
    'run_corrupt',
    `${codes}: made again, it is not what was signed for: the secret is another`,
    { fault: 'other_secret', file: codes },
  )
}

/** Consumes the rows: what is signed is then on the disk. */
async function drain(rows: AsyncIterable<CodeRow>): Promise<undefined> {
  for await (const _ of rows);
}

async function layOut(
  { run, folder }: FinishedRun,
  rows: AsyncIterable<CodeRow>,
  tools: RunTools,
  digest?: Uint8Array,
): Promise<Bytes> {
  const share = sharesOf(rows)
  const volumes = volumesOf(run)
  const files = volumes.map((volume, index) => {
    // The last takes what there is, so that the source comes to its end.
    const own = share(index < volumes.length - 1 ? volume.count : Number.POSITIVE_INFINITY)
    return { file: join(folder, volume.name), pieces: volumePieces(run, volume, own, tools) }
  })
  return writeAllWhole(files, {
    check(made) {
      if (digest === undefined || equalBytes(made, digest)) return
      const file = files.map((each) => each.file).join(', ')
      throw new VeristampError('run_corrupt', `${file}: made again, it is not what was signed for`, {
        fault: 'made_otherwise',
        file,
      })
    },
  })
}

async function close(
  files: FinishedRun,
  codes: Uint8Array,
  sheets: Uint8Array | undefined,
  signer: Signer,
): Promise<void> {
  createWhole(files.manifest, await signManifest(manifestOf(files.run, codes, sheets), signer))
}

/** What closes a run, with the digests of its files. */
export function manifestOf(run: Reservation, codes: Uint8Array, sheets: Uint8Array | undefined): Manifest {
  const { facility, product, first, last, count, keyId } = run
  return {
    ...{ run: run.id, facility, product, first, last, count, keyId },
    reserved: new Date(run.reserved * 1000),
    codes,
    sheets,
  }
}

/** The reservation, whether it is finished and whether it is void. */
export function describeRun(
  journal: string,
  id: string,
): { readonly run: Reservation; readonly finished: boolean; readonly void: boolean } {
  const run = readReservation(journal, id)
  return { run, finished: isThere(filesOf(journal, run).manifest), void: isVoid(journal, id) }
}
