import { ownSigner, type Signer } from '../ed25519/signer.ts'
import {
  type ArgumentCheck,
  type ArgumentTable,
  aFunction,
  aSignal,
  ifGiven,
  textOf,
  wholeNumber,
} from '../lib/arguments.ts'
import { aPool } from '../node/pool/pool-threads.ts'
import type { WorkerPool } from '../node/pool/worker-pool.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import type { Reservation } from './job.ts'

/** What a run works with. None of it is kept but the passphrase's effect on the run's secret. */
export interface RunTools {
  /** The key's signer: one that signs the same message the same way each time. */
  readonly signer: Signer
  /** For sealed stamps: what the secret of their hidden codes is encrypted with. */
  readonly passphrase?: string | undefined
  /** For jobs with a sheet. */
  readonly fonts?: SheetFonts | undefined
  /**
   * Threads that lay the sheets out while this one checks what was signed: the files are the same. Its `signer` signs on
   * other cores too.
   */
  readonly pool?: WorkerPool | undefined
  /** Stamps that are signed between two flushes to the disk: 2,048 by default. The files are the same. */
  readonly chunk?: number | undefined
  /** Ends the work between two chunks: what is done stays done, and `resume` goes on. */
  readonly signal?: AbortSignal | undefined
  /** Asked by `start` before the serials are the run's: throws for a run that must not be. */
  readonly check?: ((run: Reservation) => void) | undefined
  /** Called by `start` once the serials are the run's: from here on it can be resumed. */
  readonly onReserved?: ((run: Reservation) => void) | undefined
  /** Called after each chunk of stamps, and when the manifest is written. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
}

export const toolFields: ArgumentTable<RunTools> = {
  signer: ownSigner as ArgumentCheck,
  passphrase: ifGiven(textOf(1024)),
  fonts: ifGiven(() => {}), // as the sheet has it
  pool: ifGiven(aPool),
  chunk: ifGiven(wholeNumber(1, 65_536)),
  signal: ifGiven(aSignal),
  check: ifGiven(aFunction),
  onReserved: ifGiven(aFunction),
  onProgress: ifGiven(aFunction),
}

export interface RunProgress {
  readonly run: string
  readonly done: number
  readonly count: number
}
