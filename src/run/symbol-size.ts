import type { Level } from '../print/level.ts'
import { createPress } from '../print/press/press.ts'
import type { RunJob } from './job.ts'
import { longestText } from './signing.ts'

/** The smallest version of QR symbols that holds the texts of a job, whichever serials below 2^32 it gets. */
export function smallestVersion(job: RunJob, keyId: number, level: Level): number {
  const last = Math.max(2 ** 32 - 1, (job.first ?? 0) + job.count)
  const { carrier = 'base45' } = job
  const run = { ...job, carrier, keyId, first: last, last, id: '', publicKey: '', reserved: 0 }
  return createPress({ level }).symbol(longestText(run)).version
}
