import { checkTable } from '../../lib/arguments.ts'
import { toHex } from '../../lib/bytes.ts'
import { copyBytes } from '../../lib/checks.ts'
import { secondOf } from '../../lib/dates.ts'
import { VeristampError } from '../../lib/errors.ts'
import { NEWEST_DESIGN } from '../../print/sheet/layout.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import { checkJob, type Reservation, type RunJob } from '../job.ts'
import { type Reach, type ReserveOptions, reachFields, reserveFields, type TakenSerials } from './reach.ts'
import { MAX_NUMBER, type RunName, readRunName, writeRunName } from './run-id.ts'
import type { RunProduct } from './survey.ts'

/** Which serials a job gets, once all that were given away are known: the same in every ledger. */

/** What is asked of a ledger, checked. */
export interface RunAsked {
  readonly job: RunJob
  readonly reach: Reach
  readonly options: ReserveOptions
  /** The public key in hexadecimal, and the time in seconds. */
  readonly publicKey: string
  readonly reserved: number
}

/** What is asked, as copies: a database takes its time. @throws an argument error */
export function checkRunAsked(job: RunJob, reach: Reach, options: ReserveOptions): RunAsked {
  checkJob(job)
  checkTable('reach', reach, reachFields)
  const publicKey = copyBytes('publicKey', reach.publicKey, 32)
  const reserved = secondOf('options.now', checkTable('options', options, reserveFields).now)
  const own = { job: structuredClone(job), reach: { ...reach, publicKey }, options: { ...options } }
  return { ...own, publicKey: toHex(publicKey), reserved }
}

/**
 * The next run of a product.
 * @param place the ledger, as errors name it
 * @param names what anything there is named after
 * @param taken all serials of the product that anything tells of
 * @throws VeristampError `out_of_scope`, `above_watermark`, `serials_taken` or `run_corrupt`; what `check` throws
 */
export function nextRun(
  place: string,
  names: readonly RunName[],
  taken: readonly TakenSerials[],
  { job, reach, options, publicKey, reserved }: RunAsked,
): Reservation {
  const { keyId } = reach
  const first = chooseFirst(job, reach, taken)
  const run: Reservation = {
    ...job,
    ...{ id: nextName(place, job, keyId, names, taken), first, last: first + job.count - 1, reserved },
    ...{ keyId, publicKey, carrier: job.carrier ?? 'base45' },
    // Said in the record, so that it is drawn again as it was when there are newer designs.
    ...(job.sheet && { sheet: { design: NEWEST_DESIGN, ...job.sheet } }),
    fonts: options.fonts,
  }
  checkWatermark(run, reach)
  options.check?.(run)
  return run
}

/** The number after all that anything is named after. */
function nextName(
  place: string,
  { facility, product }: RunProduct,
  keyId: number,
  names: readonly RunName[],
  taken: readonly TakenSerials[],
): string {
  const told = taken.map(({ id }) => readRunName(id)).filter((name) => name !== undefined)
  const number = [...names, ...told]
    .filter((each) => each.facility === facility && each.product === product)
    .filter((each) => (each.keyId ?? keyId) === keyId)
    .reduce((max, each) => Math.max(max, each.number), 0)
  if (number >= MAX_NUMBER)
    throw new VeristampError('run_corrupt', `${place}: no run number is left`, {
      fault: 'no_number',
      file: place,
    })
  return writeRunName({ facility, product, keyId, number: number + 1 })
}

/** The first serial of a job: the one that it asks for, or the next that no run has. */
export function chooseFirst(
  job: RunJob,
  { scope }: Pick<Reach, 'scope'>,
  taken: readonly TakenSerials[],
): number {
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
