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
