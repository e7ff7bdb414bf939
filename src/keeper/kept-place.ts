import { isMalformed, isNamed } from '../lib/errors.ts'
import { KeeperFault } from './fault.ts'
import { decodeKept, encodeKept, type Kept, mergeKept } from './kept.ts'
import type { KeeperStore } from './store.ts'

/** One authority's place in a store. */
export interface KeptPlace {
  /** Whether it stands against older lists: the store has transactions, and the last of them went well. */
  readonly isSafe: boolean
  /** What is there. @throws KeeperFault `store_failed` or `store_corrupt` */
  read(): Promise<Kept>
  /**
   * Puts lists there unless newer ones are.
   * @returns what is there then: the newest of both
   * @throws KeeperFault `store_failed`, `store_corrupt`, or `equivocation`: then what is newer is there all the same
   */
  write(kept: Kept): Promise<Kept>
}

/** Without a store, an empty place that takes nothing. */
export function keptPlaceOf(store: KeeperStore | undefined, authority: string): KeptPlace {
  const key = `veristamp ${authority}`
  let isSound = true
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const done = await work()
      isSound = true
      return done
    } catch (error) {
      const fault = faultOf(error)
      isSound = fault.reason === 'equivocation'
      throw fault
    }
  }
  return {
    get isSafe() {
      return isSound && typeof store?.update === 'function'
    },
    read: () => watched(async () => decode(await store?.get(key))),
    write: (kept) => watched(async () => (store ? put(store, key, kept) : kept)),
  }
}

const decode = (text: string | undefined | null): Kept => (text ? decodeKept(text) : {})

async function put(store: KeeperStore, key: string, kept: Kept): Promise<Kept> {
  let newest = kept
  let fault: unknown
  // A store may call this again, and need not pass on what it throws. What cannot be read is never replaced.
  const change = (text: string | undefined | null): string => {
    fault = undefined
    try {
      const merged = mergeKept(decode(text), kept)
      newest = merged.newest
      fault = merged.clash
      return encodeKept(newest)
    } catch (error) {
      fault = error
      return text ?? ''
    }
  }
  if (store.update) await store.update(key, change)
  else await store.set(key, change(await store.get(key)))
  if (fault !== undefined) throw fault
  return newest
}

function faultOf(error: unknown): KeeperFault {
  if (isMalformed(error)) return new KeeperFault('store_corrupt', error.detail)
  if (isNamed(error, 'Refusal'))
    return new KeeperFault('equivocation', 'the store has another list of the number')
  return new KeeperFault('store_failed', String(error))
}
