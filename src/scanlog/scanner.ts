import { writeShape } from '../codec/shape-writer.ts'
import { MAX_PLACE_LENGTH, position } from '../document/place.ts'
import { checkObject, checkText, copyBytes } from '../lib/checks.ts'
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

/** What the log keeps of the lists. @throws an argument error for what is no list of scanners */
export function checkLists(lists: readonly ScannerList[]): readonly ScannerList[] {
  if (!Array.isArray(lists)) throw argumentType('trustLists', 'an array', lists)
  return lists.map(({ authority, scanners }) => {
    if (!Array.isArray(scanners)) throw argumentType('scanners', 'an array', scanners)
    return { authority: checkText('authority', authority, 64), scanners: scanners.map(checkScanner) }
  })
}

function checkScanner(scanner: Scanner): Scanner {
  const { publicKey, place, position: where } = checkObject('scanner', scanner)
  if (where !== undefined) writeShape(position, where, 'scanner.position')
  return {
    publicKey: copyBytes('scanner.publicKey', publicKey, 32),
    place: checkText('scanner.place', place, MAX_PLACE_LENGTH),
    position: where,
  }
}
