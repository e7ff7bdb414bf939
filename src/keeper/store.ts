import { ableTo } from '../lib/arguments.ts'

/**
 * Where a keeper keeps its lists: texts by their names, as AsyncStorage, Redis and the key-value stores of clouds have
 * them. Nothing in it is secret, and what it returns is verified again.
 */
export interface KeeperStore {
  /** The text under a name; undefined or null where there is none. */
  get(key: string): Promise<string | undefined | null>
  set(key: string, text: string): Promise<unknown>
  /**
   * Puts what `change` makes of the text in its place, in one transaction: nobody else writes in between. It may call
   * `change` more than once. Without this method two keepers could take turns with older lists, so every verdict warns
   * `rollback_unprotected`.
   */
  update?(key: string, change: (text: string | undefined) => string): Promise<unknown>
}

/** An argument that keeps texts. */
export const aKeeperStore = ableTo('a KeeperStore', 'get', 'set')

/**
 * A store that lasts as long as the process: for tests, and for servers that ask again when they start.
 * @example
 * ```ts
 * import { createKeeper, memoryKeeperStore } from 'veristamp/keeper'
 *
 * const keeper = createKeeper({ pins, store: memoryKeeperStore() })
 * ```
 */
export function memoryKeeperStore(): Required<KeeperStore> {
  const kept = new Map<string, string>()
  return {
    get: async (key) => kept.get(key),
    set: async (key, text) => kept.set(key, text),
    update: async (key, change) => kept.set(key, change(kept.get(key))),
  }
}
