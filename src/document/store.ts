import { equalBytes } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * The memory that keeps a verifier from going back: the newest document accepted for each authority and kind
 * (SPEC.md, "Rollback"). The caller supplies it, because only the caller knows where a device keeps things.
 */
export interface SequenceStore {
  /**
   * The newest seen, or undefined when none ever was.
   * @throws VeristampError `store_corrupt` when what is kept can't be read: never undefined in its place
   */
  read(authority: string, kind: DocumentKind): Seen | undefined
  /** Keeps a newer one, durably before it returns. */
  write(authority: string, kind: DocumentKind, seen: Seen): void
}

export type DocumentKind = 'trust' | 'revocation'

/** A document's place in its order: by epoch, then by sequence. */
export interface Seen {
  /** A trust list's `rootVersion`, a revocation list's `revocationEpoch`. */
  readonly epoch: number
  readonly sequence: number
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
}

/** Older is negative, newer positive. */
export const compareSeen = (a: Omit<Seen, 'digest'>, b: Omit<Seen, 'digest'>): number =>
  a.epoch - b.epoch || a.sequence - b.sequence

/** A store that lasts as long as the process: for tests, and for services that load their lists once. */
export function memoryStore(): SequenceStore {
  const kept = new Map<string, Seen>()
  return {
    read: (authority, kind) => kept.get(`${kind} ${authority}`),
    write: (authority, kind, seen) => void kept.set(`${kind} ${authority}`, seen),
  }
}

/**
 * Admits a verified document if it is not older than what the store has seen, and remembers it.
 * @throws Refusal `rollback`, `equivocation` or `store_corrupt`
 */
export function admit(store: SequenceStore, authority: string, kind: DocumentKind, candidate: Seen): void {
  const seen = readStore(store, authority, kind)
  if (seen !== undefined) {
    const order = compareSeen(candidate, seen)
    if (order < 0) throw new Refusal('rollback', `sequence ${candidate.sequence}, seen ${seen.sequence}`)
    if (order === 0) {
      if (equalBytes(candidate.digest, seen.digest)) return
      throw new Refusal('equivocation', `two documents of sequence ${seen.sequence}`)
    }
  }
  store.write(authority, kind, candidate)
}

function readStore(store: SequenceStore, authority: string, kind: DocumentKind): Seen | undefined {
  try {
    return store.read(authority, kind)
  } catch (error) {
    if (error instanceof VeristampError && error.code === 'store_corrupt') {
      throw new Refusal('store_corrupt', error.message)
    }
    throw error
  }
}
