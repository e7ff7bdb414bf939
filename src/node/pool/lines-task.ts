import type { Engine } from '../../ed25519/engine.ts'
import { codeIn, type LineLayout } from '../../stamp/code-lines.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import { type Prepared, prepare, type Setting } from '../../verify/check.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { isPrepared, tryKeys } from '../../verify/verify-texts.ts'
import { type Encoding, type LineBlock, linesIn } from '../files/file-text.ts'
import { endOfLines } from '../files/line-blocks.ts'
import type { LinesMemory, TaskMemories } from './task-memory.ts'
import type { Check } from './tasks.ts'
import { newRows, type RowTables, RowWriter, type VerdictRows } from './verdict-rows.ts'

/** Lines of a file of codes. Threads that have the task take parts of it, find the codes and verify them. */
export interface LinesTask extends LinesMemory, Check {
  readonly encoding: Encoding
  /** Where in the lines the codes are. */
  readonly layout: LineLayout
  /** Letters that count of a line. */
  readonly max: number
  /** How many lines at the beginning have no codes: headings. */
  readonly headings: number
}

/** Lines that threads are asked about. */
export interface LinesAsked extends Pick<LinesTask, 'layout' | 'max' | 'headings' | 'countsValid'> {
  readonly block: LineBlock
}

/** What a thread found in one part of a task. */
export interface PartAnswer {
  readonly part: number
  readonly lines: number
  /** How many stamps are valid and only counted. */
  readonly valid: number
  readonly told?: ToldLines | undefined
}

/** Verdicts that are told of a part: the line of each, from 0, and its row. */
export interface ToldLines {
  readonly places: Uint32Array
  readonly rows: VerdictRows
  readonly tables: RowTables
}

/** Bytes of a part: a millisecond's work or two. */
const PART = 16_384

export function packLines(
  { block: { pieces, encoding }, layout, max, headings, countsValid }: LinesAsked,
  memories: TaskMemories,
  check: Omit<Check, 'countsValid'>,
): LinesTask {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  // Where lines are longer than parts, two parts take the room of one.
  const memory = memories.takeForLines(2 * Math.ceil(length / PART) + 1, length)
  let at = 0
  for (const piece of pieces) {
    memory.bytes.set(piece, at)
    at += piece.length
  }
  const all = partEnds(memory.bytes, encoding)
  const ends = memory.ends.subarray(0, all.length)
  ends.set(all)
  return { ...check, ...memory, ends, encoding, layout, max, headings, countsValid }
}

/** Cuts a block where lines end. */
function partEnds(bytes: Uint8Array, encoding: Encoding): number[] {
  const ends: number[] = []
  let start = 0
  for (let size = PART; start < bytes.length; ) {
    const isLast = start + size >= bytes.length
    const end = isLast ? bytes.length : start + endOfLines(bytes.subarray(start, start + size), encoding)
    if (end > start) ends.push(end)
    size = end > start ? PART : 2 * size // of a long line
    start = end
  }
  return ends
}

/** Takes a part that nobody has taken, and verifies its codes; undefined once all are taken. */
export function tryPart(task: LinesTask, setting: Setting, engine: Engine): PartAnswer | undefined {
  const { taken, ends, bytes, encoding, max, headings } = task
  const part = Atomics.add(taken, 0, 1)
  if (part >= ends.length) return undefined
  const own = bytes.slice(part === 0 ? 0 : ends[part - 1], ends[part])
  const lines = linesIn({ pieces: [own], encoding }, max)
  return {
    part,
    lines: lines.length,
    ...verifyLines(lines, part === 0 ? headings : 0, task, setting, engine),
  }
}

function verifyLines(
  lines: readonly string[],
  first: number,
  { layout, countsValid }: LinesTask,
  setting: Setting,
  engine: Engine,
): Omit<PartAnswer, 'part' | 'lines'> {
  const at: number[] = []
  const all: (Prepared | Verdict)[] = []
  for (let line = first; line < lines.length; line++) {
    const text = codeIn(lines[line]!, layout)
    if (text === undefined) continue
    at.push(line)
    all.push(prepareScan(text, setting))
  }
  tryKeys(all, engine)
  const writer = new RowWriter(newRows(all.length), setting, (status) => !countsValid || status !== 'valid')
  const told: number[] = []
  for (let i = 0; i < all.length; i++) if (writer.write(told.length, all[i]!)) told.push(at[i]!)
  const valid = all.length - told.length
  if (told.length === 0) return { valid }
  const { tables } = writer
  return { valid, told: { places: Uint32Array.from(told), rows: writer.first(told.length), tables } }
}

/** `prepare` of a tidied text. Tidying changes none that can be read, and takes as long. */
function prepareScan(text: string, setting: Setting): Prepared | Verdict {
  const one = prepare(text, setting)
  if (isPrepared(one) || one.status !== 'invalid' || one.reason !== 'malformed') return one
  const tidied = tidyScan(text)
  return tidied === text ? one : prepare(tidied, setting)
}
