import { encodeCbor } from '../../src/codec/cbor.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import type { ScanLog, ScanLogOptions, ScannedVerdict } from '../../src/scanlog/api.ts'
import type { Evidence, Sightings } from '../../src/scanlog/evidence.ts'
import { openScanLog } from '../../src/scanlog/scan-log.ts'
import type { Scanner, ScannerList } from '../../src/scanlog/scanner.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { AUTHORITY, fastEngine, keyOf } from '../support/trust-lists.ts'

/** Scans as a verifier hands them to a log, and the province's scanners. */

/** Hạ Long, Hà Nội (some 125 km away) and a place whose position nobody knows. */
export const HERE = 'Bến xe Bãi Cháy'
export const HANOI = 'Chợ Đồng Xuân'
export const NOWHERE = 'Xe bán hàng'

const POSITIONS: Readonly<Record<string, string>> = {
  [HERE]: '+20.9606+107.0448',
  [HANOI]: '+21.0385+105.8497',
}

export const scannerOf = (place: string, key = place): Scanner => ({
  publicKey: keyOf(key).publicKey,
  place,
  ...(POSITIONS[place] && { position: POSITIONS[place] }),
})

export const scanners: ScannerList = {
  authority: AUTHORITY,
  scanners: [HERE, HANOI, NOWHERE].map((place) => scannerOf(place)),
}

export const openLog = (options: Partial<ScanLogOptions> = {}): Promise<ScanLog> =>
  openScanLog({ place: HERE, trustLists: [scanners], engine: fastEngine, ...options })

export interface Scanned {
  readonly text: string
  readonly stamp: NonNullable<ScannedVerdict['stamp']>
}

/** A code that no key has signed: a log asks for none. `variant` makes another payload of the same stamp. */
export function codeOf(serial: number, variant = 0, resigned = 0): Scanned {
  const stamp = { facility: 12, product: 104, serial }
  const payload = encodeCbor([variant, stamp.facility, stamp.product, serial])
  const signature = new Uint8Array(64).fill(1 + variant + resigned)
  return { text: encodeText(concatBytes(payload, signature), 'base45'), stamp }
}

export const START = Date.parse('2026-03-01T08:00:00Z') / 1000

/** The moment so many seconds after the first. */
export const at = (seconds: number): Date => new Date((START + seconds) * 1000)

export const verdictOf = (
  { stamp }: Scanned,
  seconds: number,
  changes: Partial<ScannedVerdict> = {},
): ScannedVerdict => ({ status: 'valid', checkedAt: at(seconds), authority: AUTHORITY, stamp, ...changes })

export const scan = (
  log: ScanLog,
  code: Scanned,
  seconds: number,
  changes?: Partial<ScannedVerdict>,
): Evidence => log.scan(code.text, verdictOf(code, seconds, changes))

export const look = (log: ScanLog, code: Scanned, seconds: number): Evidence =>
  log.look(code.text, verdictOf(code, seconds))

export const seen = (count: number, first: number, last: number): Sightings => ({
  count,
  first: at(first),
  last: at(last),
})

export const exported = (log: ScanLog, key: string, seconds = 0): Promise<Uint8Array> =>
  log.export(keyOf(key), { authority: AUTHORITY, now: at(seconds) })

export const MINUTE = 60
export const HOUR = 3600
export const DAY = 86_400
