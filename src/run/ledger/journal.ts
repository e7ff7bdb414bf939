import { join } from 'node:path'
import { checkTable, kindOf } from '../../lib/arguments.ts'
import { toHex } from '../../lib/bytes.ts'
import { secondOf } from '../../lib/dates.ts'
import { VeristampError } from '../../lib/errors.ts'
import { checkHardLinks, makeFolderDurably } from '../../node/files/durable.ts'
import { aPath } from '../../node/files/path-argument.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import { checkJob, checkPublicKey, type Reservation, type RunJob } from '../job.ts'
import { type Reach, type ReserveOptions, reachFields, reserveFields, type TakenSerials } from './reach.ts'
import { keepRecord } from './record.ts'
import { MAX_NUMBER, readRunName, writeRunName } from './run-id.ts'
import { type Journal, type JournalFault, type RunProduct, readRunsOf, surveyJournal } from './survey.ts'

/**
 * The journal is a folder with a file for each reservation, `<facility>-<product>-<key id>-<number>.json`. A
 * reservation counts once its file has that name, which only one process can give it: whoever comes second reads the
 * first's and looks again. Files are never changed and never removed, so no serial is given away twice, and there
 * is no lock that a killed process could leave behind. Nothing else is in the folder but a folder for each run and
 * what declares runs void: anything more, or less, stops reservations until people have looked at it.
 */

/** A product, or whatever else names one. */
const aProduct = kindOf('an object with facility and product', (value) =>
  [Object(value).facility, Object(value).product].every(Number.isSafeInteger),
)

/**
 * Takes serials for a job, durably: before anything is signed, and never again.
 * @param journal the folder, made where it is missing. Its file system must know hard links
 * @throws an argument error for a bad job; VeristampError `out_of_scope` for serials that the key may
 * not stamp, `above_watermark` for serials that are not published, `serials_taken` for a `first` whose serials
 * another run has, `run_corrupt` for a journal in which something is damaged, missing or strange, `is_link`, `no_hard_links`
 * before anything is written; what the file system throws
 */
export function reserveRun(journal: string, job: RunJob, reach: Reach, options: ReserveOptions): Reservation {
  for (let isReady = false; ; isReady = true) {
    const run = planRun(journal, job, reach, options)
    if (!isReady) {
      checkHardLinks(journal)
      makeFolderDurably(journal)
    }
    if (keepRecord(journal, run)) return run
  }
}

/**
 * The reservation that `reserveRun` would make now. It takes nothing.
 * @throws as `reserveRun` does
 */
export function planRun(journal: string, job: RunJob, reach: Reach, options: ReserveOptions): Reservation {
  aPath('journal', journal)
  checkJob(job)
  const { keyId } = checkTable('reach', reach, reachFields)
  const publicKey = checkPublicKey(reach.publicKey)
  const reserved = secondOf('options.now', checkTable('options', options, reserveFields).now)
  const survey = surveyJournal(
    journal,
    options.taken?.map(({ id }) => id),
  )
  checkSound(journal, job, survey, options.accepted)
  const taken = takenOf(job, survey, options.taken)
  const first = chooseFirst(job, reach, taken)
  const run: Reservation = {
    ...job,
    ...{ id: nextName(journal, job, keyId, survey, taken), first, last: first + job.count - 1, reserved },
    ...{ keyId, publicKey: toHex(publicKey), carrier: job.carrier ?? 'base45' },
    fonts: options.fonts,
  }
  checkWatermark(run, reach)
  options.check?.(run)
  return run
}

/** The faults of a journal that may stand for serials of a product, but for those that people have looked at. */
export const faultsOf = (
  { faults }: Journal,
  { facility, product }: RunProduct,
  accepted?: ReadonlySet<string>,
): JournalFault[] =>
  faults.filter(
    ({ name, product: own }) =>
      !accepted?.has(name) && (own === undefined || (own.facility === facility && own.product === product)),
  )

function checkSound(
  journal: string,
  job: RunJob,
  survey: Journal,
  accepted: ReadonlySet<string> | undefined,
): void {
  const [fault] = faultsOf(survey, job, accepted)
  if (fault !== undefined) throw corrupt(journal, fault)
}

const FAULTS: Readonly<Record<JournalFault['kind'], string>> = {
  stranger: 'does not belong here: is it a record under another name? Give it its name back, or move it away',
  link: 'a link, and nothing is written through links here',
  not_plain: 'a pipe, or a file and a folder in each other’s place',
  damaged: 'damaged, or another’s record. Restore it: serials may be known from nowhere else',
  no_record: 'without its record. Restore that: serials may be known from nowhere else',
  missing: 'missing. Restore it: serials may be known from nowhere else',
  other_manifest: 'its manifest names other serials than its record',
}

