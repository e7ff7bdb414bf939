import { orRefused, type Refused } from '../document/refusal.ts'
import { admit, aStore, readStore, type SequenceStore } from '../document/store.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { type ArgumentTable, checkTable, ifGiven, textOf } from '../lib/arguments.ts'
import { copyBounded } from '../lib/checks.ts'
import { followChain, MAX_CHAIN_LENGTH, readChain } from './chain.ts'
import { checkRoots, laterRoots, type Roots, readyRoots } from './roots.ts'
import { indexTrustList, type TrustList } from './trust-list.ts'

export interface LoadTrustListOptions {
  /** The id of the authority, pinned by the caller. */
  readonly authority: string
  /** Its root keys, pinned by the caller. */
  readonly roots: Roots
  /** What verifies, noble by default. The list's keys stay with it. */
  readonly engine?: Engine | undefined
  /**
   * The memory against older lists, and against root keys that were rotated away. Without one every verdict
   * warns `rollback_unprotected`.
   */
  readonly store?: SequenceStore | undefined
}

const fields: ArgumentTable<LoadTrustListOptions> = {
  authority: textOf(64),
  roots: checkRoots,
  engine: ifGiven(anEngine),
  store: ifGiven(aStore),
}

export type LoadedTrustList = { readonly ok: true; readonly trustList: TrustList } | Refused

/**
 * Verifies a trust list, or a chain of them that leads from the pinned roots to today's (docs/spec/trust-lists.md,
 * "Loading a trust list"). Nothing of the list is read before its signatures hold. Where the store has seen later
 * roots than the pinned ones, it begins at those.
 * @param bytes the file: one list, or a chain of up to 64, at most 16 MiB
 * @returns the list, or the reason why it is not accepted
 * @throws ArgumentTypeError or ArgumentRangeError for bad options, and what a store throws that can't write
 * @example
 * ```ts
 * import { loadTrustList } from 'veristamp/verify'
 *
 * // The app is born with the authority's id and root keys. The file comes from anywhere.
 * const loaded = loadTrustList(trustListFile, { authority, roots })
 * if (!loaded.ok) throw new Error(loaded.reason)
 * loaded.trustList.sequence // → 1
 * ```
 */
export function loadTrustList(bytes: Uint8Array, options: LoadTrustListOptions): LoadedTrustList {
  const own = copyBounded('bytes', bytes, MAX_CHAIN_LENGTH)
  const { authority, engine = nobleEngine, store } = checkTable('options', options, fields)
  const pinned = checkRoots('options.roots', options.roots)
  return orRefused(() => {
    const roots = readyRoots(laterRoots(pinned, store && readStore(store, authority, 'trust')), engine)
    const link = followChain(readChain(own), { authority, engine, roots })
    const { digest } = link.seen
    const rollbackProtected = store !== undefined
    const trustList = indexTrustList(link.content, link.roots, { engine, digest, rollbackProtected })
    if (store) admit(store, authority, 'trust', link.seen)
    return { ok: true, trustList }
  })
}
