import { decodeCborSequence } from '../codec/cbor.ts'
import { encodeHead, MAP, TEXT, UNSIGNED } from '../codec/cbor-head.ts'
import { weightedSum } from '../codec/check-digit.ts'
import { decodeDigits, encodeDigits } from '../codec/digits.ts'
import type { Bytes } from '../lib/bytes.ts'
import { asciiBytes, concatBytes } from '../lib/bytes.ts'
import { DAY_MS, dateOf } from '../lib/dates.ts'
import { argumentRange, Malformed } from '../lib/errors.ts'
import { decodePayload, isLaterVersion, MAX_CODE_LENGTH, SIGNATURE_LENGTH, splitCode } from './code.ts'
import { EXPIRES, LOT, MADE } from './payload.ts'
import { checkLinkPrefix, isLinkPrefix } from './prefix.ts'
import { isLot, MAX_ID, type Stamp } from './stamp.ts'

/**
 * A code as a GS1 Digital Link, one symbol for a till, a phone and a verifier (docs/spec/gs1-links.md, "The link"):
 * `<prefix>01/<GTIN>[/10/<lot>]/21/<serial>?[11=YYMMDD&][17=YYMMDD&]v=<digits>`.
 *
 * Product, serial, lot and days stand in the link and nowhere else; `v` has the rest of the payload, and the signature.
 * The reader puts the payload together again, so nothing in the link can differ from what was signed.
 */

/** The longest text: prefix, GTIN, lot, serial, both days and 463 digits. */
export const MAX_LINK_LENGTH = 576

/** Ids below are a catalogue's, and no GTIN. */
const FIRST_GTIN = 65_536

/** The items of a payload as they are spelled, without its head. */
interface PayloadItems {
  readonly keyId: Uint8Array
  readonly facility: Uint8Array
  readonly product: Uint8Array
  readonly serial: Uint8Array
  /** Keys and values in turn. */
  readonly claims: readonly Uint8Array[]
}

/** What stands in `v` begins with one of these; a payload never does. */
const PLAIN_REST = 0x82
const CLAIMING_REST = 0x83

/**
 * The link of a code of this version.
 * @throws an argument error for a prefix that `isLinkPrefix` refuses, and for a stamp that no link can say: a product that
 * is no GTIN, a lot `.` or `..`, a day outside 2000 to 2099
 */
export function encodeLink(code: Uint8Array, prefix: string): string {
  const { payload, signature } = splitCode(code)
  const { stamp } = decodePayload(payload)
  const { keyId, facility, claims } = itemsOf(payload)
  const rest = claims.filter((_, index) => !isInLink(claims[index - (index % 2)]!))
  const head = Uint8Array.of(rest.length === 0 ? PLAIN_REST : CLAIMING_REST)
  const v = encodeDigits(concatBytes(head, keyId, facility, ...mapOf(rest), signature))
  return `${checkLinkPrefix(prefix)}${pathOf(stamp)}?${attributesOf(stamp)}v=${v}`
}

function pathOf({ product, serial, lot }: Stamp): string {
  const gtin = String(product).padStart(14, '0')
  if (!isGtin(gtin)) throw argumentRange('stamp.product', 'a GTIN, for a link of GS1', product)
  if (lot === '.' || lot === '..') throw argumentRange('stamp.lot', 'a lot that is no step of a path', lot)
  return `01/${gtin}${lot === undefined ? '' : `/10/${encodeLot(lot)}`}/21/${serial}`
}

function attributesOf({ made, expires }: Stamp): string {
  const attribute = (key: string, name: 'made' | 'expires', day: string | undefined): string => {
    if (day === undefined) return ''
    if (!/^20\d\d-/.test(day)) throw argumentRange(`stamp.${name}`, 'a day from 2000 to 2099', day)
    return `${key}=${day.slice(2).replaceAll('-', '')}&`
  }
  return attribute('11', 'made', made) + attribute('17', 'expires', expires)
}

/** The code that a link carries, and its prefix. @throws Malformed with a detail that begins `gs1_` */
export function decodeLink(text: string): { readonly code: Bytes; readonly prefix: string } {
  if (text.length > MAX_LINK_LENGTH) throw new Malformed('text_length')
  const link = LINK.exec(text)
  if (link === null) throw new Malformed('gs1_link')
  const [, prefix, gtin, lot, serial, made, expires, digits] = link
  if (!isLinkPrefix(prefix!)) throw new Malformed('text_prefix')
  if (!isGtin(gtin!)) throw new Malformed('gs1_gtin')
  if (!isSerial(serial!)) throw new Malformed('gs1_serial')
  const claims = [
    ...(lot === undefined ? [] : [encodeUint(LOT), encodeAscii(decodeLot(lot))]),
    ...(made === undefined ? [] : [encodeUint(MADE), encodeUint(decodeDay(made))]),
    ...(expires === undefined ? [] : [encodeUint(EXPIRES), encodeUint(decodeDay(expires))]),
  ]
  const ids = { product: encodeUint(Number(gtin)), serial: encodeUint(Number(serial)) }
  return { prefix: prefix!, code: codeOf(decodeDigits(digits!), ids, claims) }
}

/**
 * What GS1 wants in letters beside a symbol (General Specifications §4.14), a line each: `(01)08935000000120`, `(10)L-7`,
 * `(11)260131 (17)270131`, `(21)90001`. Undefined for a text that is no link.
 */
