import { ableTo } from '../lib/arguments.ts'

/**
 * Ed25519 verification, one equation for every engine (SPEC.md, "Signatures: one equation"):
 * the public key is canonical, not of small order and torsion-free; s < L; and encode(sB − hA) equals the
 * bytes of R exactly, with h = SHA-512(R ‖ A ‖ message) mod L. Engines differ in speed, never in an answer.
 */
export interface Engine {
  /** What runs: `noble`, `native`, … */
  readonly name: string
  /** Checks a 32-byte public key once and prepares it for many verifications. */
  importKey(publicKey: Uint8Array): ImportedKey
  /** What `importKey` answers for each of many keys, in order. Engines that are faster at several together have it. */
  importKeys?(publicKeys: readonly Uint8Array[]): ImportedKey[]
  /**
   * What `job.key.verify(job.message, job.signature)` answers for each job, in order. Engines that are faster at
   * many signatures together have it. Any engine's keys are taken; this engine's own are what makes it fast.
   */
  verifyMany?(jobs: readonly VerifyJob[]): boolean[]
}

/** One signature to verify. */
export interface VerifyJob {
  readonly key: VerifyKey
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** A public key that passed the key checks. */
export interface VerifyKey {
  /** 32 bytes, RFC 8032 §5.1.5. */
  readonly publicKey: Uint8Array
  /** True when `signature` (any other length than 64 bytes is false) is this key's over `message`. */
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

/** Why a public key is refused: each is a way in which verifiers would otherwise disagree. */
export type KeyFault = 'key_length' | 'key_not_canonical' | 'key_small_order' | 'key_torsion'

export type ImportedKey =
  | { readonly ok: true; readonly key: VerifyKey }
  | { readonly ok: false; readonly reason: KeyFault }

/** An argument that verifies. */
export const anEngine = ableTo('an Engine', 'importKey')
