import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '../../lib/dates.ts'
import { VeristampError } from '../../lib/errors.ts'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { RevokedSerials } from '../../revocation/content.ts'
import { addSerials, type RevocationDraft } from '../../revocation/draft.ts'
import { readBoundedFile } from '../bounded-file.ts'
import { createWhole, makeFolderDurably } from '../durable.ts'
import { checkNoLink } from '../own-path.ts'
import { readReservation } from './journal.ts'
import { lockFolder } from './lock.ts'

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
  try {
    const { reason, date } = JSON.parse(new TextDecoder().decode(readBoundedFile(file, MAX_RECORD)))
    dayOf('date', date)
    if (REVOCATION_REASONS.includes(reason)) return { reason, date }
  } catch (cause) {
    throw new VeristampError('run_corrupt', `${file}: damaged`, { cause })
  }
  throw new VeristampError('run_corrupt', `${file}: names no reason`)
}

/** True for a run that was declared void. */
export const isVoid = (journal: string, id: string): boolean => existsSync(voidFile(journal, id))

/**
 * Declares a run void: it can't be resumed any more, and its serials stay taken. Returns the draft with all of them
 * revoked, whether or not they were signed before the run stopped.
 * @throws VeristampError `run_busy` while a process is at work on it; as `readReservation` and `addSerials` do; what the file system throws
 */
export function voidRun(
  journal: string,
  id: string,
  draft: RevocationDraft,
  why: Pick<RevokedSerials, 'reason' | 'date'>,
): RevocationDraft {
  const { facility, product, first, last } = readReservation(journal, id)
  const changed = addSerials(draft, { facility, product, ...why, serials: [{ first, last }] })
  const folder = join(journal, id)
  checkNoLink(journal, folder)
  makeFolderDurably(folder)
  const lock = lockFolder(folder)
  try {
    createWhole(voidFile(journal, id), new TextEncoder().encode(`${JSON.stringify(why)}\n`))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    lock.release()
  }
  return changed
}
