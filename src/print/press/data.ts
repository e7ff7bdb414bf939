import { countBits, type Segment } from '../segment.ts'

/** Segments to data codewords (ISO/IEC 18004 §7.4). */

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const MODE = { numeric: 0b0001, alphanumeric: 0b0010, byte: 0b0100 } as const
const PAD = [0xec, 0x11] as const

/** The value of a letter by its character code. */
const letterValues = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(LETTERS.indexOf(String.fromCharCode(code)), 0),
)

/** Fills `codewords` with the segments, the terminator and padding. They fit: `bitsIn` says so beforehand. */
export function writeData(segments: readonly Segment[], version: number, codewords: Uint8Array): void {
  const writer = new BitWriter(codewords)
  for (const { mode, data } of segments) {
    writer.put(MODE[mode], 4)
    writer.put(data.length, countBits(mode, version))
    if (mode === 'numeric') writeDigits(writer, data)
    else if (mode === 'alphanumeric') writeLetters(writer, data)
    else for (let i = 0; i < data.length; i++) writer.put(data.charCodeAt(i), 8)
  }
  let pad = 0
  for (let at = writer.finish(); at < codewords.length; at++) codewords[at] = PAD[pad++ & 1]!
}

function writeDigits(writer: BitWriter, digits: string): void {
  const whole = digits.length - (digits.length % 3)
  for (let i = 0; i < whole; i += 3) {
    const three = digits.charCodeAt(i) * 100 + digits.charCodeAt(i + 1) * 10 + digits.charCodeAt(i + 2)
    writer.put(three - 111 * 48, 10)
  }
  const left = digits.length - whole
  if (left > 0) writer.put(Number(digits.slice(whole)), left === 1 ? 4 : 7)
}

function writeLetters(writer: BitWriter, letters: string): void {
  const whole = letters.length & ~1
  for (let i = 0; i < whole; i += 2) {
    writer.put(letterValues[letters.charCodeAt(i)]! * 45 + letterValues[letters.charCodeAt(i + 1)]!, 11)
  }
  if (whole < letters.length) writer.put(letterValues[letters.charCodeAt(whole)]!, 6)
}

/** Writes numbers bit after bit, the highest first. */
class BitWriter {
  readonly #bytes: Uint8Array
  #at = 0
  #held = 0
  #count = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** `value` in `count` bits, 16 at most. */
  put(value: number, count: number): void {
    let held = (this.#held << count) | value
    let left = this.#count + count
    while (left >= 8) {
      left -= 8
      this.#bytes[this.#at++] = held >> left
    }
    held &= (1 << left) - 1
    this.#held = held
    this.#count = left
  }

  /** The terminator: up to four zero bits, then zeros to a whole byte. Returns the bytes written. */
  finish(): number {
    const room = (this.#bytes.length - this.#at) * 8 - this.#count
    this.put(0, Math.min(4, room))
    if (this.#count > 0) this.put(0, 8 - this.#count)
    return this.#at
  }
}
