import { bytes, list, record, type Shape, uint, withDefault } from '../codec/shape.ts'
import { Refusal } from '../document/refusal.ts'
import type { Seen } from '../document/store.ts'
import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, listOf, wholeNumber } from '../lib/arguments.ts'
import { equalBytes, toHex } from '../lib/bytes.ts'
import { checkInteger, copyBytes } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'

/** The keys that sign an authority's trust lists, and how many of them must. */
export interface Roots {
  /** Counts rotations, from 1 by default. */
  readonly version?: number | undefined
  /** How many different keys must sign. */
  readonly threshold: number
  /** 1 to 16 public keys of 32 bytes. */
  readonly keys: readonly Uint8Array[]
}

/** Roots that say their version. */
export interface VersionedRoots extends Roots {
  readonly version: number
}

/** Roots whose keys are ready to verify. @inline */
export interface ReadyRoots {
  readonly version: number
  readonly threshold: number
  readonly keys: readonly VerifyKey[]
}

const rootsFault = ({ threshold, keys }: Roots): 'keys' | 'threshold' | undefined => {
  if (new Set(keys.map(toHex)).size < keys.length) return 'keys'
  return threshold <= keys.length ? undefined : 'threshold'
}

/** Root keys in one list, and in what a verifier pins. */
const MAX_ROOTS = 16

/** The keys differ, and the threshold can be met. */
export const roots: Shape<Roots> = record<Roots>(
  {
    version: withDefault(uint(1, Number.MAX_SAFE_INTEGER), 1),
    threshold: uint(1, MAX_ROOTS),
    keys: list(bytes(32), MAX_ROOTS),
  },
  { fault: rootsFault },
)

const fields: ArgumentTable<Roots> = {
  version: ifGiven(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  threshold: wholeNumber(1, MAX_ROOTS),
  keys: listOf(bytesOf(32), 1, MAX_ROOTS),
}

/** Checks roots that a caller pins. @throws an argument error naming what is wrong */
export function checkRoots(place: string, roots: unknown): VersionedRoots {
  const { version = 1, threshold, keys: given } = checkTable(place, roots as Roots, fields)
  const keys = given.map((key) => copyBytes(`${place}.keys`, key, 32))
  checkInteger(`${place}.threshold`, threshold, 1, keys.length)
  if (rootsFault({ threshold, keys })) throw argumentRange(`${place}.keys`, 'different keys', 'one twice')
  return { version, threshold, keys }
}

/**
 * The roots to begin at: the pinned ones, or those that the newest list seen left where they are later.
 * @throws Refusal `store_corrupt` for a memory of later roots that has lost them
 */
export function laterRoots(pinned: VersionedRoots, seen: Seen | undefined): VersionedRoots {
  if (!seen || seen.epoch <= pinned.version) return pinned
  if (!seen.roots) throw new Refusal('store_corrupt', 'roots')
  return { version: seen.epoch, ...seen.roots }
}

/** Checks each key by the engine's rules and makes it ready. @throws Refusal `public_key` */
export const readyRoots = (roots: VersionedRoots, engine: Engine): ReadyRoots => ({
  ...roots,
  keys: readyKeys(roots.keys, 'roots.keys[#]', engine),
})

/**
 * Keys that are checked together, where the engine is faster so.
 * @param place has `#` for the index
 * @throws Refusal `public_key`, with the place and the fault
 */
export function readyKeys(publicKeys: readonly Uint8Array[], place: string, engine: Engine): VerifyKey[] {
  const imported = engine.importKeys?.(publicKeys) ?? publicKeys.map((each) => engine.importKey(each))
  return imported.map((each, index) => {
    if (!each.ok) throw new Refusal('public_key', `${place.replace('#', `${index}`)}: ${each.reason}`)
    return each.key
  })
}

/** True for the same keys, in whatever order, and the same threshold. */
export function sameRoots(a: ReadyRoots, b: VersionedRoots): boolean {
  if (a.threshold !== b.threshold || a.keys.length !== b.keys.length) return false
  return a.keys.every(({ publicKey }) => b.keys.some((key) => equalBytes(key, publicKey)))
}
