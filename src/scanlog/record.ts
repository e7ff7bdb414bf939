import { sha256 } from '../ed25519/sha2.ts'
import { fromHex, toHex } from '../lib/bytes.ts'
import { argumentRange, isMalformed, Malformed } from '../lib/errors.ts'
import { readText } from '../stamp/scan.ts'

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

/** A record as the log holds it. */
export interface LoggedScan extends ScanRecord {
  /**
   * The first 32 bits of the payload's SHA-256, where the stamp was verified by this very log. Absent for what
   * other devices say.
   */
  readonly payload?: number
}

export type ScanStatus = 'valid' | 'invalid' | 'indeterminate'

/** In the order of their numbers in documents. */
export const STATUSES: readonly ScanStatus[] = ['valid', 'invalid', 'indeterminate']

/**
 * Names a scan among those of one place: its time and its code, as in `1764000000-00112233445566778899aabbccddeeff`.
 * So two scans of one code at one place in one second are one.
 */
export type ScanId = string

export const CODE_HASH_LENGTH = 16

/** A scan's name among those of its place. */
export type ScanMark = Pick<ScanRecord, 'time' | 'code'>

export const scanIdOf = ({ time, code }: ScanMark): ScanId => `${time}-${toHex(code)}`

/** What an id names, or undefined for any other text. */
export function scanMarkOf(id: ScanId): ScanMark | undefined {
  const [, time, code] = /^(\d{1,12})-([0-9a-f]{32})$/.exec(id) ?? []
  if (code === undefined) return undefined
  return {
    time: Number(time),
    code: fromHex(code),
  }
}

/**
 * What a log keeps of a text's code.
 * @throws ArgumentRangeError for a text that carries none, which no verdict with a stamp can be about
 */
export function hashScan(text: string): { readonly code: Uint8Array; readonly payload: number } {
  try {
    const scan = readText(text)
    if ('later' in scan) throw new Malformed('code_version')
    const payload = sha256(scan.payloadBytes)
    return {
      code: sha256(scan.code).subarray(0, CODE_HASH_LENGTH),
      payload: new DataView(payload.buffer).getUint32(0),
    }
  } catch (error) {
    if (isMalformed(error)) throw argumentRange('text', 'the text that the verdict is about', text)
    throw error
  }
}
