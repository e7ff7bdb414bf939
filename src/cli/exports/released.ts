import type { EventMaker } from '../../gs1/event-maker.ts'
import type { ShippedRow } from '../../gs1/facts.ts'
import type { MistakenEvent } from '../../gs1/project-events.ts'
import { groupBy } from '../../lib/group-by.ts'
import { allReleases, isUndone, type Release, releasesOf } from '../runs/releases.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { gtinFault } from './gtins.ts'
import { printedSerials } from './runs-at-hand.ts'
import { type ShippedStanding, shippedRows } from './shipped.ts'

/**
 * All that was shipped: what `release` noted of these runs, then the tables that are given. Who has no GLN, and products
 * without a GTIN, are left out with a warning.
 */
export function* allShippedRows(
  context: Context,
  files: readonly string[],
  ids: readonly string[],
  standing: Omit<ShippedStanding, 'werePrinted'>,
): Generator<ShippedRow> {
  yield* releasedRows(context, releasesNoted(context, ids, standing.withUndone), standing)
  if (files.length > 0)
    yield* shippedRows(context, files, { ...standing, werePrinted: printedSerials(context) })
}

/** Releases that can be told to others: not those to somebody without a GLN. */
function releasesNoted(context: Context, ids: readonly string[], withUndone = false): Release[] {
  const all = withUndone ? allReleases(context) : releasesOf(context)
  const named = all.filter(({ run }) => ids.length === 0 || ids.includes(run))
  const nameless = named.filter((release) => release.gln === undefined && !isUndone(release))
  if (nameless.length > 0) warn(context, context.words.records.noGln(nameless.length))
  return named
}

function* releasedRows(
  context: Context,
  releases: readonly Release[],
  { trustList, anyProduct }: Pick<ShippedStanding, 'trustList' | 'anyProduct'>,
): Generator<ShippedRow> {
  for (const { product, first, last, gln, time, document } of releases) {
    if (gln === undefined) continue
    if (anyProduct !== true && gtinFault(context, trustList, product) !== undefined) continue
    yield {
      ...{ product, first, last, to: gln, time: new Date(time) },
      document: document === undefined ? undefined : { type: 'desadv', id: document },
    }
  }
}

/** The events of releases that were taken back, as mistakes: they were told, or might have been, so they stay and are corrected. */
export async function undoneReleases(
  context: Context,
  maker: EventMaker,
  ids: readonly string[],
  standing: Pick<ShippedStanding, 'trustList'>,
): Promise<MistakenEvent[]> {
  const undone = allReleases(context).filter(isUndone)
  const named = undone.filter(({ run }) => ids.length === 0 || ids.includes(run))
  const mistakes: MistakenEvent[] = []
  for (const own of groupBy(named, ({ run, time, gln }) => JSON.stringify([run, time, gln])).values()) {
    for await (const { eventID } of maker.shipped(releasedRows(context, own, standing)))
      mistakes.push({ event: eventID, declared: new Date(own[0]!.undone), reason: 'did_not_occur' })
  }
  return mistakes
}
