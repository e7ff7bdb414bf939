import { sign } from 'node:crypto'
import type { VerifyKey } from '../ed25519/engine.ts'
import { verifyJobs } from '../ed25519/verify-jobs.ts'
import { loadEngine } from '../ed25519/wasm/wasm-engine.ts'
import { toHex } from '../lib/bytes.ts'
import { packAnswers, type SignTask, takeShare, unpackJobs, type VerifyTask } from './tasks.ts'

/** What runs in a worker thread. The engine is loaded at the first signature, each trusted key imported once. */

let loading: ReturnType<typeof loadEngine> | undefined
const keys = new Map<string, VerifyKey>()

/** What verifies a share of what nobody has taken of the task, until it answers false: that nothing is left. */
export async function joinTask(task: VerifyTask): Promise<() => boolean> {
  loading ??= loadEngine()
  const engine = await loading
  const imported = task.publicKeys.map((publicKey) => {
    const name = toHex(publicKey)
    const known = keys.get(name)
    if (known !== undefined) return known
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw new Error(`key ${name}: ${imported.reason}`)
    keys.set(name, imported.key)
    return imported.key
  })
  return () => {
    const share = takeShare(task)
    if (share !== undefined) packAnswers(task, share, verifyJobs(unpackJobs(task, share, imported), engine))
    return share !== undefined
  }
}

/** Verifies all of the task that nobody else takes. */
export async function verifyTask(task: VerifyTask): Promise<void> {
  const verifyShare = await joinTask(task)
  while (verifyShare());
}

/** The signatures of the messages, in order. */
export const signTask = ({ privateKey, messages }: SignTask): Uint8Array[] =>
  messages.map((message) => new Uint8Array(sign(null, message, privateKey)))
