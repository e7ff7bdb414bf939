/**
 * What a range coder has learned of one kind of whole number, gaps or lengths: for each of its binary
 * decisions the probability of a 0 (docs/spec/revocation.md, "Serial set"). Encoder and decoder learn the same way.
 */
export class NumberModel {
  /** A slot's probability of a 0 in 1/65536, from 1 to 65535. */
  readonly zero = new Uint16Array(SLOTS).fill(32768).fill(16384, 0, MAX_DIGITS)
  /** The slot's next decision moves its probability by one part in this many. */
  readonly step = new Uint8Array(SLOTS).fill(8).fill(2, 0, MAX_DIGITS)

  /** Moves the slot's probability towards the bit that came. As a step is 2 or more, it never reaches 0 or 1. */
  learn(slot: number, bit: number): void {
    const zero = this.zero[slot]!
    const step = this.step[slot]!
    const goal = bit === 0 ? 65536 : 0
    this.zero[slot] = zero + (((goal - zero) / step) | 0)
    if (step < SMALLEST_STEP) this.step[slot] = step + 1
  }
}

/** Serials are below 2^53, so no number has more binary digits. */
export const MAX_DIGITS = 53

// Slot n asks whether the number has n digits (0) or more (1).

/** Slot SECOND + n is the digit after the leading 1 in numbers of n digits. */
export const SECOND = MAX_DIGITS
/** Slot LOWER + p is the digit of weight 2^p, where it comes after the second. */
export const LOWER = SECOND + MAX_DIGITS + 1
const SLOTS = LOWER + MAX_DIGITS - 2

/** From here on a decision moves its probability by 1/255 of the way. */
const SMALLEST_STEP = 255
