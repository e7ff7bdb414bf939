import { covers, type SliceEntry } from '../document/slices.ts'
import { sharedWork } from '../lib/shared-work.ts'
import { bringUpToDate } from './bring.ts'
import { KeeperFault } from './fault.ts'
import type { Believed, Held } from './held.ts'
import { createHolding, type Users } from './holding.ts'
import { createServer, type Inquiry } from './inquiry.ts'
import { keptPlaceOf } from './kept-place.ts'
import type { ListsIndex } from './lists-index.ts'
import type { KeeperFetch } from './request.ts'
import type { ListsChange, SliceShelf } from './slice-shelf.ts'
import type { AuthorityState, KeeperAlarm } from './state.ts'
import type { KeeperStore } from './store.ts'
import { momentOf } from './timing.ts'
import { createWatch, type Refreshed } from './watch.ts'

/** The lists of one authority, and how they are kept fresh. */
export interface Keeping {
  readonly held: Held
  /** Whether anything stands against older lists. */
  readonly isSafe: boolean
  /** When to ask next, in milliseconds since 1970. */
  readonly due: number
  /** Takes what the store has. Never rejects. */
  open(now: Date): Promise<void>
  /** Asks the server; whoever calls it meanwhile waits for the same. @throws the reason of the signal, and nothing else */
  refresh(signal?: AbortSignal | undefined, now?: Date | undefined): Promise<void>
  state(now: Date): AuthorityState
  /** Lists with the slices that are here. */
  grow(held: Held): Held
  /** Brings the slices of a key id that are missing. @throws the reason of the signal, and nothing else */
  bringSlices(keyId: number, signal: AbortSignal, now: Date): Promise<void>
}

export interface KeepingTools extends Users {
  /** Where the index is: ends in `/`. */
  readonly address: string
  readonly fetch: KeeperFetch
  readonly store: KeeperStore | undefined
  readonly clockTolerance: number
  /** Whether all slices are brought with each list. */
  readonly isWhole: boolean
  readonly onAlarm: (alarm: KeeperAlarm) => void
}

interface Asked extends Refreshed {
  /** What the server has; undefined where it did not say. */
  readonly index: ListsIndex | undefined
}

export function keepLists(believed: Believed, tools: KeepingTools): Keeping {
  const { authority } = believed
  const place = keptPlaceOf(tools.store, authority)
  const holding = createHolding(believed, place, tools)
  const server = createServer(authority, tools.address, tools.fetch)
  const watch = createWatch(authority, tools.clockTolerance, tools.onAlarm)

  async function open(now: Date): Promise<void> {
    try {
      await holding.open()
    } catch (error) {
      watch.note(faultOf(error), now)
    }
    watch.look(holding.held, now)
  }

  async function ask(signal: AbortSignal, now: Date): Promise<Asked> {
    const inquiry = server.begin(signal)
    let index: ListsIndex | undefined
    try {
      index = await inquiry.askIndex()
      const { held } = holding
      const { next, faults, isStale } = await bringUpToDate(believed, held, index, inquiry.download)
      if (next !== held) await take(next, now)
      return { faults, requests: inquiry.requests, isStale, index }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      return { faults: [faultOf(error)], requests: inquiry.requests, isStale: undefined, index }
    }
  }

  /** @throws KeeperFault for lists that are not taken */
  async function take(next: Held, now: Date): Promise<void> {
    try {
      await holding.take(next)
    } catch (error) {
      if (holding.held !== next) throw error
      watch.note(faultOf(error), now) // of the store alone
    }
  }

  async function refresh(signal: AbortSignal, now: Date): Promise<void> {
    await open(now)
    const before = holding.held
    const { faults, index, ...asked } = await ask(signal, now)
    const missing = await withShelf(signal, async (own, held, inquiry) => {
      if (!tools.isWhole) return own.renew(held, inquiry)
      const lacking = await load(own, held, inquiry, () => true, { before, index })
      await own.tidy(held)
      return lacking
    })
    watch.settle({ ...asked, faults: [...faults, ...missing] }, holding.held, now)
    watch.look(holding.held, now)
  }

  let shelf: SliceShelf | undefined

  /** Works with the slices of the lists in use, if they have some. @throws the reason of the signal, and nothing else */
  async function withShelf(
    signal: AbortSignal,
    work: (own: SliceShelf, held: Held, inquiry: Inquiry) => Promise<readonly KeeperFault[]>,
  ): Promise<readonly KeeperFault[]> {
    const { held } = holding
    if (!held.trustList?.slices?.length && !held.revocationList?.slices?.length) return []
    // Most lists have no slices: what loads them comes when one does.
    const { createSliceShelf } = await import('./slice-shelf.ts')
    shelf ??= createSliceShelf(tools.store, authority)
    try {
      return await work(shelf, held, server.begin(signal))
    } catch (error) {
      if (signal.aborted) throw signal.reason
      shelf.undo()
      return [faultOf(error)]
    }
  }

  async function load(
    own: SliceShelf,
    held: Held,
    inquiry: Inquiry,
    isWanted: (entry: SliceEntry) => boolean,
    change?: ListsChange,
  ): Promise<readonly KeeperFault[]> {
    const faults = await own.bring(held, isWanted, inquiry, change)
    if (holding.held === held) tools.use(held)
    return faults
  }

  async function bringSlices(keyId: number, signal: AbortSignal, now: Date): Promise<void> {
    const faults = await withShelf(signal, async (own, held, inquiry) => {
      const lacking = await load(own, held, inquiry, (entry) => covers(entry, keyId))
      void own.tidy(held)
      return lacking
    })
    for (const fault of faults) watch.note(fault, now)
  }

  let moment: Date
  const shared = sharedWork((signal) => refresh(signal, moment))

  return {
    get held() {
      return holding.held
    },
    get isSafe() {
      return place.isSafe
    },
    get due() {
      return watch.due
    },
    open,
    refresh(signal, now) {
      moment = momentOf(now)
      return shared(signal)
    },
    state: (now) => watch.state(holding.held, now),
    grow: (held) => shelf?.grow(held) ?? held,
    bringSlices,
  }
}

/** Whatever goes wrong in the reading of what a server or a store says is a fault of theirs: an app goes on. */
const faultOf = (error: unknown): KeeperFault =>
  error instanceof KeeperFault ? error : new KeeperFault('malformed', String(error))
