import type { Reservation } from '../../run/job.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import { type RunState, standingOf } from '../desk/run-state.ts'
import { revocationContent } from '../project/list-files.ts'
import { releasesOf } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'

/** A run for people who look at all of them. */
export interface RunAtHand
  extends Pick<Reservation, 'id' | 'facility' | 'product' | 'first' | 'last' | 'count'> {
  readonly reserved: Date
  readonly state: RunState
  /** How many of its stamps somebody got, and how many are revoked. */
  readonly released: number
  readonly revoked: number
  /** How far its shards are, where it has some and is not finished. */
  readonly shards?: { readonly done: number; readonly count: number } | undefined
}

/** The newest runs of a ledger. */
export async function runsAtHand(context: Context, ledger: Ledger, max: number): Promise<RunAtHand[]> {
  const newest = (await ledger.list()).sort((a, b) => b.reserved - a.reserved).slice(0, max)
  const [releases, revocation] = [releasesOf(context), revocationContent(context)]
  return Promise.all(
    newest.map(async (run) => {
      const { id, facility, product, first, last, count } = run
      const { state, released, revoked } = standingOf(context, run, releases, revocation)
      const shards = state === 'unfinished' ? (await ledger.describe(id)).shards : []
      return {
        ...{ id, facility, product, first, last, count, state, released, revoked },
        reserved: new Date(run.reserved * 1000),
        ...(shards.length > 0 && {
          shards: { done: shards.filter((shard) => shard.state === 'done').length, count: shards.length },
        }),
      }
    }),
  )
}
