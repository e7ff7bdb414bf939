import type { Level } from '../print/level.ts'
import { createPress } from '../print/press/press.ts'
import type { Reservation, RunJob } from './job.ts'
import { longestText } from './signing.ts'

/** A job as a run with serials as long as any below 2^32, for asking what its labels need before they are taken. */
export function asReserved(job: RunJob, keyId = 0): Reservation {
  const last = Math.max(2 ** 32 - 1, (job.first ?? 0) + job.count)
  const { carrier = 'base45' } = job
  return { ...job, carrier, keyId, first: last, last, id: '', publicKey: '', reserved: 0 }
}

/** The smallest version of QR symbols that holds the texts of a job, whichever serials below 2^32 it gets. */
export const smallestVersion = (job: RunJob, keyId: number, level: Level): number =>
  createPress({ level }).symbol(longestText(asReserved(job, keyId))).version
