import { encodeCbor } from '../codec/cbor.ts'
import type { CborValue } from '../codec/cbor-value.ts'
import { encodeCrockfordGroups } from '../codec/crockford.ts'
import { countFields, jsonToCbor, parseJson } from '../codec/json-fields.ts'
import { optional, record, type Shape, text } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { authority } from '../document/header.ts'
import { place } from '../document/place.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { anyText } from '../lib/arguments.ts'
import { isPlain } from '../lib/brand.ts'
import { compareBytes, toHex } from '../lib/bytes.ts'
import { signedMessage } from '../lib/contexts.ts'
import { isMalformed, type Malformed } from '../lib/errors.ts'
import { keyOfText } from './key-text.ts'
import { ADDRESS, aPins, MAX_ADDRESS_LENGTH, type Pins } from './pins-argument.ts'
import { roots, type VersionedRoots } from './roots.ts'

export type { Pins }

/** Why a text is no pins: stable, one for each rule (docs/spec/pins.md, "Pins"). */
export type PinsReason =
  | 'too_long'
  | 'not_json'
  | 'wrong_kind'
  | 'repeated_field'
  | 'unknown_field'
  | 'bad_field'

export type DecodedPins =
  | { readonly ok: true; readonly pins: Pins & { readonly roots: VersionedRoots } }
  | {
      readonly ok: false
      readonly reason: PinsReason
      /** The field, or the kind that the text says it is of. For people, and not stable. */
      readonly detail?: string | undefined
    }

/** In UTF-16 units: longer texts are refused by their length alone. */
export const MAX_PINS_LENGTH = 16_384

const KIND = 'veristamp-pins'
/** The second is what 0.1 called them. */
const KINDS: readonly unknown[] = [KIND, 'veristamp-kiosk-setup']
const FINGERPRINT_LENGTH = 10

const shape: Shape<Pins> = record<Pins>({
  authority,
  roots,
  lists: optional(text(MAX_ADDRESS_LENGTH, ADDRESS)),
  place: optional(place),
})

/** Pins that a verifier can have. @throws an argument error naming what is wrong */
export function checkPins(pins: Pins, place = 'pins'): Pins & { readonly roots: VersionedRoots } {
  const given = aPins(place, pins)
  encodeCbor(writeShape(shape, given, place))
  return given
}

/**
 * What people compare before a verifier believes its pins: 16 letters in groups of four, as in
 * `0123-4567-89AB-CDEF` (docs/spec/pins.md, "Pins"). It covers the authority and its roots, which decide whom the verifier believes;
 * the order of the keys doesn't matter.
 * @throws ArgumentTypeError or ArgumentRangeError for pins that no verifier can have
 * @example
 * ```ts
 * import { fingerprintOf } from 'veristamp/authority'
 *
 * fingerprintOf({ authority, roots }) // → 'H…'
 * ```
 */
export function fingerprintOf(pins: Pins): string {
  const { authority: id, roots } = checkPins(pins)
  const said = encodeCbor([id, roots.version, roots.threshold, [...roots.keys].sort(compareBytes)])
  const digest = sha256(signedMessage('veristamp:pins-1', said))
  return encodeCrockfordGroups(digest.subarray(0, FINGERPRINT_LENGTH))
}

/**
 * Writes pins as JSON, for a file, a QR code on paper or an app. The same pins always make the same text: the keys
 * are in ascending order.
 * @throws ArgumentTypeError or ArgumentRangeError for pins that no verifier can have
 * @example
 * ```ts
 * import { decodePins, encodePins } from 'veristamp/authority'
 *
 * const text = encodePins({ authority, roots, lists: 'https://tem.example/lists/' })
 * decodePins(text).ok // → true
 * ```
 */
export function encodePins(pins: Pins): string {
  const { authority, roots, lists, place } = checkPins(pins)
  const { version, threshold } = roots
  const keys = [...roots.keys].sort(compareBytes).map(toHex)
  const said = { kind: KIND, authority, roots: { version, threshold, keys }, lists, place }
  return `${JSON.stringify(said, null, 2)}\n`
}

/**
 * Reads pins that `encodePins` or version 0.1's `veristamp trust pins` wrote. Compare their fingerprint with the
 * authority's paper before you believe them.
 * @returns the pins, or the reason why the text is none; never throws for any text
 * @example
 * ```ts
 * import { decodePins } from 'veristamp'
 *
 * decodePins('{"kind":"veristamp-backup"}') // → { ok: false, reason: 'wrong_kind', detail: 'veristamp-backup' }
 * ```
 */
export function decodePins(text: string): DecodedPins {
  anyText('text', text)
  if (text.length > MAX_PINS_LENGTH) return { ok: false, reason: 'too_long' }
  const json = parseJson(text)
  if (!isPlain(json)) return { ok: false, reason: 'not_json' }
  const { kind, ...fields } = json as Fields
  if (!KINDS.includes(kind)) {
    return { ok: false, reason: 'wrong_kind', ...(typeof kind === 'string' && { detail: kind }) }
  }
  return decodeFields(text, fields)
}

/** True for a text that says that it holds pins, whether or not it can be read. */
export const saysPins = (text: string): boolean =>
  text.length <= MAX_PINS_LENGTH && KINDS.includes((Object(parseJson(text)) as KindField).kind)

type Fields = Readonly<Record<string, unknown>>
type KindField = { readonly kind?: unknown }

function decodeFields(text: string, fields: Fields): DecodedPins {
  const { roots } = fields
  const inner: Fields = isPlain(roots) ? (roots as Fields) : {}
  const names = [...Object.keys(fields), ...Object.keys(inner).map((name) => `roots.${name}`)]
  const unknown = names.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) return { ok: false, reason: 'unknown_field', detail: unknown }
  // JSON.parse takes the last of two, other readers the first.
  if (countFields(text) > 1 + names.length) return { ok: false, reason: 'repeated_field' }
  try {
    return { ok: true, pins: readShape(shape, asMap({ ...fields, roots: asMap(inner) })) as never }
  } catch (error) {
    if (!isMalformed(error)) throw error
    return { ok: false, reason: 'bad_field', detail: (error as Malformed).detail.replace('field:', '') }
  }
}

const NAMES = ['authority', 'lists', 'place', 'roots', 'roots.version', 'roots.threshold', 'roots.keys']

const asMap = (fields: Fields): CborValue =>
  new Map(Object.entries(fields).map(([name, value]) => [name, asCbor(name, value)]))

function asCbor(name: string, value: unknown): CborValue {
  if (name === 'keys' && Array.isArray(value)) return value.map((key) => keyOfText(key) ?? '')
  return value instanceof Map ? value : jsonToCbor(value)
}
