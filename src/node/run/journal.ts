import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '../../lib/bytes.ts'
import { checkInteger, checkText } from '../../lib/checks.ts'
import { secondOf } from '../../lib/dates.ts'
import { argumentRange, VeristampError } from '../../lib/errors.ts'
import { MAX_ID, MAX_KEY_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import { readBoundedFile } from '../bounded-file.ts'
import { decodeChecked, encodeChecked } from '../checked-text.ts'
import { createWhole, makeFolderDurably } from '../durable.ts'
import { checkJob, checkPublicKey, checkReservation, fromHex, type Reservation, type RunJob } from './job.ts'

/**
 * The journal is a folder with a file for each reservation, `<facility>-<product>-<number>.json`. A reservation
 * counts once its file has that name, which only one process can give it: whoever comes second reads the
 * first's and looks again. Files are never changed and never removed, so no serial is given away twice, and there
 * is no lock that a killed process could leave behind.
 */

/** Who signs, and how far the key may go. */
export interface Reach {
  readonly keyId: number
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** What the trust list lets the key stamp. */
  readonly scope: readonly ScopeRange[]
  /**
   * The highest serial that the published revocation list lets out, as `KeyRecord.watermark` answers;
   * undefined where it sets no limit.
   */
  readonly watermark?: (publicKey: Uint8Array, facility: number, product: number) => number | undefined
}

export interface ReserveOptions {
  readonly now: Date
  /** SHA-256 of the fonts, in hexadecimal, where the job has a sheet. */
  readonly fonts?: string
  /** Asked before the reservation counts: throws for one that could not be printed. */
  readonly check?: (run: Reservation) => void
}

const FORMAT = 'veristamp-run-1'
const MAX_RECORD = 65_536

/**
 * Takes serials for a job, durably: before anything is signed, and never again.
 * @param journal the folder, made where it is missing. Its file system must know hard links
 * @throws an argument error for a job that can't be; VeristampError `out_of_scope` for serials that the key may
 * not stamp, `above_watermark` for serials that are not published, `serials_taken` for a `first` whose serials
 * another run has, `run_corrupt` for a journal with a damaged file; what the file system throws
 */
export function reserveRun(journal: string, job: RunJob, reach: Reach, options: ReserveOptions): Reservation {
  checkJob(job)
  checkInteger('keyId', reach.keyId, MAX_KEY_ID)
  const publicKey = checkPublicKey(reach.publicKey)
  const reserved = secondOf('now', options.now)
  makeFolderDurably(journal)
  for (;;) {
    const earlier = readReservations(journal, job)
    const first = chooseFirst(job, reach, earlier)
    const number = earlier.reduce((most, { id }) => Math.max(most, numberOf(id)), 0) + 1
    if (number > MAX_NUMBER) throw corrupt(recordFile(journal, earlier.at(-1)!.id))
    const run: Reservation = {
      ...job,
      ...{ id: `${job.facility}-${job.product}-${number}`, first, last: first + job.count - 1, reserved },
      ...{ keyId: reach.keyId, publicKey: toHex(publicKey), carrier: job.carrier ?? 'base45' },
      ...(options.fonts !== undefined && { fonts: options.fonts }),
    }
    checkWatermark(run, reach)
    options.check?.(run)
    if (keep(recordFile(journal, run.id), run)) return run
  }
}

/** False when another process took this name. */
function keep(file: string, run: Reservation): boolean {
  try {
    createWhole(file, new TextEncoder().encode(encodeChecked(FORMAT, run)))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

type Product = Pick<RunJob, 'facility' | 'product'>

/** The first serial of a job: the one that it asks for, or the next that no run has. */
function chooseFirst(job: RunJob, { scope }: Reach, earlier: readonly Reservation[]): number {
  const mine = rangesOf(scope, job)
  if (job.first !== undefined) {
    const [first, last] = [job.first, job.first + job.count - 1]
    if (!mine.some((range) => range.first <= first && last <= range.last)) throw outOfScope(job)
    const taken = earlier.find((run) => run.first <= last && first <= run.last)
    if (taken === undefined) return first
    throw new VeristampError(
      'serials_taken',
      `first: run ${taken.id} has serials ${taken.first} to ${taken.last}`,
    )
  }
  const next = earlier.reduce((most, { last }) => Math.max(most, last + 1), 1)
  const range = mine.find(({ first, last }) => Math.max(first, next) + job.count - 1 <= last)
  if (range === undefined) throw outOfScope(job)
  return Math.max(range.first, next)
}

const rangesOf = (scope: readonly ScopeRange[], job: Product): { first: number; last: number }[] =>
  scope
    .filter(({ facility, product }) => facility === job.facility && (product ?? job.product) === job.product)
    .map(({ first = 0, last = MAX_ID }) => ({ first, last }))
    .sort((a, b) => a.first - b.first)

const outOfScope = ({ facility, product, count }: RunJob): VeristampError =>
  new VeristampError(
    'out_of_scope',
    `job: no ${count} serials of product ${product} of facility ${facility} are left in this key's scope`,
  )

function checkWatermark({ facility, product, last }: Reservation, { publicKey, watermark }: Reach): void {
  const highest = watermark?.(publicKey, facility, product)
  if (highest === undefined || last <= highest) return
  throw new VeristampError(
    'above_watermark',
    `job: serial ${last} of product ${product} of facility ${facility} is above the published watermark, ${highest}`,
  )
}

/** Runs with more digits would not be read again. */
const MAX_NUMBER = 999_999_999
const RECORD = /^(\d{1,16})-(\d{1,16})-(\d{1,9})\.json$/

const numberOf = (id: string): number => Number(id.split('-')[2])

const recordFile = (journal: string, id: string): string => join(journal, `${id}.json`)

/**
 * All reservations of a journal, or those of one product, in their order.
 * @throws VeristampError `run_corrupt`; what the file system throws
 */
export function readReservations(journal: string, product?: Product): Reservation[] {
  return readdirSync(journal)
    .map((name) => RECORD.exec(name))
    .filter((found) => found !== null)
    .filter(
      ([, f, p]) =>
        product === undefined || (Number(f) === product.facility && Number(p) === product.product),
    )
    .map(([name]) => readReservation(journal, name.slice(0, -5)))
    .sort((a, b) => a.facility - b.facility || a.product - b.product || numberOf(a.id) - numberOf(b.id))
}

/**
 * One reservation by its id.
 * @throws ArgumentRangeError for an id that can't be; VeristampError `run_corrupt`; the file system's `ENOENT`
 */
export function readReservation(journal: string, id: string): Reservation {
  if (!RECORD.test(`${checkText('id', id, 60)}.json`)) throw argumentRange('id', 'a run, as in 12-104-3', id)
  const file = recordFile(journal, id)
  const bytes = readBoundedFile(file, MAX_RECORD)
  if (bytes === undefined) throw corrupt(file)
  try {
    const run = checkReservation(decodeChecked(FORMAT, new TextDecoder().decode(bytes)))
    if (run.id === id && id.startsWith(`${run.facility}-${run.product}-`)) return run
  } catch (cause) {
    throw corrupt(file, cause)
  }
  throw corrupt(file)
}

const corrupt = (file: string, cause?: unknown): VeristampError =>
  new VeristampError('run_corrupt', `${file}: damaged. Restore it: serials may be known from nowhere else`, {
    cause,
  })

/** The public key that a reservation names. */
export const publicKeyOf = (run: Reservation): Uint8Array => fromHex(run.publicKey)
