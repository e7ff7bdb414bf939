import {
  type AuthorityState,
  createKeeper,
  decodeListsIndex,
  type KeeperFetch,
  type ListsIndex,
  memoryKeeperStore,
} from 'veristamp/keeper'
import type { Engine } from 'veristamp/verify'
import { kindOf } from '../core/file-kind.ts'
import type { Setup } from '../core/setup.ts'
import { readUpTo } from './read-up-to.ts'

/** Keeps the lists of a kiosk fresh while it has a network. */
export interface Refresh {
  /** How things stand with an authority's server; undefined where no server is asked for its lists. */
  state(authority: string): AuthorityState | undefined
  /** What an authority's server said last that it has. */
  index(authority: string): ListsIndex | undefined
  refresh(): Promise<unknown>
  stop(): void
}

/** True where the server that the page came from has an authority's lists: the page asks no other. */
export const isOwn = ({ lists }: Setup): boolean =>
  lists !== undefined && new URL(lists).origin === location.origin

/** No list is longer, nor so long. */
const MAX_BYTES = 64 * 2 ** 20
/** An index is read up to a byte too many: then it is none. */
const MAX_INDEX = 2 ** 16 + 1

/**
 * Asks the server that the pins name for newer lists, as `veristamp/keeper` does: it finds out what there is, takes deltas,
 * and judges all of it. What it took is then loaded here as if it had come on a USB stick, so there is one truth.
 * @param onLists gets the files that came
 * @returns undefined where no authority publishes its lists on this kiosk's own server: the page asks no other
 */
export function keepFresh(
  setups: readonly Setup[],
  engine: Engine | undefined,
  onLists: (files: readonly Uint8Array[]) => Promise<void>,
): Refresh | undefined {
  const pins = setups.filter(isOwn)
  if (pins.length === 0) return undefined
  let brought: Uint8Array[] = []
  const indexes = new Map<string, ListsIndex>()
  let loading: Promise<unknown> | undefined
  const keeper = createKeeper({
    pins,
    // What stands against older lists is the store that all lists of this kiosk share.
    store: memoryKeeperStore(),
    fetch: noting((bytes) => {
      const decoded = decodeListsIndex(new TextDecoder().decode(bytes.subarray(0, MAX_INDEX)))
      if (decoded.ok) indexes.set(decoded.index.authority, decoded.index)
      else if (kindOf(bytes) !== 'unknown') brought.push(bytes)
    }),
    // The lists here bring slices themselves: loaded twice, they would take twice the memory.
    slices: 'asked',
    ...(engine && { engine }),
    onChange() {
      const files = brought
      brought = []
      loading = onLists(files).catch(console.error)
    },
  })
  void keeper.start()
  return {
    state: (authority) => keeper.state.authorities.find((each) => each.authority === authority),
    index: (authority) => indexes.get(authority),
    refresh: () => keeper.refresh().then(() => loading),
    stop: () => keeper.stop(),
  }
}

/** A fetch that tells of each file that it brings. */
const noting =
  (onFile: (bytes: Uint8Array) => void): KeeperFetch =>
  async (address, init) => {
    const response = await fetch(address, init as RequestInit)
    const { status, redirected, headers } = response
    const bytes = await readUpTo(response, MAX_BYTES)
    if (status === 200) onFile(bytes)
    return { status, redirected, headers, arrayBuffer: async () => bytes.slice().buffer }
  }
