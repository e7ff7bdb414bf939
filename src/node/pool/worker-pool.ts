import type { KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Signer } from '../../ed25519/signer.ts'
import { type ArgumentTable, checkTable, ifGiven, textOf, wholeNumber } from '../../lib/arguments.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import { keepThreads } from './pool-threads.ts'
import { pooledSigner } from './pooled-signer.ts'
import { type PooledVerifier, pooledVerifier } from './pooled-verifier.ts'
import { taskRunner } from './task-runner.ts'
import { shareWork, type Workers } from './workers.ts'

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
 * Worker threads that share checks and signatures over the cores. Answers and codes are those of one thread, in the same
 * order. Threads start with the first work.
 *
 * A worker that throws, runs out of memory or exits fails the tasks that it had: the error says which stamps they
 * were of, and another worker takes its place. What it throws later on, with no task at hand, harms nobody.
 */
export interface WorkerPool {
  /**
   * `verifyMany` over the cores, by the WebAssembly engine, in chunks of 2048 by default: while the calling thread
   * waits for a chunk, it takes over some of its texts. Reads ahead by two chunks a worker at the most: a source
   * that gives one text now and then is served sooner by `verify`. Every worker loads the lists for itself.
   * @throws what `createVerifier` throws, and ArgumentTypeError for lists that were not loaded; the stream rejects with
   * VeristampError `worker_failed` that names the texts
   */
  verifier(options: VerifierOptions): PooledVerifier
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
  const verifying = taskRunner(Math.max(1, threads - 1), workerFile, { all: memory })
  const working = taskRunner(threads, workerFile, { all: memory })
  const signing = taskRunner(threads, workerFile, { all: memory, young: YOUNG.signing })
  const layingOut = taskRunner(1, workerFile, { all: memory, young: YOUNG.layingOut })
  const workers: Workers = {
    ...shareWork(verifying, threads > 1),
    sign: (task) => signing.run('signTask', task) as Promise<Uint8Array>,
  }
  const pool: WorkerPool = {
    verifier: (options) => pooledVerifier(workers, options),
    signer: (privateKey) => pooledSigner(workers, privateKey),
    async close() {
      await Promise.all([verifying, working, signing, layingOut].map((runner) => runner.close()))
    },
  }
  keepThreads(pool, { verifying: workers, working, layingOut })
  return pool
}

/** Megabytes, of Node's own 48: signatures and labels live so shortly that more gains a run nothing. */
const YOUNG = { signing: 3, layingOut: 12 } as const

/** Both builds stand beside it. */
const defaultFile = (): string => fileURLToPath(new URL('node-worker.cjs', import.meta.url))
