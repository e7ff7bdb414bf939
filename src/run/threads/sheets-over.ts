import { on } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { chunksOf } from '../../lib/chunks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { threadsOf } from '../../node/pool/pool-threads.ts'
import type { WorkerPool } from '../../node/pool/worker-pool.ts'
import type { CodeRow } from '../codes/code-lines.ts'
import type { SheetsAnswer, SheetsTask } from './sheets-task.ts'

/** Rows that go over at once. */
const BATCH = 512

/**
 * A volume of a run, laid out by a thread of the pool while this one signs: the same bytes as `sheetsOf` makes.
 * @throws what the rows throw; VeristampError `worker_failed`
 */
export async function* sheetsOver(
  pool: WorkerPool,
  volume: Omit<SheetsTask, 'port'>,
  rows: AsyncIterable<CodeRow>,
): AsyncGenerator<Uint8Array, void> {
  const { port1: port, port2 } = new MessageChannel()
  const batches = chunksOf(rows, BATCH)
  const work = threadsOf(pool).layingOut.run('sheetsTask', { ...volume, port: port2 }, [port2])
  work.catch(() => port.close()) // a thread that never began does not
  try {
    for await (const [answer] of on(port, 'message', { close: ['close'] }) as AsyncIterable<[SheetsAnswer]>) {
      if (answer === 'whole') return
      if (answer === 'more') port.postMessage((await batches.next()).value ?? null)
      else yield answer
    }
    throw failed(volume.run.id, await work.catch((cause: unknown) => cause))
  } finally {
    port.close()
    await batches.return()
  }
}

function failed(run: string, cause: unknown): VeristampError {
  const message = `sheets of run ${run}: their worker failed`
  return new VeristampError('worker_failed', message, { work: 'sheets', run }, { cause })
}
