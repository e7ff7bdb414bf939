import { equalBytes } from '../../lib/bytes.ts'
import type { FinishedRun } from '../../run/folder.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import type { Manifest } from '../../run/manifest.ts'
import { verifyRun } from '../../run/verify-run.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'
import { poolFor } from './printing.ts'

/** A finished run whose codes are those that its manifest signs for. */
export interface SoundRun extends FinishedRun {
  /** The SHA-256 of the codes: what is read later must be the same. */
  readonly digest: Uint8Array
  /** What the manifest says. */
  readonly signed: Manifest
}

/**
 * Checks a run's codes before they are laid out or exported: the manifest's signature, that it is this run's, the
 * digest, and every code. The sheets are not asked for: they may have been deleted.
 * @throws Failure `no_issuer`; `run_fault` with exit 1
 */
export async function soundRun(
  context: Context,
  files: FinishedRun,
  trustList: TrustList,
): Promise<SoundRun> {
  const { words, io } = context
  const { run, codes, manifest } = files
  const asked = { run, codes, manifest }
  const publicKey = publicKeyOfRun(run)
  if (!trustList.issuers.some((issuer) => equalBytes(issuer.publicKey, publicKey)))
    throw new Failure('no_issuer', words.noIssuer(run.publicKey), words.noIssuerHow)
  const verified = await verifyRun(asked, {
    publicKeys: [publicKey],
    pool: poolFor(run.count),
    signal: io.signal,
    onProgress: afterAWhile(context, progressOf(context, 'check')),
  })
  if (verified.ok) return { ...files, digest: verified.manifest.codes, signed: verified.manifest }
  const { reason, detail = '' } = verified
  throw runFault(context, run.id, reason, detail)
}

/** Codes that are read again must still be those that were checked. @throws Failure `run_fault` */
export function checkSame(
  context: Context,
  { run, codes, digest }: Omit<SoundRun, 'signed'>,
  read: Uint8Array,
): void {
  if (!equalBytes(read, digest)) throw runFault(context, run.id, 'codes_digest', codes)
}

const runFault = ({ words }: Context, id: string, reason: string, detail: string): Failure =>
  new Failure('run_fault', words.runFault(id, reason, detail), words.runFaultHow, EXIT.invalid)

const A_WHILE = 1000

/** Progress of what is mostly done at once. */
function afterAWhile({ io }: Context, show: (done: number, count: number) => void) {
  const begun = io.now().getTime()
  return ({ done, count }: { done: number; count: number }) => {
    if (io.now().getTime() - begun >= A_WHILE) show(done, count)
  }
}
