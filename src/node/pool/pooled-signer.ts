import type { KeyObject } from 'node:crypto'
import type { Signer } from '../../ed25519/signer.ts'
import { copyBytes } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { keyObjectSigner } from '../signers/key-object-signer.ts'
import type { Workers } from './tasks.ts'

/** Some 2 ms of work. */
const BATCH = 32

/** A message, and who waits for its signature. */
interface Waiting {
  readonly message: Uint8Array
  resolve(signature: Uint8Array): void
  reject(error: unknown): void
}

/** A signer whose messages go to workers in batches: full ones at once, others when the caller has said all for now. */
export function pooledSigner(workers: Workers, privateKey: KeyObject): Signer {
  const { publicKey, deterministic } = keyObjectSigner(privateKey)
  let waiting: Waiting[] = []
  const send = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    try {
      const signatures = await workers.sign({ privateKey, messages: batch.map(({ message }) => message) })
      batch.forEach(({ resolve }, i) => void resolve(signatures[i]!))
    } catch (cause) {
      const error = new VeristampError(
        'worker_failed',
        `${batch.length} signatures: their worker failed`,
        { work: 'signatures', count: batch.length },
        { cause },
      )
      for (const { reject } of batch) reject(error)
    }
  }
  const sign: Signer['sign'] = (given) =>
    new Promise((resolve, reject) => {
      const message = copyBytes('message', given)
      if (waiting.length === 0) setImmediate(() => void (waiting.length > 0 && send()))
      waiting.push({ message, resolve, reject })
      if (waiting.length === BATCH) void send()
    })
  return { publicKey, deterministic, sign }
}
