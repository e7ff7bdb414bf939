import { checkAborted } from '../lib/abort.ts'
import { isPassing } from './failures.ts'
import { closeShard, LEASE, type Lease, renewLease, type ShardFile } from './leases.ts'
import type { Fleet } from './open.ts'

/** The shard is another's by now, or its run is void: what was made of it counts for nothing. */
export class Lost extends Error {}

/** What keeps a lease while its shard is made. */
export interface Heart {
  /** Says how far the work is. @throws Lost; the signal's reason */
  tell(done: number): void
  /** Closes the shard, however often the database has to be asked. @throws Lost; the signal's reason */
  close(files: readonly ShardFile[]): Promise<void>
  /** True where the database says that the shard still is this worker's. */
  isMine(): Promise<boolean>
  /** Ends the beat. */
  stop(): void
}

/** Milliseconds between two beats, and between two tries. */
const BEAT = 1_000
const RETRY = 500

export function startHeart(
  { database, authority }: Fleet,
  lease: Lease,
  signal: AbortSignal | undefined,
): Heart {
  let [done, isLost] = [0, false]
  let asking: Promise<boolean> | undefined
  /** False where nobody answered. */
  const ask = async (): Promise<boolean> => {
    try {
      isLost ||= !(await renewLease(database, authority, lease, done))
      return true
    } catch {
      return false // the closing asks again
    } finally {
      asking = undefined
    }
  }
  const beat = (): Promise<boolean> => {
    asking ??= ask()
    return asking
  }
  const timer = setInterval(beat, BEAT)
  const check = (): void => {
    checkAborted(signal)
    if (isLost) throw new Lost()
  }
  return {
    tell(now) {
      done = now
      check()
    },
    async close(files) {
      for (;;) {
        try {
          if (await closeShard(database, authority, lease, files)) return
          throw new Lost()
        } catch (error) {
          if (!isPassing(error)) throw error
          checkAborted(signal)
          await database.wait(RETRY, signal)
        }
      }
    },
    async isMine() {
      await asking // may have been answered before this process slept
      for (let tries = (LEASE * 1000) / RETRY; tries > 0; tries--) {
        if (await beat()) return !isLost
        await database.wait(RETRY)
      }
      return false // its lease has ended meanwhile
    },
    stop: () => clearInterval(timer),
  }
}
