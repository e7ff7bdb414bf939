import type { KeyObject } from 'node:crypto'
import { concatBytes } from '../../lib/bytes.ts'
import { MAX_SCAN_LENGTH } from '../../stamp/carrier.ts'
import type { SharedLists } from './shared-lists.ts'
import type { TaskMemories, TextsMemory } from './task-memory.ts'
import type { RowTables } from './verdict-rows.ts'

/** What the pool and its workers send each other. */

/** What texts are verified by, and which verdicts are told. */
export interface Check {
  readonly lists: SharedLists
  /** The moment of the check, in milliseconds since 1970. */
  readonly now: number
  /** True where rows of valid stamps are not wanted. */
  readonly countsValid: boolean
}

/** Texts to verify. Threads that have the task take shares of it. */
export interface VerifyTask extends TextsMemory, Check {
  /** How letters stand in memory: a text of others than Latin-1's takes all the task's texts two bytes a letter. */
  readonly encoding: 'latin1' | 'utf16le'
}

/** Some texts of a task, from `start` to before `end`. */
export interface Share {
  readonly start: number
  readonly end: number
}

/** What a worker did of a task. */
export interface VerifyAnswer {
  /** How many texts it took. */
  readonly count: number
  readonly tables: RowTables
}

export interface SignTask {
  /** Crosses to the worker as a handle: its bytes are not exported. */
  readonly privateKey: KeyObject
  /** One behind the other: of many arrays each takes longer to send than to sign. */
  readonly messages: Uint8Array
  /** Where each of them ends. */
  readonly ends: Uint32Array
}

export function packMessages(
  messages: readonly Uint8Array[],
  { privateKey }: Pick<SignTask, 'privateKey'>,
): SignTask {
  let end = 0
  const ends = Uint32Array.from(messages, ({ length }) => (end += length))
  return { privateKey, messages: concatBytes(...messages), ends }
}

export const unpackMessages = ({ messages, ends }: SignTask): Uint8Array[] =>
  Array.from(ends, (end, i) => messages.subarray(i === 0 ? 0 : ends[i - 1], end))

/**
 * Texts: some two milliseconds where keys have tables, for which a thread may have to wait for another, and other work for
 * the calling one. The engine takes a twentieth less for each than in shares of 64.
 */
const SHARE = 256

/** What is as long is malformed, and so is what is longer. */
const LONG = MAX_SCAN_LENGTH + 1

/** Texts that are made one at a time: V8 takes long to find room for one as long as all of them. */
const GROUP = 64

const BEYOND_LATIN1 = /[^\0-\xff]/

export function packTexts(texts: readonly string[], memories: TaskMemories, check: Check): VerifyTask {
  const groups: string[] = []
  for (let i = 0; i < texts.length; i += GROUP)
    groups.push(
      texts
        .slice(i, i + GROUP)
        .map(bounded)
        .join(''),
    )
  // Of texts that V8 has as Latin-1 the pattern knows without reading them.
  const encoding = groups.some((group) => BEYOND_LATIN1.test(group)) ? 'utf16le' : 'latin1'
  const letters = groups.reduce((sum, { length }) => sum + length, 0)
  const memory = memories.takeForTexts(texts.length, letters * WIDTH[encoding])
  let end = 0
  for (let i = 0; i < texts.length; i++) memory.ends[i] = end += Math.min(texts[i]!.length, LONG)
  const buffer = bufferOf(memory)
  let at = 0
  for (const group of groups) at += buffer.write(group, at, encoding)
  return { ...check, ...memory, encoding }
}

const WIDTH = { latin1: 1, utf16le: 2 } as const

const bounded = (text: string): string => (text.length > LONG ? text.slice(0, LONG) : text)

const bufferOf = ({ texts }: Pick<VerifyTask, 'texts'>): Buffer =>
  Buffer.from(texts.buffer, texts.byteOffset, texts.length)

/** Takes some of the texts that nobody has taken; undefined once all are. */
export function takeShare({ taken, ends }: Pick<VerifyTask, 'taken' | 'ends'>): Share | undefined {
  const start = Atomics.add(taken, 0, SHARE)
  return start < ends.length ? { start, end: Math.min(start + SHARE, ends.length) } : undefined
}

/** The texts of a share. */
export function unpackTexts(task: VerifyTask, { start, end }: Share): string[] {
  const { ends, encoding } = task
  const width = WIDTH[encoding]
  const first = start === 0 ? 0 : ends[start - 1]!
  const all = bufferOf(task).toString(encoding, first * width, ends[end - 1]! * width)
  const texts: string[] = []
  let at = 0
  for (let i = start; i < end; i++) {
    const next = ends[i]! - first
    texts.push(all.slice(at, next))
    at = next
  }
  return texts
}
