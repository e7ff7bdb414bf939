import { checkAborted } from '../../lib/abort.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { VeristampError } from '../../lib/errors.ts'
import { BATCH } from '../check-signatures.ts'
import type { Reservation } from '../job.ts'
import type { Lock } from '../ledger/lock.ts'
import { notDeterministic, type RunIssuer } from '../signing.ts'
import { type CodeRow, HEADING, readRows, writeRows } from './code-lines.ts'
import { type ChunkFile, digestFile, readPieces } from './codes-file.ts'

/** A run and its file of codes. */
interface RunCodes {
  readonly run: Reservation
  readonly codes: string
}

/** What `RunTools` say of the work, and the lock that it is done under. */
export interface RowsOptions {
  readonly chunk?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?:
    | ((progress: { readonly run: string; readonly done: number; readonly count: number }) => void)
    | undefined
  readonly lock: Lock
}

const CHUNK = 2048

/** The rows of the whole run: first those that are on the disk, then the rest, chunk by chunk as they are signed. */
export async function* allRows(
  files: RunCodes,
  file: ChunkFile,
  issuer: RunIssuer,
  { signal, onProgress, chunk = CHUNK, lock }: RowsOptions,
): AsyncGenerator<CodeRow> {
  const { run } = files
  if (file.rows > 0) yield* keptRows(files, file.rows, issuer)
  const sign = (at: number) =>
    at < run.count ? issuer.issue(run.first + at, Math.min(chunk, run.count - at)) : undefined
  let at = file.rows
  for (let next = sign(at); next !== undefined; ) {
    checkAborted(signal)
    const rows = await next
    lock.renew()
    file.append(Buffer.from((at === 0 ? HEADING : '') + writeRows(rows), 'latin1'), rows.length)
    at += rows.length
    onProgress?.({ run: run.id, done: at, count: run.count })
    // Signed by other threads, where there are any, while this one lays out what it has.
    next = signal?.aborted ? undefined : sign(at)
    next?.catch(() => {}) // told when its turn comes
    yield* rows
    checkAborted(signal)
  }
}

/**
 * The rows on the disk: as many as the marks say, each signed by this run for the serial of its place. Whoever wrote
 * them wrote the marks too, so those prove nothing.
 * @throws VeristampError `not_deterministic` for a signer that signs the first otherwise today; `run_corrupt`
 */
async function* keptRows(
  { run, codes }: RunCodes,
  count: number,
  issuer: RunIssuer,
): AsyncGenerator<CodeRow> {
  const [first] = await issuer.issue(run.first, 1)
  let at = 0
  let batch: CodeRow[] = []
  const checked = (): CodeRow[] => {
    const rows = batch
    if (!issuer.owns(rows, run.first + at - rows.length)) throw corrupt(codes)
    batch = []
    return rows
  }
  for await (const row of readRows(readPieces(codes))) {
    if (row.serial !== run.first + at) throw corrupt(codes)
    if (at++ === 0 && row.code !== first!.code)
      throw notDeterministic('since', 'otherwise than before, or the secret is another')
    batch.push(row)
    if (batch.length === BATCH) yield* checked()
  }
  yield* checked()
  if (at !== count || count > run.count) throw corrupt(codes)
}

/** A lock that was taken away by mistake may have let two processes write: then nothing is signed for. */
export function checkUndisturbed({ codes }: RunCodes, file: ChunkFile): void {
  if (!equalBytes(digestFile(codes), file.digest)) throw corrupt(codes)
}

const corrupt = (codes: string): VeristampError =>
  new VeristampError(
    'run_corrupt',
    `${codes}: not what this run wrote. Remove ${codes}.marks and resume the run: it is then written anew`,
    { fault: 'other_codes', file: codes },
  )