function corrupt(journal: string, { name, kind }: JournalFault): VeristampError {
  const file = join(journal, name)
  const message = `${file}: ${FAULTS[kind]}`
  return kind === 'link'
    ? new VeristampError('is_link', message, { file })
    : new VeristampError('run_corrupt', message, { fault: kind, file })
}

/** All serials of a product that anything tells of. */
function takenOf(
  { facility, product }: RunProduct,
  { runs, faults }: Journal,
  others: readonly TakenSerials[] = [],
): TakenSerials[] {
  const claims = faults.flatMap(({ name, product: own, serials }) =>
    own && serials ? [{ id: name, ...own, ...serials }] : [],
  )
  return [...runs, ...claims, ...others].filter(
    (each) => each.facility === facility && each.product === product,
  )
}

/** The number after all that anything is named after. */
function nextName(
  journal: string,
  { facility, product }: RunProduct,
  keyId: number,
  { names }: Journal,
  taken: readonly TakenSerials[],
): string {
  const told = taken.map(({ id }) => readRunName(id)).filter((name) => name !== undefined)
  const number = [...names, ...told]
    .filter((each) => each.facility === facility && each.product === product)
    .filter((each) => (each.keyId ?? keyId) === keyId)
    .reduce((max, each) => Math.max(max, each.number), 0)
  if (number >= MAX_NUMBER)
    throw new VeristampError('run_corrupt', `${journal}: no run number is left`, {
      fault: 'no_number',
      file: journal,
    })
  return writeRunName({ facility, product, keyId, number: number + 1 })
}

/** The first serial of a job: the one that it asks for, or the next that no run has. */
function chooseFirst(job: RunJob, { scope }: Reach, taken: readonly TakenSerials[]): number {
  const mine = rangesOf(scope, job)
  if (job.first !== undefined) {
    const [first, last] = [job.first, job.first + job.count - 1]
    if (!mine.some((range) => range.first <= first && last <= range.last)) throw outOfScope(job)
    const other = taken.find((run) => run.first <= last && first <= run.last)
    if (other === undefined) return first
    throw new VeristampError(
      'serials_taken',
      `first: run ${other.id} has serials ${other.first} to ${other.last}`,
      { run: other.id, first: other.first, last: other.last },
    )
  }
  const next = taken.reduce((max, { last }) => Math.max(max, last + 1), 1)
  const range = mine.find(({ first, last }) => Math.max(first, next) + job.count - 1 <= last)
  if (range === undefined) throw outOfScope(job)
  return Math.max(range.first, next)
}

const rangesOf = (scope: readonly ScopeRange[], job: RunProduct): { first: number; last: number }[] =>
  scope
    .filter(({ facility, product }) => facility === job.facility && (product ?? job.product) === job.product)
    .map(({ first = 0, last = MAX_ID }) => ({ first, last }))
    .sort((a, b) => a.first - b.first)

const outOfScope = ({ facility, product, first, count }: RunJob): VeristampError =>
  new VeristampError(
    'out_of_scope',
    `job: no ${count} serials of product ${product} of facility ${facility} are left in this key's scope`,
    { facility, product, ...(first !== undefined && { first }), count },
  )

function checkWatermark({ facility, product, last }: Reservation, { publicKey, watermark }: Reach): void {
  const highest = watermark?.(publicKey, facility, product)
  if (highest === undefined || last <= highest) return
  throw new VeristampError(
    'above_watermark',
    `job: serial ${last} of product ${product} of facility ${facility} is above the published watermark, ${highest}`,
    { facility, product, serial: last, highest },
  )
}

/**
 * All reservations of a journal, or those of one product, in their order.
 * @throws VeristampError `run_corrupt` for a journal in which something is damaged, missing or strange; what the file
 * system throws
 */
export function readReservations(journal: string, product?: RunProduct): Reservation[] {
  aPath('journal', journal)
  if (product !== undefined) aProduct('product', product)
  const survey = surveyJournal(journal)
  const [fault] = product === undefined ? survey.faults : faultsOf(survey, product)
  if (fault !== undefined) throw corrupt(journal, fault)
  return survey.runs.filter(
    (run) => product === undefined || (run.facility === product.facility && run.product === product.product),
  )
}

/**
 * What no reservation ends in, but copies of other journals may: two runs of the same serials. Neither is printed.
 * @throws VeristampError `run_corrupt`; what the file system throws
 */
export function checkAlone(journal: string, run: Reservation): void {
  const other = readRunsOf(journal, run).find(
    ({ id, first, last }) => id !== run.id && first <= run.last && run.first <= last,
  )
  if (other === undefined) return
  throw new VeristampError(
    'run_corrupt',
    `run ${run.id}: run ${other.id} has serials ${other.first} to ${other.last}. Declare this one void`,
    { fault: 'serials_twice', run: run.id, other: other.id, first: other.first, last: other.last },
  )
}
