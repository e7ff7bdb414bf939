import { sign } from 'node:crypto'
import type { VerifyKey } from '../ed25519/engine.ts'
import { verifyJobs } from '../ed25519/verify-jobs.ts'
import { loadEngine } from '../ed25519/wasm/wasm-engine.ts'
import { toHex } from '../lib/bytes.ts'
import { type SignTask, unpackJobs, type VerifyTask } from './tasks.ts'

/** What runs in a worker thread. The engine is loaded at the first signature, each trusted key imported once. */

let loading: ReturnType<typeof loadEngine> | undefined
const keys = new Map<string, VerifyKey>()

/** The answers to the jobs of a task, in order. */
export async function verifyTask(task: VerifyTask): Promise<readonly boolean[]> {
  loading ??= loadEngine()
  const engine = await loading
  const importOnce = (publicKey: Uint8Array): VerifyKey => {
    const name = toHex(publicKey)
    const known = keys.get(name)
    if (known !== undefined) return known
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw new Error(`key ${name}: ${imported.reason}`)
    keys.set(name, imported.key)
    return imported.key
  }
  return verifyJobs(unpackJobs(task, importOnce), engine)
}

/** The signatures of the messages, in order. */
export const signTask = ({ privateKey, messages }: SignTask): Uint8Array[] =>
  messages.map((message) => new Uint8Array(sign(null, message, privateKey)))
