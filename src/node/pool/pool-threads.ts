import { type ArgumentCheck, kindOf } from '../../lib/arguments.ts'
import type { TaskRunner } from './task-runner.ts'
import type { Workers } from './workers.ts'

/** A pool's threads, for the tasks of print runs and of files. */
export interface PoolThreads {
  readonly verifying: Workers
  /** For tasks that are soon done. */
  readonly working: TaskRunner
  /** One thread, for a task as long as its run. */
  readonly layingOut: TaskRunner
}

const insides = new WeakMap<object, PoolThreads>()

export const keepThreads = (pool: object, threads: PoolThreads): void => {
  insides.set(pool, threads)
}

export const threadsOf = (pool: object): PoolThreads => insides.get(pool)!

export const aPool: ArgumentCheck = kindOf('a pool of createWorkerPool', (value) =>
  insides.has(Object(value)),
)
