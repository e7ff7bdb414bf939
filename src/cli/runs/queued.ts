import { isPassing } from '../../fleet/failures.ts'
import type { Fleet } from '../../fleet/open.ts'
import { letWorkersAt, queueRun } from '../../fleet/queue.ts'
import { checkStock } from '../../print/sheet/stock.ts'
import { filesOf } from '../../run/folder.ts'
import type { Reservation, RunJob, RunSheet } from '../../run/job.ts'
import type { LedgerRun } from '../../run/ledger/ledger.ts'
import type { Reach } from '../../run/ledger/reach.ts'
import type { StartTools } from '../../run/run.ts'
import type { RunTools } from '../../run/tools.ts'
import { warn, warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'
import { VERSION } from '../shell/version.ts'
import { tellFinished } from './printing.ts'

/** Runs that are left to workers. */

interface Queued {
  readonly job: RunJob
  readonly reach: Omit<Reach, 'publicKey'>
  readonly given: StartTools
  readonly shard: number
  readonly wait: boolean | undefined
}

/** Pages of a PDF, where nobody said so: a shard is then one PDF. */
export function volumeFor(stock: RunSheet['stock'], shard: number, start = 1): number {
  const { columns, rows } = checkStock('stock', stock)
  return Math.ceil((shard + start - 1) / (columns * rows))
}

/** Queues a run, and waits for it where that is asked. */
export async function queueCommand(
  context: Context,
  fleet: Fleet,
  { job, reach, given, shard, wait }: Queued,
): Promise<ExitCode> {
  const run = await queueRun(fleet, job, reach, given, { shard, program: VERSION })
  return leaveToWorkers(context, fleet, run, wait, shard)
}

/** Does what a kill has left of queueing. */
export async function letWork(
  context: Context,
  fleet: Fleet,
  run: Reservation,
  tools: RunTools,
  wait: boolean | undefined,
): Promise<ExitCode> {
  await letWorkersAt(fleet, run, tools)
  return leaveToWorkers(context, fleet, run, wait)
}

async function leaveToWorkers(
  context: Context,
  fleet: Fleet,
  run: Reservation,
  wait: boolean | undefined,
  asked?: number,
): Promise<ExitCode> {
  const { words, io, json } = context
  const { id, first, last, count } = run
  const { shards } = await fleet.describe(id)
  const size = shards.reduce((max, each) => Math.max(max, each.last - each.first + 1), 0)
  if (asked !== undefined && size > asked) warn(context, words.fleet.rounded(asked, size))
  const done = shards.filter(({ state }) => state === 'done').length
  const text = [
    words.fleet.queued(id, first, last, shards.length),
    ...(done > 0 ? [words.fleet.shardsDone(done, shards.length)] : []),
    `${words.next}: ${words.fleet.queuedHow}`,
  ].join('\n')
  if (!wait)
    context.report({ run: id, first, last, count, shards: shards.length, ...warningsOf(context) }, text)
  // Whoever waits has to know for whom: without a worker it would be for ever.
  else if (!json) io.err(`${text}\n`)
  return wait ? waitFor(context, fleet, run) : EXIT.valid
}

/** Milliseconds between two looks. */
const LOOK = 500

/** Shows how far workers are until the run is whole. @throws Failure `stopped` or `void` */
async function waitFor(context: Context, fleet: Fleet, run: Reservation): Promise<ExitCode> {
  const { words, io } = context
  const show = progressOf(context, 'work', { resumed: true })
  const look = lookAt(context, fleet, run)
  for (;;) {
    const state = await look()
    const done = state?.shards.reduce((sum, shard) => sum + shard.done, 0) ?? 0
    if (state?.finished) {
      show(run.count, run.count)
      return tellFinished(context, filesOf(fleet.folder, run))
    }
    // The last step puts it together.
    if (state !== undefined) show(Math.min(done, run.count - 1), run.count)
    if (state?.void) throw new Failure('void', words.isVoid(run.id), words.isVoidHow)
    if (io.signal.aborted)
      throw new Failure(
        'stopped',
        words.fleet.waitStopped(run.id),
        words.fleet.waitStoppedHow(run.id),
        EXIT.indeterminate,
      )
    await fleet.database.wait(LOOK, io.signal)
  }
}

/** How the run stands; undefined while the database can't be reached: workers wait for it too. */
function lookAt({ words, io, json }: Context, fleet: Fleet, run: Reservation) {
  let isAway = false
  return async (): Promise<LedgerRun | undefined> => {
    try {
      const state = await fleet.describe(run.id)
      isAway = false
      return state
    } catch (error) {
      if (!isPassing(error)) throw error
      if (!isAway) {
        const line = json ? JSON.stringify({ event: 'unreachable' }) : words.fleet.unreachable
        io.err(`${io.isTerminal && !json ? '\n' : ''}${line}\n`)
      }
      isAway = true
      return undefined
    }
  }
}
