import type { CborMap, CborValue } from '../codec/cbor-value.ts'
import { asBytes, asList, asMap, asUint } from '../codec/fields.ts'
import { Refusal } from '../document/refusal.ts'
import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { compareBytes, equalBytes } from '../lib/bytes.ts'
import { checkBytes, checkInteger } from '../lib/checks.ts'
import { argumentRange, argumentType, Malformed } from '../lib/errors.ts'

/** The keys that sign an authority's trust lists, and how many of them must. */
export interface Roots {
  /** Counts rotations, from 1 unless given. */
  readonly version?: number
  /** How many different keys must sign. */
  readonly threshold: number
  /** 1 to 16 public keys of 32 bytes. */
  readonly keys: readonly Uint8Array[]
}

/** Roots whose keys are ready to verify. */
export interface ReadyRoots {
  readonly version: number
  readonly threshold: number
  readonly keys: readonly VerifyKey[]
}

const MAX_ROOT_KEYS = 16

/** Checks roots that a caller gives. @throws an argument error naming what is wrong */
export function checkRoots(roots: Roots): Required<Roots> {
  if (typeof roots !== 'object' || roots === null) throw argumentType('roots', 'an object', roots)
  if (!Array.isArray(roots.keys)) throw argumentType('roots.keys', 'an array of public keys', roots.keys)
  checkInteger('roots.keys.length', roots.keys.length, MAX_ROOT_KEYS, 1)
  const keys = roots.keys.map((key, index) => checkBytes(`roots.keys[${index}]`, key, 32))
  if (hasDuplicate(keys)) throw argumentRange('roots.keys', 'different keys', 'the same key twice')
  return {
    version: checkInteger('roots.version', roots.version ?? 1, Number.MAX_SAFE_INTEGER, 1),
    threshold: checkInteger('roots.threshold', roots.threshold, keys.length, 1),
    keys,
  }
}

export const rootsToValue = ({ threshold, keys }: Roots): CborValue =>
  new Map<string, CborValue>([
    ['threshold', threshold],
    ['keys', keys],
  ])

/** The roots in a trust list's body, where the version stands beside them. @throws Malformed */
export function rootsFromBody(body: CborMap): Required<Roots> {
  const map = asMap(body.get('roots'), 'roots')
  const keys = asList(map.get('keys'), 'roots.keys', MAX_ROOT_KEYS, (key, place) => asBytes(key, place, 32))
  if (hasDuplicate(keys)) throw new Malformed('field:roots.keys')
  return {
    version: asUint(body.get('rootVersion'), 'rootVersion', Number.MAX_SAFE_INTEGER, 1),
    threshold: asUint(map.get('threshold'), 'roots.threshold', keys.length, 1),
    keys,
  }
}

/** Checks each key by the engine's rules and makes it ready. @throws Refusal `public_key` */
export const readyRoots = (roots: Required<Roots>, engine: Engine): ReadyRoots => ({
  ...roots,
  keys: roots.keys.map((key, index) => readyKey(key, `roots.keys[${index}]`, engine)),
})

/** @throws Refusal `public_key`, with the place and the fault */
export function readyKey(publicKey: Uint8Array, place: string, engine: Engine): VerifyKey {
  const imported = engine.importKey(publicKey)
  if (!imported.ok) throw new Refusal('public_key', `${place}: ${imported.reason}`)
  return imported.key
}

/** True for the same keys, in whatever order, and the same threshold. */
export function sameRoots(a: ReadyRoots, b: Required<Roots>): boolean {
  if (a.threshold !== b.threshold || a.keys.length !== b.keys.length) return false
  return a.keys.every(({ publicKey }) => b.keys.some((key) => equalBytes(key, publicKey)))
}

const hasDuplicate = (keys: readonly Uint8Array[]): boolean => {
  const sorted = [...keys].sort(compareBytes)
  return sorted.some((key, index) => index > 0 && equalBytes(key, sorted[index - 1]!))
}
