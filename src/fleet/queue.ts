import { ownSigner } from '../ed25519/signer.ts'
import { checkTable } from '../lib/arguments.ts'
import { argumentType } from '../lib/errors.ts'
import { runEngine } from '../run/check-signatures.ts'
import { filesOf, openRunFolder } from '../run/folder.ts'
import { checkReservation, type Reservation, type RunJob } from '../run/job.ts'
import type { Reach } from '../run/ledger/reach.ts'
import { prepareRun, type StartTools, secretOf } from '../run/run.ts'
import { drawRunSecret } from '../run/secret.ts'
import { checkDeterministic, runIssuer } from '../run/signing.ts'
import { type RunTools, toolFields } from '../run/tools.ts'
import { aFleet, type Cut, cutFields, type Fleet } from './open.ts'

/**
 * Queues a job for workers: takes its serials, cuts it into shards, and signs its first stamp, which every worker must
 * come to as well. A sealed run's secret is drawn here; it lies in the run's folder under the passphrase, and nowhere else.
 * @throws as `startRun` does before it prints. From `tools.onReserved` on `letWorkersAt` goes on
 * @example
 * ```ts
 * import { openFleet, queueRun, workFleet } from 'veristamp/fleet'
 *
 * const fleet = await openFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server: { host: 'db' } })
 * const job = { facility: 12, product: 104, count: 1_000_000 }
 * const reach = { keyId: 7, scope: [{ facility: 12, product: 104 }] }
 * await queueRun(fleet, job, reach, { signer, now: new Date() }, { shard: 50_000, program: '1' })
 * await workFleet(fleet, { signers: [signer], program: '1', drain: true })
 * await fleet.close()
 * ```
 */
export async function queueRun(
  fleet: Fleet,
  job: RunJob,
  reach: Omit<Reach, 'publicKey'>,
  given: StartTools,
  cut: Cut,
): Promise<Reservation> {
  aFleet('fleet', fleet)
  checkTable('cut', cut, cutFields)
  const { own, options, tools } = await prepareRun(job, reach, given)
  const run = await fleet.cut(own.job, own.reach, options, cut)
  tools.onReserved?.(run)
  const { signer, passphrase } = tools
  await letWorkersAt(fleet, run, { signer, passphrase })
  return run
}

/**
 * Does what is left of queueing a run, after a kill: as often as one likes.
 * @throws as `queueRun` does
 * @example
 * ```ts
 * import { letWorkersAt, openFleet } from 'veristamp/fleet'
 *
 * const fleet = await openFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server: { host: 'db' } })
 * await letWorkersAt(fleet, await fleet.record('12-104-7-1'), { signer })
 * await fleet.close()
 * ```
 */
export async function letWorkersAt(
  fleet: Fleet,
  run: Reservation,
  tools: Pick<RunTools, 'signer' | 'passphrase'>,
): Promise<void> {
  aFleet('fleet', fleet)
  checkReservation(run)
  const { passphrase } = checkTable<Partial<RunTools>>('tools', tools, toolFields)
  const signer = ownSigner('tools.signer', tools.signer)
  if (run.sealed && passphrase === undefined)
    throw argumentType('tools.passphrase', 'one, for hidden codes', passphrase)
  const { folder } = filesOf(fleet.folder, run)
  openRunFolder(folder)
  const secret = secretOf(folder, run, passphrase, drawRunSecret)
  const issuer = runIssuer(run, signer, secret, await runEngine())
  await checkDeterministic(run, signer, issuer)
  const [first] = await issuer.issue(run.first, 1)
  await fleet.letWork(run.id, first!.code)
}
