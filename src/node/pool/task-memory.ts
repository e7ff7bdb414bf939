import { COLUMNS, NUMBERS, SEAL_LENGTH, type VerdictRows } from './verdict-rows.ts'

/** What threads share of a task of texts: the texts on the way there, the rows of their verdicts on the way back. */
export interface TextsMemory {
  /** One number: how many texts have been taken, in order. */
  readonly taken: Int32Array
  /** All texts, one behind the other. */
  readonly texts: Uint8Array
  /** Where each of them ends, in letters. */
  readonly ends: Uint32Array
  readonly rows: VerdictRows
}

/** What threads share of a task of lines. */
export interface LinesMemory {
  /** One number: how many parts have been taken, in order. */
  readonly taken: Int32Array
  readonly bytes: Uint8Array
  /** Where each part ends. */
  readonly ends: Uint32Array
}

/** Bytes: as much as a task of 4,096 links takes. Greater ones are rare, and not kept. */
const MAX_KEPT = 2 ** 21

/** Shared memory that tasks have one after the other. To get as much anew for each takes longer than to fill it. */
export class TaskMemories {
  readonly #idle: SharedArrayBuffer[] = []
  readonly #max: number

  /** @param max how many are kept */
  constructor(max: number) {
    this.#max = max
  }

  /** @param letters bytes of the texts */
  takeForTexts(count: number, letters: number): TextsMemory {
    return layTextsOut(this.#take(HEAD + count * BYTES_A_TEXT + letters), count, letters)
  }

  /** @param parts how many at the most */
  takeForLines(parts: number, length: number): LinesMemory {
    const memory = this.#take(HEAD + 4 * parts + length)
    const ends = new Uint32Array(memory, HEAD, parts)
    return { taken: noneTaken(memory), ends, bytes: new Uint8Array(memory, HEAD + ends.byteLength, length) }
  }

  #take(size: number): SharedArrayBuffer {
    const idle = this.#idle.findIndex(({ byteLength }) => byteLength >= size)
    return idle < 0 ? new SharedArrayBuffer(roomFor(size)) : this.#idle.splice(idle, 1)[0]!
  }

  /** Takes memory back that no thread uses any more. */
  keep({ taken: { buffer } }: Pick<TextsMemory, 'taken'>): void {
    if (buffer.byteLength > MAX_KEPT) return
    if (this.#idle.length === this.#max) this.#idle.shift()
    this.#idle.push(buffer as SharedArrayBuffer)
  }
}

const HEAD = 8
const BYTES_A_TEXT = 8 * NUMBERS + 4 * (COLUMNS + 1) + SEAL_LENGTH

/** A power of two, so that the next task's texts, some letters longer, have room in it. */
const roomFor = (size: number): number => 2 ** Math.ceil(Math.log2(size))

function noneTaken(memory: SharedArrayBuffer): Int32Array {
  const taken = new Int32Array(memory, 0, 1)
  taken[0] = 0
  return taken
}

/** Wide numbers first, where they stand in line. */
function layTextsOut(memory: SharedArrayBuffer, count: number, bytes: number): TextsMemory {
  let at = HEAD
  const behind = (length: number): number => {
    const start = at
    at += length
    return start
  }
  return {
    taken: noneTaken(memory),
    rows: {
      numbers: new Float64Array(memory, behind(8 * NUMBERS * count), NUMBERS * count),
      places: new Uint32Array(memory, behind(4 * COLUMNS * count), COLUMNS * count),
      seals: new Uint8Array(memory, behind(SEAL_LENGTH * count), SEAL_LENGTH * count),
    },
    ends: new Uint32Array(memory, behind(4 * count), count),
    texts: new Uint8Array(memory, behind(bytes), bytes),
  }
}
