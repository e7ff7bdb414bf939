import { fromHex } from '../../lib/bytes.ts'
import type { RevocationContent } from '../../revocation/content.ts'
import { serialSetOf } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'
import { voidReason } from '../../run/ledger/void.ts'
import { describeRun } from '../../run/run.ts'
import { countOf, goodSerials } from '../lists/revocation-effect.ts'
import { journalOf } from '../project/files.ts'
import { heldSerials, type Release } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'

/** How far a run is, and what became of its stamps. */
export type RunState =
  | 'unfinished'
  | 'finished'
  | 'void'
  | 'released'
  | 'partly_released'
  | 'revoked'
  | 'partly_revoked'

export interface RunStanding {
  readonly run: Reservation
  readonly state: RunState
  /** How many of its serials somebody got. */
  readonly released: number
  readonly revoked: number
}

export function standingOf(
  context: Context,
  run: Reservation,
  releases: readonly Release[],
  revocation: RevocationContent | undefined,
): RunStanding {
  const { id, first, last, count } = run
  const journal = journalOf(context)
  const good =
    revocation === undefined
      ? count
      : countOf(goodSerials(revocation, fromHex(run.publicKey), run, serialSetOf([{ first, last }])))
  const released = count - countOf(heldSerials(run, releases))
  const revoked = count - good
  const state = (): RunState => {
    if (voidReason(journal, id) !== undefined) return 'void'
    if (revoked > 0) return revoked === count ? 'revoked' : 'partly_revoked'
    if (!describeRun(journal, id).finished) return 'unfinished'
    if (released === 0) return 'finished'
    return released === count ? 'released' : 'partly_released'
  }
  return { run, state: state(), released, revoked }
}
