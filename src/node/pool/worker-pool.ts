import type { KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { Signer } from '../../ed25519/signer.ts'
import { type ArgumentTable, checkTable, ifGiven, textOf, wholeNumber } from '../../lib/arguments.ts'
import { checkStream, type VerifierOptions } from '../../verify/options.ts'
import { createCheck, type Verifier } from '../../verify/verifier.ts'
import { pooledSigner } from './pooled-signer.ts'
import { verifyStreamOver } from './pooled-verifier.ts'
import { packJobs, unpackAnswers, type VerifyTask, type Workers } from './tasks.ts'
import { helpWith } from './worker.ts'

export interface WorkerPoolOptions {
  /**
   * How many threads share the work, 1 to 1024: as many as the machine has cores by default. Where more than one
   * verify, the calling thread is one of them.
   */
  readonly threads?: number | undefined
  /** Most megabytes of JavaScript objects that a worker may hold: Node's own limit by default. */
  readonly memory?: number | undefined
  /** The worker's file, where a bundler has moved it: `node-worker.cjs` beside this module by default. */
  readonly workerFile?: string | undefined
}

const poolFields: ArgumentTable<WorkerPoolOptions> = {
  threads: ifGiven(wholeNumber(1, 1024)),
  memory: ifGiven(wholeNumber(1, 2 ** 20)),
  workerFile: ifGiven(textOf(4096)),
}

/**
 * Worker threads that share signatures over the cores. Everything else of a check, or of issuing, stays where it is
 * called, so answers and codes are those of one thread, in the same order. Threads start with the first work.
 *
 * A worker that throws, runs out of memory or exits fails the tasks that it had: the error says which stamps they
 * were of, and another worker takes its place. What it throws later on, with no task at hand, harms nobody.
 */
export interface WorkerPool {
  /**
   * `verifyMany` over the cores, by the WebAssembly engine, in chunks of 512 unless told: while the calling thread
   * waits for a chunk, it takes over some of its signatures. Reads ahead by two chunks a worker at the most: a source
   * that gives one text now and then is served sooner by `verify`.
   * @throws what `createVerifier` throws; the stream rejects with VeristampError `worker_failed` that names the texts
   */
  verifier(options: VerifierOptions): Pick<Verifier, 'verifyMany'>
  /**
   * A signer by node:crypto over the cores, for `issueMany` with a `concurrency` of some hundreds. The key crosses to
   * the workers as a handle. Its signatures reject with VeristampError `worker_failed`.
   * @throws ArgumentTypeError for anything but a private Ed25519 KeyObject
   */
  signer(privateKey: KeyObject): Signer
  /** Ends the threads. What is under way fails. Idle threads keep no process alive. */
  close(): Promise<void>
}

/**
 * A pool of threads.
 * @throws ArgumentTypeError or ArgumentRangeError
 * @example
 * ```ts
 * import { createWorkerPool } from 'veristamp/node'
 *
 * const pool = createWorkerPool({ threads: 2 })
 * const lists = { trustLists: [trustList], revocationLists: [revocationList] }
 * for await (const verdict of pool.verifier(lists).verifyMany([scanned])) {
 *   verdict.status // → 'valid'
 * }
 * await pool.close()
 * ```
 */
export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  checkTable('options', options, poolFields)
  const { threads = availableParallelism(), memory, workerFile = defaultFile() } = options
  const verifying = taskRunner(Math.max(1, threads - 1), workerFile, memory)
  const signing = taskRunner(threads, workerFile, memory)
  const workers: Workers = {
    ...sharing(verifying, threads > 1),
    sign: (task) => signing.run('signTask', task) as Promise<Uint8Array[]>,
  }
  return {
    verifier(options) {
      const at = createCheck(options)
      return {
        verifyMany(texts, options) {
          const { now = new Date(), chunk = 512, ...flow } = checkStream(texts, options)
          return verifyStreamOver(workers, texts, at(now), { ...flow, chunk })
        },
      }
    },
    signer: (privateKey) => pooledSigner(workers, privateKey),
    async close() {
      await Promise.all([verifying.close(), signing.close()])
    },
  }
}

/** Verification by threads, and by the calling one where it `helps`: all take shares of the same tasks. */
function sharing(verifying: TaskRunner, helps: boolean): Omit<Workers, 'sign'> {
  /** The tasks that may have shares left, and what fails them. */
  const open = new Map<VerifyTask, (error: unknown) => void>()
  return {
    ahead: verifying.capacity,
    async verify(jobs) {
      const task = packJobs(jobs)
      try {
        await new Promise((resolve, reject) => {
          if (helps) open.set(task, reject)
          verifying.run('verifyTask', task).then(resolve, reject)
        })
      } finally {
        open.delete(task)
      }
      return unpackAnswers(task)
    },
    async help() {
      for (const [task, fail] of open) {
        try {
          if (await helpWith(task)) return true
        } catch (error) {
          fail(error) // it may be another stream's
        }
        open.delete(task)
      }
      return false
    },
  }
}

/** Two a thread, so that the next is at hand when one is done. */
const TASKS_A_THREAD = 2

interface TaskRunner {
  /** How many tasks the threads take at a time. */
  readonly capacity: number
  run(name: string, task: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Threads for one kind of task, which start with the first. */
function taskRunner(threads: number, filename: string, memory: number | undefined): TaskRunner {
  let piscina: Piscina | undefined
  let closed = false
  const start = (): Piscina => {
    const started = new Piscina({
      filename,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_A_THREAD,
      ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } }),
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
    async run(name, task) {
      if (closed) throw new Error('the pool is closed') // piscina would start threads again
      piscina ??= start()
      return await piscina.run(task, { name })
    },
    async close() {
      closed = true
      await piscina?.destroy()
    },
  }
}

/** Both builds stand beside it. */
const defaultFile = (): string => fileURLToPath(new URL('node-worker.cjs', import.meta.url))
