import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, fromHex } from '../../lib/bytes.ts'
import { checkText } from '../../lib/checks.ts'
import { argumentRange, VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { decodeChecked, encodeChecked } from '../../node/files/checked-text.ts'
import { createWhole } from '../../node/files/durable.ts'
import { aPath } from '../../node/files/path-argument.ts'
import { checkReservation, type Reservation } from '../job.ts'
import { readRunName } from './run-id.ts'

/** The file of a reservation, `<id>.json` in the journal: made once, never changed, never removed. */

const FORMAT = 'veristamp-run-1'
const MAX_RECORD = 65_536

export const recordFile = (journal: string, id: string): string => join(journal, `${id}.json`)

/** A reservation as its file has it. */
export const recordText = (run: Reservation): string => encodeChecked(FORMAT, run)

/** The reservation that such a text is. @throws VeristampError `run_corrupt`, which names `place` */
export function recordOf(text: string, place = 'record'): Reservation {
  try {
    return checkReservation(decodeChecked(FORMAT, text))
  } catch (cause) {
    throw damaged(place, cause)
  }
}

/** Keeps a reservation; false when another process took its name. @throws what `createWhole` throws */
export function keepRecord(journal: string, run: Reservation): boolean {
  try {
    createWhole(recordFile(journal, run.id), new TextEncoder().encode(recordText(run)))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * One reservation by its id.
 * @throws ArgumentRangeError for a bad id; VeristampError `run_corrupt`; the file system's `ENOENT`
 */
export function readReservation(journal: string, id: string): Reservation {
  aPath('journal', journal)
  if (readRunName(checkText('id', id, 1, 60)) === undefined)
    throw argumentRange('id', 'a run, as in 12-104-7-3', id)
  const file = recordFile(journal, id)
  const run = readRecord(file)
  if (run.id === id && isOwnName(run)) return run
  throw damaged(file)
}

/** What a record says, whatever its name. @throws VeristampError `run_corrupt`; the file system's `ENOENT` */
export function readRecord(file: string): Reservation {
  const bytes = lstatSync(file).isFile() ? readBoundedFile(file, MAX_RECORD) : undefined
  if (bytes === undefined) throw damaged(file)
  return recordOf(new TextDecoder().decode(bytes), file)
}

/** True where a reservation's name says what the reservation says. */
function isOwnName({ id, facility, product, keyId }: Reservation): boolean {
  const name = readRunName(id)
  return name?.facility === facility && name.product === product && (name.keyId ?? keyId) === keyId
}

const damaged = (file: string, cause?: unknown): VeristampError =>
  new VeristampError(
    'run_corrupt',
    `${file}: damaged. Restore it: serials may be known from nowhere else`,
    { fault: 'damaged', file },
    { cause },
  )

/** The public key that a reservation names. */
export const publicKeyOfRun = (run: Reservation): Bytes => fromHex(run.publicKey)