export function elementLines(text: string): string[] | undefined {
  const link = text.includes('?') ? LINK.exec(text) : null
  if (link === null) return undefined
  const [, , gtin, lot, serial, made, expires] = link
  const element = (key: string, value: string | undefined) =>
    value === undefined ? [] : [`(${key})${value}`]
  const days = [...element('11', made), ...element('17', expires)].join(' ')
  return [
    ...element('01', gtin),
    ...element('10', lot && decodePercent(lot)),
    ...(days === '' ? [] : [days]),
    ...element('21', serial),
  ]
}

/** Every part in its one place. Lot and serial are taken as they come, so that the answer can say which of them is wrong. */
const LINK = /^(.*\/)01\/(\d{14})(?:\/10\/([^/?]+))?\/21\/([^/?]+)\?(?:11=(\d{6})&)?(?:17=(\d{6})&)?v=(\d+)$/

/** The code, put together from what stands in `v` and in the rest of the link. */
function codeOf(
  v: Uint8Array,
  ids: Pick<PayloadItems, 'product' | 'serial'>,
  linkClaims: readonly Uint8Array[],
): Bytes {
  const end = v.length - SIGNATURE_LENGTH
  if (end < 3 || v.length > MAX_CODE_LENGTH) throw new Malformed('code_length')
  if (isLaterVersion(v)) return new Uint8Array(v)
  const hasClaims = v[0] === CLAIMING_REST
  if (!hasClaims && v[0] !== PLAIN_REST) throw new Malformed('code_version')
  const items = decodeCborSequence(v.subarray(1, end), 3)
  const [keyId, facility, map] = items
  if (items.length !== (hasClaims ? 3 : 2)) throw new Malformed('payload_shape')
  const rest = map === undefined ? [] : claimsIn(map)
  if (rest.some((key, index) => index % 2 === 0 && isInLink(key))) throw new Malformed('gs1_claim')
  const claims = [...linkClaims, ...rest]
  const head = Uint8Array.of(claims.length === 0 ? 0x84 : 0x85)
  const { product, serial } = ids
  return concatBytes(
    ...[head, keyId!.bytes, facility!.bytes, product, serial, ...mapOf(claims)],
    v.subarray(end),
  )
}

/** The items of a payload that was read. */
function itemsOf(payload: Uint8Array): PayloadItems {
  const [keyId, facility, product, serial, map] = decodeCborSequence(payload.subarray(1), 5)
  return {
    keyId: keyId!.bytes,
    facility: facility!.bytes,
    product: product!.bytes,
    serial: serial!.bytes,
    claims: map === undefined ? [] : claimsIn(map),
  }
}

type Item = ReturnType<typeof decodeCborSequence>[number]

/** Keys and values of a map in turn, as they are spelled: its head takes one byte. */
function claimsIn({ value, bytes }: Item): Uint8Array[] {
  if (!(value instanceof Map) || value.size === 0 || value.size > MAX_CLAIMS)
    throw new Malformed('payload_claims')
  return decodeCborSequence(bytes.subarray(1), 2 * MAX_CLAIMS).map((item) => item.bytes)
}

/** A map's head takes one byte up to this. Keys go to 23. */
const MAX_CLAIMS = 23

const mapOf = (claims: readonly Uint8Array[]): Uint8Array[] => {
  if (claims.length > 2 * MAX_CLAIMS) throw new Malformed('payload_claims')
  return claims.length === 0 ? [] : [encodeHead(MAP, claims.length / 2), ...claims]
}

const encodeUint = (value: number): Bytes => encodeHead(UNSIGNED, value)

/** A lot: each of its letters is one byte. */
const encodeAscii = (text: string): Bytes => concatBytes(encodeHead(TEXT, text.length), asciiBytes(text))

/** True for the keys of claims that stand in the link: they take one byte. */
const isInLink = (key: Uint8Array): boolean => key[0] === LOT || key[0] === MADE || key[0] === EXPIRES

const isGtin = (gtin: string): boolean =>
  gtin.length === 14 && Number(gtin) >= FIRST_GTIN && weightedSum(gtin) === 0

/** A number is compared as a text before it becomes one. */
const isSerial = (serial: string): boolean =>
  /^(0|[1-9]\d{0,15})$/.test(serial) && (serial.length < 16 || serial <= String(MAX_ID))

/** A lot as it is spelled in a path. Letters that no lot has stay as they are. */
export const encodeLot = (lot: string): string =>
  lot.replace(/[!-,/:-?]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/** The letters that percent-sequences stand for, each decoded once. */
export const decodePercent = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

function decodeLot(spelled: string): string {
  const lot = decodePercent(spelled)
  if (!isLot(lot) || lot === '.' || lot === '..' || encodeLot(lot) !== spelled) throw new Malformed('gs1_lot')
  return lot
}

/** Days since 1970-01-01 of YYMMDD in this century. */
function decodeDay(text: string): number {
  const [year, month, day] = text.match(/../g)!.map(Number) as [number, number, number]
  const days = Date.UTC(2000 + year, month - 1, day) / DAY_MS
  // Date.UTC moves 31 February to March.
  if (dateOf(days).slice(2).replaceAll('-', '') !== text) throw new Malformed('gs1_day')
  return days
}
