import { text } from '../codec/shape.ts'

/**
 * Where scans are made, as trust lists, scan logs and set-ups call it (docs/spec/trust-lists.md, "The trust list").
 */

/**
 * The longest name of a place, in UTF-16 units: everywhere that a place is named.
 * @example
 * ```ts
 * import { MAX_PLACE_LENGTH } from 'veristamp/scanlog'
 *
 * MAX_PLACE_LENGTH // → 200
 * ```
 */
export const MAX_PLACE_LENGTH = 200

/** What a place is called, for people: 1 to 200 UTF-16 units. */
export const place = text(MAX_PLACE_LENGTH)

const DECIMALS = '(\\.\\d+)?'
/** Up to 90 degrees, then up to 180, both ends included. */
const LATITUDE = `[+-]([0-8]\\d${DECIMALS}|90(\\.0+)?)`
const LONGITUDE = `[+-]((0\\d|1[0-7])\\d${DECIMALS}|180(\\.0+)?)`

/** Latitude and longitude in degrees as ISO 6709 writes them, at most 24 units: `+20.9517+107.0748`. */
export const position = text(24, new RegExp(`^${LATITUDE}${LONGITUDE}$`))
