import type { Bytes } from '../lib/bytes.ts'
import { LOWER, MAX_DIGITS, type NumberModel, SECOND } from './number-model.ts'
import { HOLDS_AN_ODD_BYTE, NARROW } from './range-decoder.ts'

const RANGE = 0
const LOW = 1

/** Writes what a range decoder reads, with carry propagation: the one spelling of the numbers. */
export class RangeEncoder {
  readonly #bytes: number[] = []
  readonly #state = Uint32Array.of(2 ** 32 - 1, 0)

  /** Codes a whole number from 0 to 2^53 − 1. */
  number(model: NumberModel, value: number): void {
    const digits = value === 0 ? '' : value.toString(2)
    const count = digits.length
    for (let n = 0; n < count; n++) this.#bit(model, n, 1)
    if (count < MAX_DIGITS) this.#bit(model, count, 0)
    if (count > 1) this.#bit(model, SECOND + count, Number(digits[1]))
    for (let at = 2; at < count; at++) this.#bit(model, LOWER + count - 1 - at, Number(digits[at]))
  }

  /** The coded bytes. They end with the lowest odd byte that keeps the fraction inside the interval. */
  finish(): Bytes {
    if (this.#state[RANGE]! < HOLDS_AN_ODD_BYTE) this.#shift()
    const last = Math.ceil(this.#state[LOW]! / 2 ** 24) | 1
    if (last > 255) this.#carry()
    this.#bytes.push(last & 255)
    return Uint8Array.from(this.#bytes)
  }

  #bit(model: NumberModel, slot: number, bit: number): void {
    const state = this.#state
    const bound = Math.imul(state[RANGE]! >>> 16, model.zero[slot]!) >>> 0
    if (bit === 0) state[RANGE] = bound
    else {
      state[RANGE]! -= bound
      state[LOW]! += bound
      if (state[LOW]! < bound) this.#carry()
    }
    model.learn(slot, bit)
    while (state[RANGE]! < NARROW) {
      this.#shift()
      state[RANGE]! <<= 8
    }
  }

  /** Moves the leading byte of `low` to the coded bytes. */
  #shift(): void {
    this.#bytes.push(this.#state[LOW]! >>> 24)
    this.#state[LOW]! <<= 8
  }

  /** Adds one to the coded bytes. The fraction stays below 1, so one of them is below 255. */
  #carry(): void {
    let last = this.#bytes.length - 1
    while (this.#bytes[last] === 255) this.#bytes[last--] = 0
    this.#bytes[last]! += 1
  }
}
