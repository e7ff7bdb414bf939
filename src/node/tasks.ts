import type { KeyObject } from 'node:crypto'
import type { VerifyJob } from '../ed25519/engine.ts'
import { toHex } from '../lib/bytes.ts'

/** What the pool and its workers send each other: many signatures in few arrays, which cost little to copy. */

export interface VerifyTask {
  /** The public keys of the jobs, 32 bytes each. */
  readonly publicKeys: readonly Uint8Array[]
  /** Which of them each job has. */
  readonly keys: Uint32Array
  /** How long each message is. */
  readonly lengths: Uint32Array
  /** All messages, one behind the other. */
  readonly messages: Uint8Array
  /** All signatures, 64 bytes each. */
  readonly signatures: Uint8Array
}

export interface SignTask {
  /** Crosses to the worker as a handle: its bytes are not exported. */
  readonly privateKey: KeyObject
  readonly messages: readonly Uint8Array[]
}

/** The worker threads, as they are asked. */
export interface Workers {
  /** How many tasks keep all threads busy, the calling one too where it verifies. */
  readonly ahead: number
  verify(task: VerifyTask): Promise<readonly boolean[]>
  sign(task: SignTask): Promise<Uint8Array[]>
}

/** @param jobs with signatures of 64 bytes, as scans have them */
export function packJobs(jobs: readonly VerifyJob[]): VerifyTask {
  const known = new Map<string, number>()
  const publicKeys: Uint8Array[] = []
  const keys = new Uint32Array(jobs.length)
  const lengths = Uint32Array.from(jobs, ({ message }) => message.length)
  const messages = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  const signatures = new Uint8Array(64 * jobs.length)
  let [at, last, index]: [number, VerifyJob['key'] | undefined, number] = [0, undefined, 0]
  jobs.forEach(({ key, message, signature }, i) => {
    if (key !== last) {
      const name = toHex(key.publicKey)
      index = known.get(name) ?? publicKeys.push(key.publicKey) - 1
      known.set(name, index)
      last = key
    }
    keys[i] = index
    messages.set(message, at)
    at += message.length
    signatures.set(signature, 64 * i)
  })
  return { publicKeys, keys, lengths, messages, signatures }
}

/** The jobs of a task, under the keys that `importKey` makes of its public keys. */
export function unpackJobs<Key>(
  { publicKeys, keys, lengths, messages, signatures }: VerifyTask,
  importKey: (publicKey: Uint8Array) => Key,
): { key: Key; message: Uint8Array; signature: Uint8Array }[] {
  const imported = publicKeys.map(importKey)
  let at = 0
  return Array.from(keys, (key, i) => {
    const message = messages.subarray(at, at + lengths[i]!)
    at += lengths[i]!
    return { key: imported[key]!, message, signature: signatures.subarray(64 * i, 64 * (i + 1)) }
  })
}
