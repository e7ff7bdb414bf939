import { join } from 'node:path'
import { kindOf } from '../../lib/arguments.ts'
import { VeristampError } from '../../lib/errors.ts'
import { checkHardLinks, makeFolderDurably } from '../../node/files/durable.ts'
import { aPath } from '../../node/files/path-argument.ts'
import type { Reservation, RunJob } from '../job.ts'
import { checkRunAsked, nextRun, type RunAsked } from './plan.ts'
import type { Reach, ReserveOptions, TakenSerials } from './reach.ts'
import { keepRecord } from './record.ts'
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
  const asked = checkRunAsked(job, reach, options)
  const survey = surveyJournal(
    journal,
    options.taken?.map(({ id }) => id),
  )
  return planAmong(journal, survey, asked)
}

/**
 * The reservation that comes next after what a survey tells of.
 * @param place what is surveyed, as errors name it
 * @throws as `reserveRun` does
 */
export function planAmong(place: string, survey: Journal, asked: RunAsked): Reservation {
  const { job, options } = asked
  const [fault] = faultsOf(survey, job, options.accepted)
  if (fault !== undefined) throw journalCorrupt(place, fault)
  return nextRun(place, survey.names, takenOf(job, survey, options.taken), asked)
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

const FAULTS: Readonly<Record<JournalFault['kind'], string>> = {
  stranger: 'does not belong here: is it a record under another name? Give it its name back, or move it away',
  link: 'a link, and nothing is written through links here',
  not_plain: 'a pipe, or a file and a folder in each other’s place',
  damaged: 'damaged, or another’s record. Restore it: serials may be known from nowhere else',
  no_record: 'without its record. Restore that: serials may be known from nowhere else',
  missing: 'missing. Restore it: serials may be known from nowhere else',
  other_manifest: 'its manifest names other serials than its record',
  unlisted:
    'the database does not have it. Was an old backup of the database restored? veristamp fleet init takes it in',
  other_record: 'another record than the database has. Find out which one was printed',
}

/** What stops whoever would go on from such a journal. */
export function journalCorrupt(
  journal: string,
  { name, kind }: Pick<JournalFault, 'name' | 'kind'>,
): VeristampError {
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

/**
 * All reservations of a journal, or those of one product, in their order.
 * @throws VeristampError `run_corrupt` for a journal in which something is damaged, missing or strange; what the file
 * system throws
 */
export function readReservations(journal: string, product?: RunProduct): Reservation[] {
  aPath('journal', journal)
  if (product !== undefined) aProduct('product', product)
  return listAmong(journal, surveyJournal(journal), product)
}

/** All runs that a survey tells of, or those of one product. @throws VeristampError `run_corrupt` or `is_link` */
export function listAmong(place: string, survey: Journal, product?: RunProduct): Reservation[] {
  const [fault] = product === undefined ? survey.faults : faultsOf(survey, product)
  if (fault !== undefined) throw journalCorrupt(place, fault)
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
