import { argumentRange } from '../lib/errors.ts'
import type { Reservation } from '../run/job.ts'
import { type Volume, volumesOf } from '../run/volumes.ts'
import type { NewShard } from './run-rows.ts'

/** A run in parts that one machine signs and lays out: each a whole number of volumes, where there are any. */
export interface Shard {
  /** From 1. */
  readonly number: number
  readonly first: number
  readonly last: number
}

const MAX_SHARDS = 100_000

/**
 * The shards of a run in their order.
 * @param size stamps of each, rounded up to whole volumes
 * @throws ArgumentRangeError for more than 100,000 of them
 */
export function cutShards(run: Reservation, size: number): readonly Shard[] {
  const volumes = volumesOf(run)
  const full = volumes.reduce((max, { count }) => Math.max(max, count), 0)
  const each = full === 0 ? size : Math.ceil(size / full)
  const parts = Math.ceil((full === 0 ? run.count : volumes.length) / each)
  if (parts > MAX_SHARDS)
    throw argumentRange('shard', `${Math.ceil((each * parts) / MAX_SHARDS)} or more for so long a run`, size)
  let first = run.first
  return Array.from({ length: parts }, (_, index) => {
    const own = volumes.slice(index * each, (index + 1) * each)
    const count =
      full === 0
        ? Math.min(each, run.count - index * each)
        : own.reduce((sum, volume) => sum + volume.count, 0)
    const shard = { number: index + 1, first, last: first + count - 1 }
    first += count
    return shard
  })
}

/** The volumes of a shard, in their order. */
export function volumesIn(run: Reservation, { first, last }: Omit<Shard, 'number'>): readonly Volume[] {
  let next = run.first
  return volumesOf(run).filter(({ count }) => {
    const begin = next
    next += count
    return first <= begin && begin <= last
  })
}

/** What the database keeps of shards, with what puts the run together at the end. */
export const rowsOfShards = (shards: readonly Shard[]): NewShard[] => [
  ...shards,
  { number: 0, first: null, last: null },
]
