import { VeristampError } from '../../lib/errors.ts'
import { threadsOf } from '../../node/pool/pool-threads.ts'
import type { WorkerPool } from '../../node/pool/worker-pool.ts'
import type { CodeBlock, Due } from '../codes/code-blocks.ts'
import { Fault } from '../run-fault.ts'
import type { CodesAnswer } from './codes-task.ts'

/** How many blocks keep the threads busy. */
export const aheadOf = (pool: WorkerPool): number => threadsOf(pool).working.capacity

/** `checkBlock` by the threads of a pool. @throws VeristampError `worker_failed` too */
export const blocksOver =
  (pool: WorkerPool, due: Due) =>
  async (block: CodeBlock): Promise<number> => {
    const answer = await ask(pool, due, block)
    if (typeof answer === 'number') return answer
    throw new Fault(answer.reason, answer.detail)
  }

async function ask(pool: WorkerPool, due: Due, block: CodeBlock): Promise<CodesAnswer> {
  try {
    return (await threadsOf(pool).working.run('codesTask', { block, due })) as CodesAnswer
  } catch (cause) {
    const { run } = due.manifest
    const message = `codes of run ${run}: their worker failed`
    throw new VeristampError('worker_failed', message, { work: 'codes', run }, { cause })
  }
}
