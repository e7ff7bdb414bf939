import { type AuthorityState, createKeeper, type KeeperFetch } from 'veristamp/keeper'
import type { Verdict } from 'veristamp/verify'
import { takeAhead } from './ahead.ts'
import type { Config } from './config.ts'
import { fileAt } from './place.ts'
import { shelf } from './shelf.ts'

/** What the page knows of the authority's lists. */
export interface Lists {
  /** Settles when lists are at hand, or could not be had. */
  readonly ready: Promise<unknown>
  /** True while nobody could be asked for newer lists. */
  readonly isOffline: boolean
  /** True once a server has sent lists that can't be trusted. */
  readonly isSuspicious: boolean
  /** @returns undefined while no lists are at hand */
  verify(text: string): Verdict | undefined
  /** The same, once the part of a large list is here that the stamp asks for, or is not to be had. */
  answer(text: string): Promise<Verdict | undefined>
  refresh(): Promise<unknown>
}

/** Milliseconds that people wait for a part of the lists. */
const PATIENCE = 20_000

const askOrTake: KeeperFetch = (address, init) => takeAhead(address) ?? fetch(address, init as RequestInit)

/** Keeps lists fresh while the page is open. They lie beside it, so no other server is asked. */
export function openLists({ pins }: Config, onChange: () => void): Lists {
  const addresses = { [pins.authority]: fileAt('lists/').href }
  const keeper = createKeeper({ pins, addresses, store: shelf, fetch: askOrTake, slices: 'asked', onChange })
  const state = (): AuthorityState => keeper.state.authorities[0]!
  const verify = (text: string) => (state().trustList ? keeper.verify(text) : undefined)
  return {
    ready: keeper.start(),
    get isOffline() {
      const { lastFailure, lastSuccess } = state()
      return lastFailure !== undefined && !(lastSuccess && lastSuccess > lastFailure.at)
    },
    get isSuspicious() {
      return state().alarms.some((kind) => kind === 'rollback' || kind === 'equivocation')
    },
    verify,
    async answer(text) {
      if (!state().trustList) return undefined
      const limit = new AbortController()
      const timer = setTimeout(() => limit.abort(), PATIENCE)
      const verdict = await keeper.answer(text, { signal: limit.signal }).catch(() => verify(text))
      clearTimeout(timer)
      return verdict
    },
    refresh: () => keeper.refresh(),
  }
}
