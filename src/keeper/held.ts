import { memoryStore, type SequenceStore } from '../document/store.ts'
import type { Engine } from '../ed25519/engine.ts'
import { loadRevocationList } from '../revocation/load.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import { loadTrustList } from '../trust/load.ts'
import type { Roots } from '../trust/roots.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { accepted, KeeperFault } from './fault.ts'
import type { Kept, KeptList } from './kept.ts'

/** Whom a keeper believes. */
export interface Believed {
  readonly authority: string
  readonly roots: Roots
  readonly engine: Engine
}

/**
 * Lists that verified and stand together, with all that was seen: a trust list and, where it names a revocation key, a
 * revocation list by it; or neither.
 */
export interface Held {
  readonly kept: Kept
  readonly trustList?: TrustList | undefined
  readonly revocationList?: RevocationList | undefined
}

/** A memory of what was seen, which loading reads and raises. */
export function memoryOf({ authority }: Believed, { trust, revocation }: Kept): SequenceStore {
  const memory = memoryStore()
  if (trust) memory.write(authority, 'trust', trust.seen)
  if (revocation) memory.write(authority, 'revocation', revocation.seen)
  return memory
}

/** Verifies a trust list. @throws KeeperFault */
export function openTrust(believed: Believed, bytes: Uint8Array, memory: SequenceStore): Opened<TrustList> {
  const { authority } = believed
  const { trustList } = accepted(loadTrustList(bytes, { ...believed, store: memory }))
  return { list: trustList, kept: { bytes, seen: memory.read(authority, 'trust')! } }
}

/** Verifies a revocation list. @throws KeeperFault */
export function openRevocation(
  trustList: TrustList,
  bytes: Uint8Array,
  memory: SequenceStore,
): Opened<RevocationList> {
  const { revocationList } = accepted(loadRevocationList(bytes, { trustList, store: memory }))
  return { list: revocationList, kept: { bytes, seen: memory.read(trustList.authority, 'revocation')! } }
}

export interface Opened<T> {
  readonly list: T
  readonly kept: KeptList
}

/**
 * The lists that are kept, opened. What was opened before is given, so that nothing is verified twice.
 * @throws KeeperFault also where the revocation list is missing, or is of another epoch
 */
export function openKept(believed: Believed, kept: Kept, opened: Partial<Held> = {}): Held {
  if (kept.trust === undefined) return { kept }
  const memory = memoryOf(believed, kept)
  const trustList = opened.trustList ?? openTrust(believed, kept.trust.bytes, memory).list
  // A list of a key that was given up stays in memory alone.
  if (trustList.revocationKey === undefined) return { kept, trustList }
  if (kept.revocation?.seen.epoch !== trustList.revocationEpoch) {
    throw new KeeperFault('wrong_epoch', 'no revocation list for the trust list')
  }
  const revocationList =
    opened.revocationList ?? openRevocation(trustList, kept.revocation.bytes, memory).list
  return { kept, trustList, revocationList }
}
