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
  let begun: BegunLine | undefined
  for await (const chunk of chunks) {
    const bytes = begun === undefined ? withoutMark(chunk) : chunk
    begun ??= new BegunLine(encodingOf(chunk), BYTES_A_LETTER * max)
    const pieces = begun.endIn(bytes)
    if (pieces.length > 0) yield { pieces, encoding: begun.encoding }
  }
  const pieces = begun?.end() ?? []
  if (pieces.length > 0) yield { pieces, encoding: begun!.encoding }
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
  readonly encoding: Encoding
  readonly #max: number
  #parts: Uint8Array[] = []
  #room: number
  /** Behind the parts: what may be half of a line end. */
  #last: Uint8Array = new Uint8Array()

  constructor(encoding: Encoding, max: number) {
    this.encoding = encoding
    this.#room = this.#max = max
  }

  /** The pieces of this line and of others that end in the next bytes: none where no line does. */
  endIn(next: Uint8Array): Uint8Array[] {
    const isAligned = this.encoding === 'utf-8' || this.#last.length % 2 === 0
    const own = isAligned ? endOfLines(next, this.encoding) : 0
    // Mostly the next bytes have a line end of their own, and need not be copied behind the last ones.
    const bytes = own > 0 ? next : concatBytes(this.#last, next)
    const end = own > 0 ? own : endOfLines(bytes, this.encoding)
    const pieces = end === 0 ? [] : own > 0 ? this.end() : this.#clear()
    if (end > 0) pieces.push(bytes.subarray(0, end))
    this.#hold(bytes.subarray(end))
    return pieces
  }

  /** The pieces of the line as it is: another begins. */
  end(): Uint8Array[] {
    const last = this.#last
    const pieces = this.#clear()
    return last.length > 0 ? [...pieces, last] : pieces
  }

  #clear(): Uint8Array[] {
    const parts = this.#parts
    this.#parts = []
    this.#room = this.#max
    return parts
  }

  #hold(bytes: Uint8Array): void {
    const split = Math.max(0, bytes.length - (bytes.length % 2) - LONGEST_END)
    this.#last = bytes.subarray(split)
    if (this.#room === 0 || split === 0) return
    const kept = bytes.subarray(0, Math.min(split, this.#room))
    this.#parts.push(kept)
    this.#room -= kept.length
    if (this.#room === 0) this.#parts.push(GAP)
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
