import { ableTo } from '../lib/arguments.ts'
import { equalBytes } from '../lib/bytes.ts'
import { copyBytes } from '../lib/checks.ts'
import { isOurs } from '../lib/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * The memory that keeps a verifier from going back: the newest document accepted for each authority and kind
 * (docs/spec/trust-lists.md, "Loading a trust list", rule 8). The caller supplies it, because only the caller knows
 * where a device keeps things.
 */
export interface SequenceStore {
  /**
   * The newest seen, or undefined when none ever was.
   * @throws VeristampError `store_corrupt` when what is kept can't be read: never undefined in its place
   */
  read(authority: string, kind: DocumentKind): Seen | undefined
  /**
   * Keeps a newer one, whole. A store that several processes share leaves an entry of a later epoch, or of the
   * same and a later sequence, as it is.
   */
  write(authority: string, kind: DocumentKind, seen: Seen): void
}

/** An argument that remembers. */
export const aStore = ableTo('a SequenceStore', 'read', 'write')

export type DocumentKind = 'trust' | 'revocation'

/** A document's place in its order: by epoch, then by sequence. */
export interface Seen {
  /** A trust list's `rootVersion`, a revocation list's `revocationEpoch`. */
  readonly epoch: number
  readonly sequence: number
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
  /**
   * Of a trust list: the root keys that it left and their threshold. The next list is verified from these on,
   * so that keys which a rotation took away stay without power though the caller still pins them.
   */
  readonly roots?: SeenRoots | undefined
}

export interface SeenRoots {
  readonly threshold: number
  /** 32 bytes each. */
  readonly keys: readonly Uint8Array[]
}

/** Older is negative, newer positive. */
export const compareSeen = (a: Place, b: Place): number => a.epoch - b.epoch || a.sequence - b.sequence

type Place = Pick<Seen, 'epoch' | 'sequence'>

/**
 * A store that lasts as long as the process: for tests, and for services that load their lists once.
 * @example
 * ```ts
 * import { loadTrustList, memoryStore } from 'veristamp/verify'
 *
 * const store = memoryStore()
 * loadTrustList(trustListFile, { authority, roots, store }).ok // → true
 * // An older list would be refused from now on.
 * store.read(authority, 'trust')?.sequence // → 1
 * ```
 */
export function memoryStore(): SequenceStore {
  const kept = new Map<string, Seen>()
  return {
    read: (authority, kind) => kept.get(`${kind} ${authority}`),
    write: (authority, kind, seen) => void kept.set(`${kind} ${authority}`, copySeen(seen)),
  }
}

/** Its own bytes, for a store that keeps them in memory. */
export const copySeen = ({ epoch, sequence, digest, roots }: Seen): Seen => ({
  epoch,
  sequence,
  digest: copyBytes('digest', digest, 32),
  ...(roots && {
    roots: { threshold: roots.threshold, keys: roots.keys.map((key) => copyBytes('roots.keys', key, 32)) },
  }),
})

/**
 * Admits a verified document if it is not older than what the store has seen, and remembers it.
 * @throws Refusal `rollback`, `equivocation` or `store_corrupt`
 */
export function admit(store: SequenceStore, authority: string, kind: DocumentKind, candidate: Seen): void {
  if (!isNewer(candidate, readStore(store, authority, kind))) return
  store.write(authority, kind, candidate)
  // Another process may have been faster.
  isNewer(candidate, readStore(store, authority, kind))
}

/** False for the very document that was seen. @throws Refusal `rollback` or `equivocation` */
export function isNewer(candidate: Seen, seen: Seen | undefined): boolean {
  if (!seen) return true
  const order = compareSeen(candidate, seen)
  const detail = `${candidate.sequence} after ${seen.sequence}`
  if (order < 0) throw new Refusal('rollback', detail)
  if (order === 0 && !equalBytes(candidate.digest, seen.digest)) throw new Refusal('equivocation', detail)
  return order > 0
}

/** What the store keeps. @throws Refusal `store_corrupt` */
export function readStore(store: SequenceStore, authority: string, kind: DocumentKind): Seen | undefined {
  try {
    return store.read(authority, kind)
  } catch (error) {
    throw isOurs(error, 'store_corrupt') ? new Refusal('store_corrupt', error.message) : error
  }
}
