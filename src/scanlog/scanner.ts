import { writeShape } from '../codec/shape-writer.ts'
import { MAX_PLACE_LENGTH, position } from '../document/place.ts'
import { checkBytes, checkObject, checkText } from '../lib/checks.ts'
import { argumentType } from '../lib/errors.ts'

/** What the log needs of a trust list; a `TrustList` has it. */
export interface ScannerList {
  readonly authority: string
  readonly scanners: readonly Scanner[]
}

/** A device that signs scan documents, as the trust list names it. */
export interface Scanner {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 1 to 200 characters. Several scanners may stand at one place. */
  readonly place: string
  /** Latitude, −90 to 90, and longitude, −180 to 180, in degrees as ISO 6709 writes them: `+20.9517+107.0748`. */
  readonly position?: string | undefined
}

/** @throws an argument error for what is no list of scanners */
export function checkLists(lists: readonly ScannerList[]): readonly ScannerList[] {
  if (!Array.isArray(lists)) throw argumentType('trustLists', 'an array', lists)
  for (const { authority, scanners } of lists) {
    checkText('authority', authority, 64)
    if (!Array.isArray(scanners)) throw argumentType('scanners', 'an array', scanners)
    for (const scanner of scanners) {
      const { publicKey, place, position: where } = checkObject('scanner', scanner)
      checkBytes('scanner.publicKey', publicKey, 32)
      checkText('scanner.place', place, MAX_PLACE_LENGTH)
      if (where !== undefined) writeShape(position, where, 'scanner.position')
    }
  }
  return lists
}
