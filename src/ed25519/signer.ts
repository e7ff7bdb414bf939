import { ableTo } from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'

/** Anything that makes Ed25519 signatures: a seed, a key file, a WebCrypto key, an HSM. */
export interface Signer {
  /** 32 bytes, RFC 8032 §5.1.5. */
  readonly publicKey: Uint8Array
  /**
   * True when the same message always gets the same 64 bytes, as RFC 8032 §5.1.6 has it. Print runs need it:
   * a run that is resumed signs again and must come to the same stamps.
   */
  readonly deterministic: boolean
  /** The 64-byte signature of `message`: R, then s. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

const aSigner = ableTo('a Signer', 'sign')

/**
 * The signer with a public key of its own, which stays as it is while signatures are under way.
 * @throws ArgumentTypeError or ArgumentRangeError for what is none
 */
export function ownSigner(name: string, signer: Signer): Signer {
  aSigner(name, signer)
  return {
    publicKey: copyBytes(`${name}.publicKey`, signer.publicKey, 32),
    deterministic: signer.deterministic,
    sign: (message) => signer.sign(message),
  }
}
