import { decodePins } from 'veristamp'
import { fingerprintOf } from 'veristamp/authority'

/**
 * What the set-up file pins: whose lists this kiosk believes. Whoever can put another one in owns the kiosk, so it is
 * taken once, by hand, and compared with the authority's fingerprint.
 */
export interface Setup {
  readonly authority: string
  readonly roots: {
    readonly version: number
    readonly threshold: number
    readonly keys: readonly Uint8Array[]
  }
  /** What this kiosk is called in the scan log. */
  readonly place: string
  /** Where the authority publishes its lists. */
  readonly lists?: string | undefined
}

/** Reads a set-up file. @returns undefined for anything else */
export function readSetup(file: Uint8Array): Setup | undefined {
  const decoded = decodePins(new TextDecoder().decode(file))
  if (!decoded.ok) return undefined
  const { authority, roots, place = 'kiosk', lists } = decoded.pins
  return { authority, roots, place, lists }
}

/** True for two set-ups of the same keys: they have the same fingerprint. */
export const isSameRoot = (a: Setup, b: Setup): boolean => fingerprintOf(a) === fingerprintOf(b)

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
