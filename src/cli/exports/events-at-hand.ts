import type { EpcisEvent } from '../../gs1/event.ts'
import { createEventMaker, MAX_EPCS } from '../../gs1/event-maker.ts'
import type { PrintedRun } from '../../gs1/facts.ts'
import { glnOf, gtinOf } from '../../gs1/keys.ts'
import { type ProjectFacts, projectEvents } from '../../gs1/project-events.ts'
import { fromHex } from '../../lib/bytes.ts'
import type { Reservation } from '../../run/job.ts'
import { voidReason } from '../../run/ledger/void.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { revocationListAtHand } from '../lists/lists.ts'
import type { Config, EpcisConfig } from '../project/config.ts'
import { DEFAULT_OFFSET } from '../project/desk-day.ts'
import { journalOf } from '../project/files.ts'
import { revocationContent } from '../project/list-files.ts'
import { finishedRun } from '../runs/find-run.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { argumentOf } from '../shell/failure.ts'
import { Failure } from '../shell/io.ts'
import { gtinFault, sharersOf } from './gtins.ts'
import { readMistakes } from './mistakes.ts'
import { allShippedRows, undoneReleases } from './released.ts'
import { wholeRuns } from './runs-at-hand.ts'

/** The events of the project at hand: of its runs, its newest revocation list, and the tables that are given. */

export interface EventOptions extends EpcisConfig {
  /** Tables of who got which serials. */
  readonly shipped: readonly string[]
  /** A table of events that were mistakes. */
  readonly mistakes?: string | undefined
}

export interface EventStanding {
  readonly config: Config
  readonly trustList: TrustList
}

/** What the events’ ids depend on beside what happened, in words: choices, and the keys of each product and its facility. */
export type EventSettings = Readonly<Record<string, string>>

export interface EventsAtHand {
  readonly settings: EventSettings
  /** The same each time. */
  events(): AsyncGenerator<EpcisEvent, void, undefined>
}

/** Said, so that a choice of the same changes nothing. Vietnam's clock, never this machine's. */
export const DEFAULTS = {
  ...{ printed: 'commissioning', ended: 'decommissioning', offset: DEFAULT_OFFSET, maxEpcs: MAX_EPCS },
} as const satisfies EpcisConfig

/** @throws Failure `no_run`, `not_finished`, `no_gtin`, or for a fault of a table; an argument error for a bad setting */
export function eventsAtHand(
  context: Context,
  ids: readonly string[],
  { shipped, mistakes, ...given }: EventOptions,
  { config, trustList }: EventStanding,
): EventsAtHand {
  const choices: EpcisConfig = { ...DEFAULTS, ...config.epcis, ...dropUndefined(given) }
  const { offset = DEFAULTS.offset, maxEpcs, printed, ended, readPoint } = choices
  const { catalogue } = trustList
  const maker = createEventMaker({ catalogue, offset, maxEpcs })
  const facts: Omit<ProjectFacts, 'shipped'> = {
    runs: runsToTell(context, ids, trustList),
    ...(revocationListAtHand(context, trustList) && {
      revocation: revocationContent(context)!,
    }),
    mistakes: mistakes === undefined ? [] : readMistakes(context, mistakes, offset),
    ...{ printed, ended, readPoint },
  }
  return {
    settings: { ...choicesInWords(choices), ...keysOf(trustList, facts.runs) },
    async *events() {
      const undone = await undoneReleases(context, maker, ids, { trustList })
      const all = [...(facts.mistakes ?? []), ...undone]
      const rows = allShippedRows(context, shipped, ids, { trustList, offset, withUndone: true })
      const events = projectEvents(maker, { ...facts, shipped: rows, mistakes: all })
      yield* orNoMistake(context, events, facts.mistakes)
    },
  }
}

const choicesInWords = (choices: EpcisConfig): EventSettings =>
  Object.fromEntries(
    Object.entries({ readPoint: '–', ...choices }).map(([name, value]) => [name, String(value)]),
  )

/** GTIN and GLN of what was printed: with others, as the registry may give later, events have other ids too. */
const keysOf = (trustList: TrustList, runs: readonly PrintedRun[]): EventSettings =>
  Object.fromEntries(
    runs.map(({ product, facility }) => {
      const place = trustList.facility(facility)
      const gln = place && glnOf(place)
      return [`product ${product}:`, [gtinOf(trustList.product(product)!), gln ?? '–'].join(' ')]
    }),
  )

/** The same events. @throws Failure `no_event` for a mistake whose id is not among them, in the words of the user's table */
async function* orNoMistake(
  { words: { epcis } }: Context,
  events: AsyncIterable<EpcisEvent>,
  mistakes: ProjectFacts['mistakes'] = [],
): AsyncGenerator<EpcisEvent, void, undefined> {
  const left = new Set(mistakes.map(({ event }) => event))
  try {
    for await (const event of events) {
      left.delete(event.eventID)
      yield event
    }
  } catch (error) {
    const [stranger] = left
    if (argumentOf(error)?.name !== 'facts.mistakes' || stranger === undefined) throw error
    throw new Failure('no_event', epcis.noMistake(stranger), epcis.noMistakeHow)
  }
}

const dropUndefined = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>

/** Runs of products that have a GTIN, and that no other product has: those that are named must be such. */
function runsToTell(context: Context, ids: readonly string[], trustList: TrustList): PrintedRun[] {
  const { words } = context
  const runs =
    ids.length > 0 ? ids.map((id) => finishedRun(context, id).run) : wholeRuns(context).map(({ run }) => run)
  const untold = new Map<string, number>()
  const told = runs.filter(({ product }) => {
    const fault = gtinFault(context, trustList, product)
    if (fault === undefined) return true
    untold.set(fault, (untold.get(fault) ?? 0) + 1)
    return false
  })
  for (const [fault, count] of untold) {
    if (ids.length > 0) throw new Failure('no_gtin', fault, words.epcis.noGtinHow)
    warn(context, `${fault}: ${words.epcis.leftOut(count)}`)
  }
  for (const product of new Set(told.map((run) => run.product))) {
    const names = sharersOf(trustList, product)
    if (names.length > 1)
      throw new Failure('shared_gtin', words.epcis.sharedGtin(names), words.epcis.sharedGtinHow)
  }
  return told.map((run) => printedRun(context, run))
}

/** A finished run, as what happened. */
export const printedRun = (context: Context, run: Reservation): PrintedRun => ({
  ...{ facility: run.facility, product: run.product, first: run.first, last: run.last },
  ...{ lot: run.lot, made: run.made, expires: run.expires },
  time: new Date(run.reserved * 1000),
  publicKey: fromHex(run.publicKey),
  void: voidReason(journalOf(context), run.id)?.date,
})
