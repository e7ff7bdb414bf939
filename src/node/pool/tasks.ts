import type { KeyObject } from 'node:crypto'
import { concatBytes } from '../../lib/bytes.ts'
import { MAX_SCAN_LENGTH } from '../../stamp/carrier.ts'
import type { SharedLists } from './shared-lists.ts'
import type { VerdictRows } from './verdict-rows.ts'

/** What the pool and its workers send each other. */

/** Texts to verify. Threads that have the task take shares of it. */
export interface VerifyTask {
  readonly lists: SharedLists
  /** The moment of the check, in milliseconds since 1970. */
  readonly now: number
  /** All texts, one behind the other. */
  readonly texts: string
  /** Where each of them ends. */
  readonly ends: Uint32Array
  /** True where rows of valid stamps are not wanted. */
  readonly countsValid: boolean
  /** One number, in shared memory: how many texts have been taken, in order. */
  readonly taken: Int32Array
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
  readonly rows: VerdictRows
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
 * Texts: half a millisecond where keys have tables, for which a thread may have to wait for another, and other work for
 * the calling one.
 */
const SHARE = 64

/** What is as long is malformed, and so is what is longer. */
const LONG = MAX_SCAN_LENGTH + 1

export function packTexts(
  texts: readonly string[],
  common: Pick<VerifyTask, 'lists' | 'now' | 'countsValid'>,
): VerifyTask {
  const bounded = texts.map((text) => (text.length > LONG ? text.slice(0, LONG) : text))
  const ends = new Uint32Array(texts.length)
  let end = 0
  bounded.forEach((text, i) => {
    end += text.length
    ends[i] = end
  })
  const taken = new Int32Array(new SharedArrayBuffer(4))
  return { ...common, texts: bounded.join(''), ends, taken }
}

/** Takes some of the texts that nobody has taken; undefined once all are. */
export function takeShare({ taken, ends }: VerifyTask): Share | undefined {
  const start = Atomics.add(taken, 0, SHARE)
  return start < ends.length ? { start, end: Math.min(start + SHARE, ends.length) } : undefined
}

/** The texts of a share. */
export function unpackTexts({ texts, ends }: VerifyTask, { start, end }: Share): string[] {
  let at = start === 0 ? 0 : ends[start - 1]!
  return Array.from(ends.subarray(start, end), (next) => {
    const text = texts.slice(at, next)
    at = next
    return text
  })
}
