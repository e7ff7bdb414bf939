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
    const high = Math.floor(value / 2 ** 32)
    const low = value >>> 0
    const digits = high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(low)

    for (let n = 0; n < digits; n++) this.#bit(model, n, 1)
    if (digits < MAX_DIGITS) this.#bit(model, digits, 0)
    if (digits > 1) this.#bit(model, SECOND + digits, digitAt(high, low, digits - 2))
    for (let place = digits - 3; place >= 0; place--) {
      this.#bit(model, LOWER + place, digitAt(high, low, place))
    }
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

const digitAt = (high: number, low: number, place: number): number =>
  (place < 32 ? low >>> place : high >>> (place - 32)) & 1
