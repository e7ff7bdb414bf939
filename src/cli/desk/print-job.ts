import type { FinishedRun } from '../../run/folder.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import type { Reach } from '../../run/ledger/reach.ts'
import { startOn } from '../../run/run.ts'
import { revocationListAtHand } from '../lists/lists.ts'
import type { Config } from '../project/config.ts'
import { signerOf } from '../project/keys.ts'
import { withFleet, withLedger } from '../project/ledger.ts'
import { noteReserved, settleDoubts } from '../runs/doubts.ts'
import { orResumable, signerFor, toolsOf } from '../runs/printing.ts'
import { queueCommand } from '../runs/queued.ts'
import { checkFirstStamp, checkSerials, checkTime, type Standing, warnOfTime } from '../runs/ready.ts'
import type { Context } from '../shell/context.ts'
import type { ExitCode } from '../shell/io.ts'
import type { JobKey } from './press-key.ts'
import { explained } from './scope-faults.ts'
import { startsAtZero } from './start-at-zero.ts'
import { watchingLists } from './watch-lists.ts'

/** A run that is printed: by which key, once everything that would go wrong later was asked. */

/** @throws what `issue` says before it reserves a serial, and what ends a run */
export const printJob = (
  context: Context,
  config: Config,
  key: JobKey,
  job: RunJob,
  font: string | undefined,
): Promise<FinishedRun> =>
  withLedger(context, config, async (ledger) => {
    const { job: ready, reach, given, idOf } = await readyJob(context, config, ledger, key, job, font)
    return orResumable(context, () => startOn(ledger, ready, reach, given), idOf)
  })

export interface QueueChoices {
  readonly font: string | undefined
  readonly shard: number
  readonly wait: boolean | undefined
}

/** Leaves a job to workers. @throws what `issue` says before it reserves a serial */
export const queueJob = (
  context: Context,
  config: Config,
  key: JobKey,
  job: RunJob,
  { font, ...how }: QueueChoices,
): Promise<ExitCode> =>
  withFleet(context, config, async (fleet) => {
    const { job: ready, reach, given } = await readyJob(context, config, fleet, key, job, font)
    return queueCommand(context, fleet, { job: ready, reach, given, ...how })
  })

/** What a job is begun with, once everything that would go wrong later was asked. */
async function readyJob(
  context: Context,
  config: Config,
  ledger: Ledger,
  { trustList, name, issuer }: JobKey,
  wanted: RunJob,
  font: string | undefined,
) {
  const revocationList = revocationListAtHand(context, trustList)
  const standing = { trustList, revocationList, issuer }
  checkTime(context, standing, wanted)
  warnOfTime(context, standing, wanted)
  const { first, ...settled } = await explained(context, config, standing, wanted, () =>
    settleDoubts(context, ledger, standing, wanted),
  )
  const job = { ...wanted, first }
  const signer = await signerOf(context, config, name, signerFor(job.count))
  const reach = reachOf(context, config, standing)
  let reserved: Reservation | undefined
  const tools = watchingLists(context, config, await toolsOf(context, signer, job, font), () => reserved)
  const onReserved = (run: Reservation) => {
    reserved = run
    noteReserved(context, run)
  }
  const check = (run: Reservation) => checkSerials(context, standing, run)
  const asked = { now: context.io.now(), ...settled }
  const plan = await explained(context, config, standing, job, () =>
    ledger.plan(job, { ...reach, publicKey: signer.publicKey }, asked),
  )
  checkSerials(context, standing, plan)
  await checkFirstStamp(context, standing, plan, signer)
  return { job, reach, given: { ...tools, check, onReserved, ...asked }, idOf: () => reserved?.id }
}

/** How far the key may go by the lists at hand. */
function reachOf(
  context: Context,
  config: Config,
  { issuer, revocationList }: Standing,
): Omit<Reach, 'publicKey'> {
  const { keyId, scope } = issuer
  const least = startsAtZero(context, config, issuer) ? 0 : undefined
  const watermark = (key: Uint8Array, facility: number, product: number) =>
    revocationList?.ofKey(key).watermark(facility, product) ?? least
  return { keyId, scope, watermark }
}
