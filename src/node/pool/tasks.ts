import type { KeyObject } from 'node:crypto'
import type { VerifyJob } from '../../ed25519/engine.ts'
import { toHex } from '../../lib/bytes.ts'

/** What the pool and its workers send each other: many signatures in few arrays. */

/** Signatures to verify. Threads that have the task take shares of it, and write the answers where all see them. */
export interface VerifyTask {
  /** The public keys of the jobs, in hexadecimal. */
  readonly publicKeys: readonly string[]
  /** Which of them each job has. */
  readonly keys: Uint32Array
  /** Where each message ends among all. */
  readonly ends: Uint32Array
  /** All messages, one behind the other. */
  readonly messages: Uint8Array
  /** All signatures, 64 bytes each. */
  readonly signatures: Uint8Array
  /** One number, in shared memory: how many jobs have been taken, in order. */
  readonly taken: Int32Array
  /** The answer to each job, one of ANSWERS, in shared memory. */
  readonly answers: Uint8Array
}

/** Some jobs of a task, from `start` to before `end`. */
export interface Share {
  readonly start: number
  readonly end: number
}

export interface SignTask {
  /** Crosses to the worker as a handle: its bytes are not exported. */
  readonly privateKey: KeyObject
  readonly messages: readonly Uint8Array[]
}

/** The threads, as they are asked. */
export interface Workers {
  /** How many calls of `verify` keep all threads busy. */
  readonly ahead: number
  /** @param jobs with signatures of 64 bytes, as scans have them */
  verify(jobs: readonly VerifyJob[]): Promise<readonly boolean[]>
  /** The calling thread verifies a share of what is under way: false where nothing is left, or it is not to help. */
  help(): Promise<boolean>
  sign(task: SignTask): Promise<Uint8Array[]>
}

/**
 * Jobs: half a millisecond where keys have tables, for which a thread may have to wait for another, and other work for
 * the calling one.
 */
const SHARE = 64

const ANSWERS = { none: 0, no: 1, yes: 2 } as const

export function packJobs(jobs: readonly VerifyJob[]): VerifyTask {
  const known = new Map<string, number>()
  const publicKeys: string[] = []
  const keys = new Uint32Array(jobs.length)
  const ends = new Uint32Array(jobs.length)
  const messages = new Uint8Array(jobs.reduce((sum, { message }) => sum + message.length, 0))
  const signatures = new Uint8Array(64 * jobs.length)
  let [at, last, index]: [number, VerifyJob['key'] | undefined, number] = [0, undefined, 0]
  jobs.forEach(({ key, message, signature }, i) => {
    if (key !== last) {
      const name = toHex(key.publicKey)
      index = known.get(name) ?? publicKeys.push(name) - 1
      known.set(name, index)
      last = key
    }
    keys[i] = index
    messages.set(message, at)
    at += message.length
    ends[i] = at
    signatures.set(signature, 64 * i)
  })
  const taken = new Int32Array(new SharedArrayBuffer(4))
  const answers = new Uint8Array(new SharedArrayBuffer(jobs.length))
  return { publicKeys, keys, ends, messages, signatures, taken, answers }
}

/** Takes some of the jobs that nobody has taken; undefined once all are. */
export function takeShare({ taken, answers }: VerifyTask): Share | undefined {
  const start = Atomics.add(taken, 0, SHARE)
  return start < answers.length ? { start, end: Math.min(start + SHARE, answers.length) } : undefined
}

/** The jobs of a share, under the keys that `keyOf` has for public keys. */
export function unpackJobs<Key>(
  { publicKeys, keys, ends, messages, signatures }: VerifyTask,
  { start, end }: Share,
  keyOf: (publicKey: string) => Key,
): { key: Key; message: Uint8Array; signature: Uint8Array }[] {
  const known: Key[] = []
  let at = start === 0 ? 0 : ends[start - 1]!
  return Array.from(keys.subarray(start, end), (index, i) => {
    known[index] ??= keyOf(publicKeys[index]!)
    const message = messages.subarray(at, ends[start + i]!)
    at = ends[start + i]!
    const signature = signatures.subarray(64 * (start + i), 64 * (start + i + 1))
    return { key: known[index], message, signature }
  })
}

/** Writes the answers to a share down. */
export const packAnswers = ({ answers }: VerifyTask, { start }: Share, given: readonly boolean[]): void =>
  answers.set(
    given.map((yes) => (yes ? ANSWERS.yes : ANSWERS.no)),
    start,
  )

/** The answers to all jobs. @throws where one has none */
export const unpackAnswers = ({ answers }: VerifyTask): boolean[] =>
  Array.from(answers, (answer) => {
    if (answer === ANSWERS.none) throw new Error('not all signatures were answered')
    return answer === ANSWERS.yes
  })
