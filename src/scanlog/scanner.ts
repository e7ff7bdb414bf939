import { writeShape } from '../codec/shape-writer.ts'
import { MAX_PLACE_LENGTH, position } from '../document/place.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, kindOf, listOf, textOf } from '../lib/arguments.ts'
import { checkText, copyBytes } from '../lib/checks.ts'

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

/** What the log keeps of the lists. @throws an argument error for anything but a list of scanners */
export function checkLists(place: string, lists: readonly ScannerList[]): readonly ScannerList[] {
  listOf(aList)(place, lists)
  return lists.map(({ authority, scanners }, i) => ({
    authority: checkText(`${place}[${i}].authority`, authority, 1, 64),
    scanners: scanners.map((scanner, j) => ownScanner(`${place}[${i}].scanners[${j}]`, scanner)),
  }))
}

/** A loaded trust list has more than what the log needs of it. */
const aList = kindOf('a loaded trust list', (value) => Array.isArray(Object(value).scanners))

const fields: ArgumentTable<Scanner> = {
  publicKey: bytesOf(32),
  place: textOf(MAX_PLACE_LENGTH),
  position: ifGiven((place, value) => writeShape(position, value as string, place)),
}

function ownScanner(where: string, scanner: Scanner): Scanner {
  const { publicKey, place, position } = checkTable(where, scanner, fields)
  return { publicKey: copyBytes(`${where}.publicKey`, publicKey, 32), place, position }
}
