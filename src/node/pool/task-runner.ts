import type { MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'

/** Two a thread, so that the next is at hand when one is done. */
const TASKS_A_THREAD = 2

export interface TaskRunner {
  /** How many tasks the threads take at a time. */
  readonly capacity: number
  /** @param ports of the task, which the thread gets for its own */
  run(name: string, task: unknown, ports?: readonly MessagePort[]): Promise<unknown>
  close(): Promise<void>
}

/** Most megabytes of a thread's objects: of all, and of those that are new. */
export interface ThreadMemory {
  readonly all?: number | undefined
  readonly young?: number | undefined
}

/** Threads for one kind of task, which start with the first. */
export function taskRunner(threads: number, filename: string, { all, young }: ThreadMemory): TaskRunner {
  let piscina: Piscina | undefined
  let closed = false
  const start = (): Piscina => {
    const started = new Piscina({
      filename,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_A_THREAD,
      resourceLimits: {
        ...(all !== undefined && { maxOldGenerationSizeMb: all }),
        ...(young !== undefined && { maxYoungGenerationSizeMb: young }),
      },
    })
    started.on('workerDestroy', () => setImmediate(replaceDead, started))
    return started.on('error', () => {}) // of a worker without a task
  }
  /** After a thread that could not begin piscina starts no other: what it has queued would wait for ever. */
  const replaceDead = (started: Piscina): void => {
    if (closed || started.threads.length > 0) return
    if (piscina === started) piscina = undefined
    started.destroy().catch(() => {})
  }
  return {
    capacity: TASKS_A_THREAD * threads,
    async run(name, task, ports = []) {
      if (closed) throw new Error('the pool is closed') // piscina would start threads again
      piscina ??= start()
      return await piscina.run(task, { name, transferList: [...ports] })
    },
    async close() {
      closed = true
      await piscina?.destroy()
    },
  }
}
