import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { checkTable, oneOf } from '../../lib/arguments.ts'
import { dayOf } from '../../lib/dates.ts'
import { VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { createWhole } from '../../node/files/durable.ts'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { RevokedSerials } from '../../revocation/content.ts'
import { addSerials, type RevocationDraft } from '../../revocation/draft.ts'
import { openRunFolder } from '../folder.ts'
import type { Reservation } from '../job.ts'
import { lockFolder } from './lock.ts'
import { readReservation } from './record.ts'

/** A run whose labels are not to be used: lost, stolen, printed badly. */

const MAX_RECORD = 1024

const voidFile = (journal: string, id: string): string => join(journal, `${id}.void`)

/**
 * Why a run was declared void, and when; undefined for one that was not.
 * @throws VeristampError `run_corrupt`; what the file system throws
 */
export function voidReason(journal: string, id: string): Pick<RevokedSerials, 'reason' | 'date'> | undefined {
  if (!isVoid(journal, id)) return undefined
  const file = voidFile(journal, id)
  const bytes = readBoundedFile(file, MAX_RECORD)
  try {
    const { reason, date } = JSON.parse(new TextDecoder().decode(bytes))
    dayOf('date', date)
    if (REVOCATION_REASONS.includes(reason)) return { reason, date }
  } catch (cause) {
    throw new VeristampError('run_corrupt', `${file}: damaged`, { fault: 'no_reason', file }, { cause })
  }
  throw new VeristampError('run_corrupt', `${file}: names no reason`, { fault: 'no_reason', file })
}

/** True for a run that was declared void. */
export const isVoid = (journal: string, id: string): boolean =>
  lstatSync(voidFile(journal, id), { throwIfNoEntry: false }) !== undefined

const checkWhy = (given: Pick<RevokedSerials, 'reason' | 'date'>) =>
  checkTable('why', given, { reason: oneOf(...REVOCATION_REASONS), date: dayOf })

/**
 * Declares a run void: it can't be resumed any more, and its serials stay taken. They are revoked by the list that
 * `voidRun` drafts; the command line's next list does so by itself.
 * @throws VeristampError `run_busy` while a process is at work on it; as `readReservation` does; what the file system throws
 */
export function declareVoid(
  journal: string,
  id: string,
  why: Pick<RevokedSerials, 'reason' | 'date'>,
): Reservation {
  checkWhy(why)
  const run = readReservation(journal, id)
  const folder = join(journal, id)
  openRunFolder(folder)
  const lock = lockFolder(folder)
  try {
    keepVoid(journal, id, why)
  } finally {
    lock.release()
  }
  return run
}

/** Keeps why a run is void, where nothing says so yet. @throws what the file system throws */
export function keepVoid(journal: string, id: string, why: Pick<RevokedSerials, 'reason' | 'date'>): void {
  try {
    createWhole(voidFile(journal, id), new TextEncoder().encode(`${JSON.stringify(why)}\n`))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Declares a run void. Returns the draft with all of its serials revoked, whether or not they were signed before the
 * run stopped.
 * @throws as `declareVoid` and `addSerials` do
 */
export function voidRun(
  journal: string,
  id: string,
  draft: RevocationDraft,
  why: Pick<RevokedSerials, 'reason' | 'date'>,
): RevocationDraft {
  checkWhy(why)
  const { facility, product, first, last } = readReservation(journal, id)
  const changed = addSerials(draft, { facility, product, ...why, serials: [{ first, last }] })
  declareVoid(journal, id, why)
  return changed
}
