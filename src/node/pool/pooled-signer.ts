import type { KeyObject } from 'node:crypto'
import type { Signer } from '../../ed25519/signer.ts'
import { copyBytes } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { SIGNATURE_LENGTH } from '../../stamp/code.ts'
import { keyObjectSigner } from '../signers/key-object-signer.ts'
import { packMessages } from './tasks.ts'
import type { Workers } from './workers.ts'

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
      const messages = batch.map(({ message }) => message)
      const signatures = await workers.sign(packMessages(messages, { privateKey }))
      if (signatures.length !== SIGNATURE_LENGTH * batch.length)
        throw new Error('not all messages were answered')
      for (const [i, { resolve }] of batch.entries())
        resolve(signatures.slice(SIGNATURE_LENGTH * i, SIGNATURE_LENGTH * (i + 1)))
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
