import {
  type ArgumentTable,
  aSource,
  checkTable,
  ifGiven,
  kindOf,
  listOf,
  objectOf,
  textOf,
} from '../lib/arguments.ts'
import { isMap } from '../lib/brand.ts'
import { copyBytes } from '../lib/checks.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange } from '../lib/errors.ts'
import { checkContent } from '../revocation/arguments.ts'
import { copyEdits, type RevocationContent } from '../revocation/content.ts'
import type { Catalogue } from '../trust/catalogue.ts'
import type { RegistryDetails } from '../trust/details.ts'
import { endedRows } from './ended.ts'
import { aCatalogue } from './event-maker.ts'
import { checkFacts, type PrintedRun, RUN, SHIPPED, type ShippedRow } from './facts.ts'
import { checkGln } from './keys.ts'
import { type RowMaker, rowMaker, type Stage, type TraceRow } from './trace-row.ts'

/** What happened to the stamps of a project. */
export interface TraceFacts {
  readonly runs: readonly PrintedRun[]
  /** What stamps of the runs were revoked, as `readRevocationList` reads it. Other serials are passed over. */
  readonly revocation?: RevocationContent | undefined
  readonly shipped?: Source<ShippedRow> | undefined
  /** The GLN of the place where the stamps are printed, by default the one of the product's facility. */
  readonly readPoint?: string | undefined
}

export interface TraceOptions {
  readonly authority: string
  readonly catalogue: Catalogue
  /** The optional columns of the registry, as `readRegistry` returns them. */
  readonly details?: RegistryDetails | undefined
}

const detailsById = kindOf('a Map from ids to details', isMap)
const factsTable: ArgumentTable<TraceFacts> = {
  runs: listOf(objectOf(RUN)),
  revocation: ifGiven((name, value) => checkContent(name, value as RevocationContent)),
  shipped: ifGiven(aSource),
  readPoint: ifGiven(checkGln),
}
const optionsTable: ArgumentTable<TraceOptions> = {
  authority: textOf(64),
  catalogue: aCatalogue,
  details: ifGiven(objectOf<RegistryDetails>({ facilities: detailsById, products: detailsById })),
}

/**
 * Makes a row for each stamp and stage: the goods made, the stamp printed, shipped, and revoked or void. A row has what
 * Vietnamese portals ask for, as far as the registry, the runs and the shipments know it. What portals ask for is known from
 * secondary sources: no conformance is claimed.
 *
 * The same facts make the same rows, one by one: run by run, then what was shipped, then what was revoked.
 * @throws an argument error; (the stream rejects with) one for a row of `shipped`
 * @example
 * ```ts
 * import { traceRows } from 'veristamp/gs1'
 *
 * const { authority, catalogue } = trustList
 * const run = { facility: 12, product: 104, first: 1, last: 500, time: new Date('2026-11-29T08:00:00Z') }
 * const rows = []
 * for await (const row of traceRows({ runs: [run] }, { authority, catalogue })) rows.push(row)
 * rows[1]?.stage // → 'printed'
 * rows[1]?.traceCode // → 'https://id.gs1.org/01/08935000000120/21/2'
 * ```
 */
export function traceRows(
  facts: TraceFacts,
  options: TraceOptions,
): AsyncGenerator<TraceRow, void, undefined> {
  const { runs, revocation, ...rest } = checkTable('facts', facts, factsTable)
  const { authority, catalogue, details } = checkTable('options', options, optionsTable)
  const own = runs.map((run, index) => {
    if (run.last < run.first)
      throw argumentRange(`facts.runs[${index}].last`, `a serial from ${run.first}`, run.last)
    return { ...run, publicKey: run.publicKey && copyBytes('publicKey', run.publicKey, 32) }
  })
  const revoked = revocation && { ...revocation, ...copyEdits(revocation) }
  return rowsOf({ ...rest, runs: own, revocation: revoked }, rowMaker(authority, catalogue, details))
}

async function* rowsOf(facts: TraceFacts, maker: RowMaker): AsyncGenerator<TraceRow, void, undefined> {
  const { runs, shipped = [], revocation, readPoint: location } = facts
  for (const run of runs) {
    const { first, last, made, time } = run
    if (made !== undefined) yield* maker.serials(run, first, last, { stage: 'made', time: made })
    yield* maker.serials(run, first, last, { stage: 'printed', time: time.toISOString(), location })
  }
  let index = 0
  for await (const row of shipped) yield* shipment(row, `facts.shipped[${index++}]`, runs, maker)
  // A list knows the day, and no place.
  for (const run of runs)
    for (const rows of endedRows(run, revocation, undefined))
      for (const { first, last, time } of rows)
        yield* maker.serials(run, first!, last!, {
          stage: 'revoked',
          time: dayIn(time),
          location: null,
        })
}

const dayIn = (time: Date): string => time.toISOString().slice(0, 10)

/** Goods that were shipped: those of a run with its lot and its days. */
function* shipment(
  row: ShippedRow,
  name: string,
  runs: readonly PrintedRun[],
  maker: RowMaker,
): Generator<TraceRow> {
  const { product, time, to, readPoint, lot } = checkFacts(name, row, SHIPPED)
  const stage: Stage = { stage: 'shipped', time: time.toISOString(), to, location: readPoint }
  const facility = maker.facilityOf(product)
  if (facility === undefined) throw argumentRange(`${name}.product`, 'a product of the catalogue', product)
  const plain = { facility, product, lot }
  if (row.quantity !== undefined) return yield maker.pieces(plain, stage, row.quantity)
  for (const { first, last, run = plain } of byRun(row, runs)) yield* maker.serials(run, first, last, stage)
}

/** The serials of a shipment, cut where another run begins. */
function* byRun(
  { product, first, last }: Extract<ShippedRow, { readonly first: number }>,
  runs: readonly PrintedRun[],
): Generator<{ first: number; last: number; run?: PrintedRun }> {
  const own = runs
    .filter((run) => run.product === product && run.first <= last && run.last >= first)
    .sort((a, b) => a.first - b.first)
  let next = first
  for (const run of own) {
    if (run.first > next) yield { first: next, last: run.first - 1 }
    const begin = Math.max(next, run.first)
    const end = Math.min(last, run.last)
    if (begin <= end) yield { first: begin, last: end, run }
    next = Math.max(next, end + 1)
  }
  if (next <= last) yield { first: next, last }
}
