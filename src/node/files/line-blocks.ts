import { concatBytes } from '../../lib/bytes.ts'
import { type Encoding, encodingOf, type LineBlock, linesIn } from './file-text.ts'

/** Cuts text files where lines end, before they are decoded: what is cut out, any thread can read. */

/**
 * A text in blocks of whole lines, as its chunks complete them.
 * @param max letters that are wanted of a line: of a much longer one the rest is not kept
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  max: number,
): AsyncGenerator<LineBlock, void> {
  let encoding: Encoding | undefined
  const begun = new BegunLine(BYTES_A_LETTER * max)
  /** The last bytes, which may be half of a line end. */
  let last: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = encoding === undefined ? withoutMark(chunk) : concatBytes(last, chunk)
    encoding ??= encodingOf(chunk)
    const end = endOfLines(bytes, encoding)
    if (end > 0) yield { bytes: begun.endWith(bytes.subarray(0, end)), encoding }
    const whole = bytes.length - (bytes.length % 2) - LONGEST_END
    const split = Math.max(end, whole)
    begun.add(bytes.subarray(end, split))
    last = bytes.subarray(split)
  }
  const bytes = begun.endWith(last)
  if (bytes.length > 0) yield { bytes, encoding: encoding! }
}

/** Bytes: more than any encoding takes for a letter, and for a line end. */
const [BYTES_A_LETTER, LONGEST_END] = [4, 4]

/** UTF-16 begins with FF FE or FE FF, UTF-8 with EF BB BF. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  const [a, b, c] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return bytes.subarray(2)
  return a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes
}

/** A line whose end has not come, with so many bytes of its beginning. */
class BegunLine {
  #parts: Uint8Array[] = []
  #room: number
  readonly #max: number

  constructor(max: number) {
    this.#room = this.#max = max
  }

  add(part: Uint8Array): void {
    if (this.#room === 0 || part.length === 0) return
    const kept = part.subarray(0, this.#room)
    this.#parts.push(kept)
    this.#room -= kept.length
    if (this.#room === 0) this.#parts.push(GAP)
  }

  /** All that is kept of it, and its end; then another may begin. */
  endWith(bytes: Uint8Array): Uint8Array {
    const whole = this.#parts.length === 0 ? bytes : concatBytes(...this.#parts, bytes)
    this.#parts = []
    this.#room = this.#max
    return whole
  }
}

/** Stands for what is left out, so that no bytes on its two sides make a line end. */
const GAP = Uint8Array.of(0x20, 0x20)

/**
 * Where the last whole line ends; 0 where none does. A line end is never a part of another letter, in no encoding, so text
 * may be cut there before it is decoded. A CR that stands last is left: it may be half of a line end.
 */
export function endOfLines(bytes: Uint8Array, encoding: Encoding): number {
  return encoding === 'utf-8' ? endInUtf8(bytes) : endInUtf16(bytes, encoding === 'utf-16be' ? 0 : 1)
}

const [LF, CR] = [10, 13]

function endInUtf8(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at]
    if (byte === LF || (byte === CR && at < bytes.length - 1)) return at + 1
    // U+0085 is C2 85, U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
    if (byte === 0x85 && bytes[at - 1] === 0xc2) return at + 1
    if ((byte === 0xa8 || byte === 0xa9) && bytes[at - 1] === 0x80 && bytes[at - 2] === 0xe2) return at + 1
  }
  return 0
}

/** @param high where the greater byte of a letter stands: 0 or 1 */
function endInUtf16(bytes: Uint8Array, high: number): number {
  const units = bytes.length - (bytes.length % 2)
  for (let at = units - 2; at >= 0; at -= 2) {
    const letter = 256 * bytes[at + high]! + bytes[at + 1 - high]!
    if (letter === LF || (letter === CR && at < units - 2)) return at + 2
    if (letter === 0x85 || letter === 0x2028 || letter === 0x2029) return at + 2
  }
  return 0
}

/** The lines of a text as they come, some at a time: each array has what one chunk completes. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  max: number,
): AsyncGenerator<readonly string[]> {
  for await (const block of lineBlocks(chunks, max)) yield linesIn(block, max)
}
