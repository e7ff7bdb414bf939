import { sha256 } from '../ed25519/sha2.ts'
import { equalBytes } from '../lib/bytes.ts'
import { DAY_MS, dayOf } from '../lib/dates.ts'
import type { RevocationEdits } from '../revocation/content.ts'
import type { SerialSet } from '../revocation/serial-set.ts'
import {
  cutSet,
  runsOf,
  type SerialRange,
  serialSetOf,
  subtractSet,
} from '../revocation/serial-set-algebra.ts'
import type { EndedRow, PrintedRun } from './facts.ts'

/** What took stamps of a run out of use, and when. */
interface Cause {
  readonly date: string
  readonly serials: SerialSet
}

/**
 * The stamps of a run that are void or revoked, some rows for each cause, so that what a later list adds changes nothing of
 * them. Each stamp is told once: by what came first.
 */
export function* endedRows(
  run: PrintedRun,
  revocation: Revoked | undefined,
  readPoint: string | undefined,
): Generator<Iterable<EndedRow>> {
  let left = serialSetOf([{ first: run.first, last: run.last }])
  for (const { date, serials } of causesOf(run, revocation)) {
    const rest = subtractSet(left, serials)
    const hit = subtractSet(left, rest)
    left = rest
    const common = { product: run.product, time: timeOfEnd(run, date), readPoint }
    if (hit.firsts.length > 0) yield rowsOf(hit, common)
  }
}

export type Revoked = Pick<RevocationEdits, 'revoked' | 'revokedKeys'>

function* rowsOf(serials: SerialSet, common: Omit<EndedRow, 'first' | 'last'>): Generator<EndedRow> {
  for (const { first, last } of runsOf(serials)) yield { ...common, first, last } as EndedRow
}

/** A list and a run know the day alone. Nothing ends before it began. */
const timeOfEnd = ({ time }: PrintedRun, date: string): Date =>
  new Date(Math.max(dayOf('date', date) * DAY_MS, time.getTime() + 1000))

/** In the order of their days. */
function causesOf(
  run: PrintedRun,
  { revoked, revokedKeys }: Revoked = { revoked: [], revokedKeys: [] },
): Cause[] {
  const { first, last, publicKey } = run
  const whole = serialSetOf([{ first, last }])
  const key = publicKey && sha256(publicKey)
  const isOwn = (each: { facility: number; product: number }) =>
    each.facility === run.facility && each.product === run.product
  return [
    ...(run.void === undefined ? [] : [{ date: run.void, serials: whole }]),
    ...revoked
      .filter(isOwn)
      .map(({ date, serials }) => ({ date, serials: cutSet(serials, { first, last }) })),
    ...revokedKeys
      .filter((each) => key !== undefined && equalBytes(each.key, key))
      .map(({ date, above }) => {
        const good = above.find(isOwn)?.serial ?? -1
        return { date, serials: cutSet(whole, { first: good + 1, last } satisfies SerialRange) }
      }),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
