import { type FinishedRun, filesOf } from '../../run/folder.ts'
import type { Reservation } from '../../run/job.ts'
import { readReservation } from '../../run/ledger/record.ts'
import { describeRun } from '../../run/run.ts'
import { readConfig } from '../project/config.ts'
import { journalOf } from '../project/files.ts'
import { namesFleet } from '../project/ledger.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** The run of this name. @throws Failure `no_run` */
export function findRun(context: Context, id: string): Reservation {
  const { words } = context
  try {
    return readReservation(journalOf(context), id)
  } catch (error) {
    const { code } = error as { code?: string | undefined }
    if (code !== 'ENOENT' && code !== 'argument_range') throw error
    throw new Failure('no_run', words.noRun(id), words.noRunHow)
  }
}

/** @throws Failure `void` */
export function checkNotVoid(context: Context, id: string): void {
  const { words } = context
  const { void: isVoid } = describeRun(journalOf(context), id)
  if (isVoid) throw new Failure('void', words.isVoid(id), words.isVoidHow)
}

/** @throws Failure `no_run`, or for a run that is not finished `void` or `not_finished` */
export function finishedRun(context: Context, id: string): FinishedRun {
  const { words } = context
  const run = findRun(context, id)
  const journal = journalOf(context)
  if (describeRun(journal, id).finished) return filesOf(journal, run)
  checkNotVoid(context, id) // or else it would be told to go on
  const how = namesFleet(readConfig(context)) ? words.fleet.waitHow : words.resumeHow
  throw new Failure('not_finished', words.notFinished(id), how(id))
}

/** A finished run whose labels are still to be used. @throws Failure `no_run`, `not_finished` or `void` */
export function usableRun(context: Context, id: string): FinishedRun {
  checkNotVoid(context, findRun(context, id).id)
  return finishedRun(context, id)
}
