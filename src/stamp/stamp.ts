import { type CborValue, copyValue } from '../codec/cbor-value.ts'
import { isMap } from '../lib/brand.ts'
import { checkBytes, checkFields, checkInteger, copyBytes, type Fields } from '../lib/checks.ts'
import { dayOf } from '../lib/dates.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'

/** The facts that a stamp states (SPEC.md, "Payload"). */
export interface Stamp {
  /** The facility that made it: 0 to 2^53 − 1; below 65536 a catalogue id, otherwise a whole GLN. */
  readonly facility: number
  /** What it is: 0 to 2^53 − 1; below 65536 a catalogue id, otherwise a whole GTIN. */
  readonly product: number
  /** Which one: 0 to 2^53 − 1, never used twice for one facility and product. */
  readonly serial: number
  /** Batch or lot number: 1 to 20 characters of GS1's set 82. */
  readonly lot?: string | undefined
  /** The day it was made, `YYYY-MM-DD`. */
  readonly made?: string | undefined
  /** The last day on which it is good, `YYYY-MM-DD` in UTC. */
  readonly expires?: string | undefined
  /** 8 to 16 bytes: the commitment to a hidden code. */
  readonly seal?: Uint8Array | undefined
  /** Claims 16 to 23, which a verifier may ignore, as they came. */
  readonly extensions?: ReadonlyMap<number, CborValue> | undefined
}

export const MAX_KEY_ID = 65_535
export const MAX_ID = Number.MAX_SAFE_INTEGER

const LOT = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/

const FIELDS: Fields<Stamp> = {
  facility: true,
  product: true,
  serial: true,
  lot: true,
  made: true,
  expires: true,
  seal: true,
  extensions: true,
}

/** True for 1 to 20 characters of GS1's set 82 (General Specifications, figure 7.11-1), as AI (10) has them. */
export const isLot = (text: string): boolean => LOT.test(text)

/**
 * Checks a stamp before it is signed.
 * @throws ArgumentTypeError or ArgumentRangeError naming the field
 */
export function checkStamp(stamp: Stamp): Stamp {
  checkFields('stamp', stamp, FIELDS)
  checkInteger('facility', stamp.facility, 0, MAX_ID)
  checkInteger('product', stamp.product, 0, MAX_ID)
  checkInteger('serial', stamp.serial, 0, MAX_ID)
  if (stamp.lot !== undefined) checkLot(stamp.lot)
  if (stamp.seal !== undefined) checkSeal(stamp.seal)
  checkDates(stamp.made, stamp.expires)
  if (stamp.extensions !== undefined) checkExtensions(stamp.extensions)
  return stamp
}

/** A checked stamp, with nothing of it shared: what was signed stays so, whatever becomes of the caller's. */
export function ownStamp({ facility, product, serial, lot, made, expires, seal, extensions }: Stamp): Stamp {
  const own: { -readonly [Field in keyof Stamp]: Stamp[Field] } = { facility, product, serial }
  if (lot !== undefined) own.lot = lot
  if (made !== undefined) own.made = made
  if (expires !== undefined) own.expires = expires
  if (seal !== undefined) own.seal = copyBytes('seal', seal)
  if (extensions !== undefined) own.extensions = copyValue(extensions as CborValue) as typeof extensions
  return own
}

function checkLot(lot: unknown): void {
  const expected = "1 to 20 characters of GS1's set 82"
  if (typeof lot !== 'string') throw argumentType('lot', expected, lot)
  if (!isLot(lot)) throw argumentRange('lot', expected, lot)
}

function checkSeal(seal: unknown): void {
  const { length } = checkBytes('seal', seal)
  if (length < 8 || length > 16) throw argumentRange('seal', '8 to 16 bytes', seal)
}

function checkExtensions(extensions: unknown): void {
  if (!isMap(extensions)) throw argumentType('extensions', 'a Map', extensions)
  for (const key of extensions.keys()) checkInteger('extensions key', key, 16, 23)
}

function checkDates(made: unknown, expires: unknown): void {
  const from = made === undefined ? 0 : dayOf('made', made)
  if (expires !== undefined && dayOf('expires', expires) < from) {
    throw argumentRange('expires', 'a day not before `made`', expires)
  }
}
