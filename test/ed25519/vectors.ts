import type { KeyFault } from '../../src/ed25519/engine.ts'
import edges from '../vectors/ed25519-edges.json'
import rfc8032 from '../vectors/rfc8032-ed25519.json'
import type { EdgeVector } from './edge-vector.ts'

export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))

/** The committed cases of edge-vectors.ts. */
export const EDGE_VECTORS = edges as readonly EdgeVector[]

/** RFC 8032 §7.1, all five tests of Ed25519. */
export const RFC8032_VECTORS = rfc8032

/** A case of ed25519vectors.json of C2SP/CCTV. */
export interface CctvVector {
  readonly number: number
  /** Hexadecimal, as is `sig`; `msg` is text. */
  readonly key: string
  readonly sig: string
  readonly msg: string
  /** What the case is, not how it is to be answered: that is each verifier's choice, ours in SPEC.md. */
  readonly flags: readonly string[] | null
}

/**
 * The answer of the one equation, from the flags alone. Every case satisfies the cofactored equation, so a
 * canonical, torsion-free key's holds for us where R has no torsion and is canonical: no flag is left, or
 * `low_order_R` on its own, which is the identity.
 */
export function cctvAnswer({ flags }: CctvVector): KeyFault | boolean {
  const is = (flag: string) => flags?.includes(flag) ?? false
  if (is('non_canonical_A')) return 'key_not_canonical'
  if (is('low_order_A')) return 'key_small_order'
  if (is('low_order_component_A')) return 'key_torsion'
  return !is('low_order_component_R') && !is('non_canonical_R')
}
