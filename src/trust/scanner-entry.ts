import { bytes, optional, record, type Shape } from '../codec/shape.ts'
import { place, position } from '../document/place.ts'

/** A device whose signed scans count, as the trust list names it. */
export interface ScannerEntry {
  /** 32 bytes: the identity of the scanner, and not another key of the list. */
  readonly publicKey: Uint8Array
  /** Where it stands, for people, 1 to 200 characters. Several scanners may stand at one place. */
  readonly place: string
  /** Latitude, −90 to 90, and longitude, −180 to 180, in degrees as ISO 6709 writes them: `+20.9517+107.0748`. */
  readonly position?: string | undefined
}

export const scannerEntry: Shape<ScannerEntry> = record<ScannerEntry>({
  publicKey: bytes(32),
  place,
  position: optional(position),
})
