import { Malformed } from '../lib/errors.ts'
import { LOWER, MAX_DIGITS, type NumberModel, SECOND } from './number-model.ts'

/** Below this the interval is widened by a byte. */
export const NARROW = 2 ** 24
/** From here on the interval is sure to hold a fraction that ends, within its first byte, in an odd byte. */
export const HOLDS_AN_ODD_BYTE = 2 ** 25

// A Uint32Array holds the coder's two numbers, because engines would box those above 2^31.
const RANGE = 0
const CODE = 1

/** Reads what RangeEncoder writes, and refuses whatever it doesn't: numbers have one spelling. */
export interface RangeDecoder {
  /** Reads a whole number from 0 to 2^53 − 1. @throws Malformed where the bytes end before it does */
  number(model: NumberModel): number
  /**
   * To be called after the last number.
   * @throws Malformed unless the encoder writes these very bytes for the same numbers: as many, the last one
   * odd, and no lower fraction with both properties in the interval
   */
  finish(): void
}

/**
 * The decoder of an adaptive binary range coder (docs/spec/revocation.md, "Serial set"; after G. N. N. Martin, "Range
 * encoding", 1979, and the coder of LZMA). The coded bytes are the digits of a fraction; every decision narrows
 * the interval [low, low + range) of the fractions that still decode alike. The decoder keeps the fraction less
 * `low`, which is below the range, always.
 * @throws Malformed for a fraction outside the first interval
 */
export function rangeDecoder(bytes: Uint8Array): RangeDecoder {
  const state = Uint32Array.of(2 ** 32 - 1, 0)
  let position = 0

  /** Takes in a byte; past the end up to three zeros, which stand for digits that no whole data depends on. */
  function shift(): void {
    if (position === bytes.length + 3) throw new Malformed('serial_set_truncated')
    state[CODE] = (state[CODE]! << 8) | (bytes[position++] ?? 0)
  }

  function bit(model: NumberModel, slot: number): number {
    const bound = Math.imul(state[RANGE]! >>> 16, model.zero[slot]!) >>> 0
    const bit = state[CODE]! < bound ? 0 : 1
    if (bit === 0) state[RANGE] = bound
    else {
      state[RANGE]! -= bound
      state[CODE]! -= bound
    }
    model.learn(slot, bit)
    while (state[RANGE]! < NARROW) {
      shift()
      state[RANGE]! <<= 8
    }
    return bit
  }

  while (position < 4) shift()
  if (state[CODE] === state[RANGE]) throw new Malformed('serial_set_spelling')
  return {
    number(model) {
      let digits = 0
      while (digits < MAX_DIGITS && bit(model, digits) === 1) digits++
      if (digits < 2) return digits
      let value = 2 + bit(model, SECOND + digits)
      for (let place = digits - 3; place >= 0; place--) value = value * 2 + bit(model, LOWER + place)
      return value
    },
    finish() {
      const zerosRead = state[RANGE]! < HOLDS_AN_ODD_BYTE ? 2 : 3
      const isWhole = position === bytes.length + zerosRead
      const isOdd = bytes[bytes.length - 1]! % 2 === 1
      if (!isWhole || !isOdd || state[CODE]! >= 2 ** (8 * zerosRead + 1)) {
        throw new Malformed('serial_set_spelling')
      }
    },
  }
}
