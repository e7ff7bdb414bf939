import type { Engine } from '../ed25519/engine.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'

export interface VerifierOptions {
  /** One list an authority. A public key may stand in one of them only. */
  readonly trustLists: readonly TrustList[]
  /** At most one for each of them. Without one, no stamp of an authority that names a revocation key is valid. */
  readonly revocationLists?: readonly RevocationList[]
  /** What verifies signatures: the engine that the lists were loaded with unless given. */
  readonly engine?: Engine
  /** Seconds after its `issued` from which on a list counts as stale even before it expires. */
  readonly maxListAge?: number
  /**
   * Seconds by which the clock may be behind the newest list and still count as good, 0 to 86,400: 300 unless given
   * (SPEC.md, "Verification").
   */
  readonly clockTolerance?: number
}

export interface VerifyOptions {
  /** The moment of the check, the same for every step. The system's clock, read once, unless given. */
  readonly now?: Date
}

export interface VerifyManyOptions extends VerifyOptions {
  /** Ends the stream with its `reason`, once aborted. */
  readonly signal?: AbortSignal
  /** Told after every chunk how many texts have been checked so far. */
  readonly onProgress?: (checked: number) => void
  /**
   * How many texts are read before any is answered, 1 to 65536: 256 with an engine that is faster at many together,
   * otherwise 32. A live source wants 1.
   */
  readonly chunk?: number
}
