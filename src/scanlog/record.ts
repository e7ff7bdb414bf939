/** One scan of one stamp whose signature held. It says nothing about people. */
export interface ScanRecord {
  /** The authority whose list trusts the stamp's key. */
  readonly authority: string
  readonly facility: number
  readonly product: number
  readonly serial: number
  /** The first 16 bytes of the SHA-256 of the code: payload and signature. */
  readonly code: Uint8Array
  /** Whole seconds since 1970. */
  readonly time: number
  /** Where, as the authority's trust list calls it. */
  readonly place: string
  /** The verdict's, at that moment. */
  readonly status: ScanStatus
}

export type ScanStatus = 'valid' | 'invalid' | 'indeterminate'

/**
 * Names a scan among those of one place: its time and its code, as in `1764000000-00112233445566778899aabbccddeeff`.
 * So two scans of one code at one place in one second are one.
 */
export type ScanId = string
