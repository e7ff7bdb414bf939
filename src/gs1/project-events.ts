import {
  type ArgumentTable,
  aSource,
  checkTable,
  ifGiven,
  kindOf,
  listOf,
  objectOf,
  oneOf,
  textOf,
} from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange } from '../lib/errors.ts'
import { checkContent } from '../revocation/arguments.ts'
import { copyEdits, type RevocationContent } from '../revocation/content.ts'
import { endedRows } from './ended.ts'
import { declareMistake, type EpcisEvent, type Mistake, mistakeTable } from './event.ts'
import type { EventMaker } from './event-maker.ts'
import {
  COMMISSIONED,
  type CommissionedRow,
  checkFacts,
  type PrintedRun,
  RUN,
  type ShippedRow,
} from './facts.ts'
import { checkGln } from './keys.ts'

/** An event that was a mistake, by its id. */
export interface MistakenEvent extends Mistake {
  readonly event: string
}

/** All that happened to a project's stamps. */
export interface ProjectFacts {
  readonly runs: readonly PrintedRun[]
  /** What stamps of the runs were revoked, as `readRevocationList` reads it. Other serials are passed over. */
  readonly revocation?: RevocationContent | undefined
  readonly shipped?: Source<ShippedRow> | undefined
  readonly mistakes?: readonly MistakenEvent[] | undefined
  /** What a run is reported as: `commissioning` by default. */
  readonly printed?: 'commissioning' | 'encoding' | undefined
  /** What void and revoked stamps are reported as: `decommissioning` by default. */
  readonly ended?: 'decommissioning' | 'destroying' | undefined
  /** The GLN of the place where the stamps are printed, by default the one of the product's facility. */
  readonly readPoint?: string | undefined
}

const aMaker = kindOf('an event maker, as createEventMaker makes it', (value) =>
  ['commissioned', 'shipped', 'decommissioned'].every((name) => typeof Object(value)[name] === 'function'),
)

const factsTable: ArgumentTable<ProjectFacts> = {
  runs: listOf(objectOf(RUN)),
  revocation: ifGiven((name, value) => checkContent(name, value as RevocationContent)),
  shipped: ifGiven(aSource),
  mistakes: ifGiven(listOf(objectOf<MistakenEvent>({ ...mistakeTable, event: textOf(500) }))),
  printed: ifGiven(oneOf('commissioning', 'encoding')),
  ended: ifGiven(oneOf('decommissioning', 'destroying')),
  readPoint: ifGiven(checkGln),
}

/**
 * Makes the events of a project: what its runs printed, what was shipped, what is void or revoked, and what was a mistake. The
 * same facts make the same events with the same ids, and facts that are added change none of those before; so it may be
 * called again and again.
 *
 * A run's time is when it took its serials. Of void and revoked stamps only the day is known: they end at 00:00 UTC of that day,
 * or a second after the run where that is later.
 * @throws an argument error; (the stream rejects with) one for a row, or for a mistake that is none of these events
 * @example
 * ```ts
 * import { projectEvents } from 'veristamp/gs1'
 *
 * const time = new Date('2026-11-29T08:00:00Z')
 * const run = { facility: 12, product: 104, first: 1, last: 500, time, void: '2026-12-01' }
 * const steps = []
 * for await (const { bizStep } of projectEvents(maker, { runs: [run] })) steps.push(bizStep)
 * steps // → ['commissioning', 'decommissioning']
 * ```
 */
export function projectEvents(
  maker: EventMaker,
  facts: ProjectFacts,
): AsyncGenerator<EpcisEvent, void, undefined> {
  aMaker('maker', maker)
  const { runs, revocation, mistakes = [], ...rest } = checkTable('facts', facts, factsTable)
  const own = runs.map((run, index) => {
    checkFacts(`facts.runs[${index}]`, commissionedOf(run), COMMISSIONED)
    return { ...run, publicKey: run.publicKey && copyBytes('publicKey', run.publicKey, 32) }
  })
  const revoked = revocation && { ...revocation, ...copyEdits(revocation) }
  return withMistakes(eventsOf(maker, { ...rest, runs: own, revocation: revoked }), [...mistakes])
}

const commissionedOf = ({ product, first, last, lot, expires, time }: PrintedRun): CommissionedRow => ({
  ...{ product, first, last, lot, expires, time },
})

/** Each run by itself: two of one second must not make other events than one of them alone made before. */
async function* eventsOf(maker: EventMaker, facts: ProjectFacts): AsyncGenerator<EpcisEvent> {
  const { runs, revocation, shipped = [], printed, ended, readPoint } = facts
  for (const run of runs) yield* maker.commissioned([{ ...commissionedOf(run), readPoint }], printed)
  yield* maker.shipped(shipped)
  for (const run of runs)
    for (const rows of endedRows(run, revocation, readPoint)) yield* maker.decommissioned(rows, ended)
}

async function* withMistakes(
  events: AsyncIterable<EpcisEvent>,
  mistakes: readonly MistakenEvent[],
): AsyncGenerator<EpcisEvent> {
  const left = new Map(mistakes.map(({ event, ...mistake }) => [event, mistake]))
  for await (const event of events) {
    yield event
    const mistake = left.get(event.eventID)
    if (mistake === undefined) continue
    left.delete(event.eventID)
    yield declareMistake(event, mistake)
  }
  const [stranger] = left.keys()
  if (stranger !== undefined)
    throw argumentRange('facts.mistakes', 'ids of events that these facts make', stranger)
}
