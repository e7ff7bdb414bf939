import { sign } from 'node:crypto'
import type { Engine, VerifyKey } from '../../ed25519/engine.ts'
import { verifyJobs } from '../../ed25519/verify-jobs.ts'
import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { packAnswers, type SignTask, takeShare, unpackJobs, type VerifyTask } from './tasks.ts'

/**
 * What threads do of their tasks: the workers, and the calling thread where it helps. In each the engine is loaded at
 * its first signature, every trusted key imported once.
 */

let loading: Promise<Engine> | undefined
const keys = new Map<string, VerifyKey>()

function loadOnce(): Promise<Engine> {
  loading ??= loadEngine()
  return loading
}

/** Verifies all of the task that no other thread takes. */
export async function verifyTask(task: VerifyTask): Promise<void> {
  const engine = await loadOnce()
  while (verifyShare(engine, task));
}

/** Verifies a share of the task: false where nothing is left. */
export const helpWith = async (task: VerifyTask): Promise<boolean> => verifyShare(await loadOnce(), task)

function verifyShare(engine: Engine, task: VerifyTask): boolean {
  const share = takeShare(task)
  if (share === undefined) return false
  const jobs = unpackJobs(task, share, (publicKey) => importOnce(engine, publicKey))
  packAnswers(task, share, verifyJobs(jobs, engine))
  return true
}

function importOnce(engine: Engine, publicKey: string): VerifyKey {
  const known = keys.get(publicKey)
  if (known !== undefined) return known
  const imported = engine.importKey(new Uint8Array(Buffer.from(publicKey, 'hex')))
  if (!imported.ok) throw new Error(`key ${publicKey}: ${imported.reason}`)
  keys.set(publicKey, imported.key)
  return imported.key
}

/** The signatures of the messages, in order. */
export const signTask = ({ privateKey, messages }: SignTask): Uint8Array[] =>
  messages.map((message) => new Uint8Array(sign(null, message, privateKey)))
