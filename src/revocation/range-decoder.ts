import { Malformed } from '../lib/errors.ts'
import { LOWER, MOST_DIGITS, type NumberModel, SECOND } from './number-model.ts'

/** Below this the interval is widened by a byte. */
export const NARROW = 2 ** 24
/** From here on the interval is sure to hold a fraction that ends, within its first byte, in an odd byte. */
export const HOLDS_AN_ODD_BYTE = 2 ** 25

// A Uint32Array holds the coder's two numbers, because engines would box those above 2^31.
const RANGE = 0
const CODE = 1

/**
 * The decoder of an adaptive binary range coder (SPEC.md, "Serial set"; after G. N. N. Martin, "Range
 * encoding", 1979, and the coder of LZMA). The coded bytes are the digits of a fraction; every decision narrows
 * the interval [low, low + range) of the fractions that still decode alike. The decoder keeps the fraction less
 * `low`, and refuses whatever the encoder doesn't write: a set has one spelling.
 */
export class RangeDecoder {
  readonly #bytes: Uint8Array
  #position = 0
  /** CODE is below RANGE, always. */
  readonly #state = Uint32Array.of(2 ** 32 - 1, 0)

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    for (let i = 0; i < 4; i++) this.#shift()
    if (this.#state[CODE] === this.#state[RANGE]) throw new Malformed('serial_set_spelling')
  }

  /** Reads a whole number from 0 to 2^53 − 1. @throws Malformed where the bytes end before it does */
  number(model: NumberModel): number {
    let digits = 0
    while (digits < MOST_DIGITS && this.#bit(model, digits) === 1) digits++
    if (digits < 2) return digits
    let value = 2 + this.#bit(model, SECOND + digits)
    for (let place = digits - 3; place >= 0; place--) value = value * 2 + this.#bit(model, LOWER + place)
    return value
  }

  /**
   * To be called after the last number.
   * @throws Malformed unless the encoder writes these very bytes for the same numbers: as many, the last one
   * odd, and no lower fraction with both properties in the interval
   */
  finish(): void {
    const zerosRead = this.#state[RANGE]! < HOLDS_AN_ODD_BYTE ? 2 : 3
    const isWhole = this.#position === this.#bytes.length + zerosRead
    const isOdd = this.#bytes[this.#bytes.length - 1]! % 2 === 1
    if (!isWhole || !isOdd || this.#state[CODE]! >= 2 ** (8 * zerosRead + 1)) {
      throw new Malformed('serial_set_spelling')
    }
  }

  #bit(model: NumberModel, slot: number): number {
    const state = this.#state
    const bound = Math.imul(state[RANGE]! >>> 16, model.zero[slot]!) >>> 0
    const bit = state[CODE]! < bound ? 0 : 1
    if (bit === 0) state[RANGE] = bound
    else {
      state[RANGE]! -= bound
      state[CODE]! -= bound
    }
    model.learn(slot, bit)
    while (state[RANGE]! < NARROW) {
      this.#shift()
      state[RANGE]! <<= 8
    }
    return bit
  }

  /** Takes in a byte; past the end up to three zeros, which stand for digits that no whole data depends on. */
  #shift(): void {
    const at = this.#position++
    if (at >= this.#bytes.length + 3) throw new Malformed('serial_set_truncated')
    this.#state[CODE] = (this.#state[CODE]! << 8) | (this.#bytes[at] ?? 0)
  }
}
