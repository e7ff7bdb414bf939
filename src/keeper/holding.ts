import { KeeperFault } from './fault.ts'
import { type Believed, type Held, openKept } from './held.ts'
import { type Kept, mergeKept, sameKept } from './kept.ts'
import type { KeptPlace } from './kept-place.ts'

/** The lists in use, which only ever become newer, in memory and in a store. */
export interface Holding {
  readonly held: Held
  /** Takes what the store has, or gives it what is here, whichever is newer. @throws KeeperFault */
  open(): Promise<void>
  /**
   * Keeps new lists, then uses them. Where the store does not keep them they are in use all the same: newer lists are worth
   * more than the memory of them.
   * @throws KeeperFault where the store failed, or where the lists cannot stand beside others and nothing changed
   */
  take(next: Held): Promise<void>
}

/** What uses lists. */
export interface Users {
  /** @throws KeeperFault for lists that cannot stand beside those of other authorities */
  check(next: Held): void
  /** Uses them from now on. @throws as `check` does */
  use(next: Held): void
}

export function createHolding(believed: Believed, place: KeptPlace, users: Users): Holding {
  let held: Held = { kept: {} }

  /** Uses the newest of both, whoever was faster meanwhile. @throws KeeperFault; of `equivocation` once the rest is taken */
  const adopt = (next: Held): void => {
    const { newest: kept, clash } = mergeKept(held.kept, next.kept)
    const newest = [next, held].find((each) => sameKept(each.kept, kept)) ?? openKept(believed, kept)
    users.use(newest)
    held = newest
    if (clash) throw new KeeperFault('equivocation', clash.detail)
  }
  /** @param opened what was verified already, which may be the same */
  const takeKept = (kept: Kept, opened?: Held): void => {
    if (addsNothing(held.kept, kept)) return
    try {
      adopt(opened && sameKept(opened.kept, kept) ? opened : openKept(believed, kept))
    } catch (error) {
      // Places count even where their lists do not: those may be of keys that the pins no longer name.
      if (held.kept.trust === undefined) held = { kept }
      throw error
    }
  }
  async function open(): Promise<void> {
    const stored = await place.read()
    const fault = equivocationIn(() => takeKept(stored))
    // A store that failed before is given what it lacks.
    if (lacks(stored, held.kept)) takeKept(await place.write(held.kept))
    if (fault) throw fault
  }

  return {
    get held() {
      return held
    },
    open,
    async take(next) {
      users.check(next)
      const fault = await place
        .write(next.kept)
        .then((kept) => takeKept(kept, next))
        .catch((error: KeeperFault) => error)
      // Whether the other list was signed is seen where it is taken; what was not signed stands against nothing.
      if (fault?.reason === 'equivocation') await open().catch(() => undefined)
      adopt(next)
      if (fault) throw fault
    },
  }
}

/** Another list of a number adds something: it is to be seen whether it was signed. */
function addsNothing(held: Kept, kept: Kept): boolean {
  const { newest, clash } = mergeKept(held, kept)
  return clash === undefined && sameKept(newest, held)
}

const lacks = (stored: Kept, held: Kept): boolean => !sameKept(mergeKept(stored, held).newest, stored)

/** The equivocation that work ends with, after which there is more to do. @throws KeeperFault for all else */
function equivocationIn(work: () => void): KeeperFault | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof KeeperFault && error.reason === 'equivocation') return error
    throw error
  }
}
