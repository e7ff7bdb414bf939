import { type ArgumentTable, checkTable, ifGiven, wholeNumber } from '../../lib/arguments.ts'
import { copyBytes } from '../../lib/checks.ts'
import type { Engine, ImportedKey, VerifyJob, VerifyKey } from '../engine.ts'
import { nobleEngine } from '../noble/engine.ts'
import { type Build, KEY_FAULTS, Kernel, type KernelKey, type Table, type TableKind } from './kernel.ts'
import { type BreakEven, noTables, TablePool, type TableUser } from './tables.ts'

export interface LoadOptions {
  /**
   * Most bytes that the tables of keys may take, 64 MB by default. A busy key has a table of 1.7 MB. With SIMD, a key that
   * is busy in batches gets a second one, and all of these share one of 7 MB.
   */
  readonly tableMemory?: number | undefined
}

/** The fewest jobs that go by a tree: with fewer to share its inversions, additions one after another are faster. */
const TREE_JOBS = 24

const TABLE_MEMORY = 64 * 2 ** 20
/** WebAssembly can address no more. */
const MAX_TABLE_MEMORY = 2 ** 31

class WasmKey implements VerifyKey, TableUser {
  readonly publicKey: Uint8Array
  readonly entry: Uint8Array
  readonly engine: WasmEngine
  readonly tables = noTables()

  constructor(engine: WasmEngine, { publicKey, entry }: KernelKey) {
    this.engine = engine
    this.publicKey = publicKey
    this.entry = entry
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return this.engine.verifyOne(this, message, signature)
  }
}

/** A job of this engine that is to be staged. */
interface Staged {
  /** Where its answer goes. */
  readonly index: number
  readonly job: VerifyJob & { readonly key: WasmKey }
  readonly table: Table | undefined
}

class WasmEngine implements Engine {
  readonly name: string
  readonly #kernel: Kernel
  readonly #tables: TablePool

  constructor(name: string, kernel: Kernel, tables: TablePool) {
    this.name = name
    this.#kernel = kernel
    this.#tables = tables
  }

  importKey(given: Uint8Array): ImportedKey {
    return this.importKeys([given])[0]!
  }

  importKeys(given: readonly Uint8Array[]): ImportedKey[] {
    const publicKeys = given.map((each) => copyBytes('publicKey', each))
    const imported = publicKeys.map((): ImportedKey => ({ ok: false, reason: 'key_length' }))
    const whole = [...publicKeys.keys()].filter((at) => publicKeys[at]!.length === 32)
    for (let start = 0; start < whole.length; start += this.#kernel.lanes) {
      const some = whole.slice(start, start + this.#kernel.lanes)
      const entries = this.#kernel.importKeys(some.map((at) => publicKeys[at]!))
      for (const [lane, at] of some.entries()) imported[at] = this.#keyOf(publicKeys[at]!, entries[lane]!)
    }
    return imported
  }

  #keyOf(publicKey: Uint8Array, entry: Uint8Array | number): ImportedKey {
    if (typeof entry === 'number') return { ok: false, reason: KEY_FAULTS[entry]! }
    return { ok: true, key: new WasmKey(this, { publicKey, entry }) }
  }

  verifyOne(key: WasmKey, message: Uint8Array, signature: Uint8Array): boolean {
    if (signature.length !== 64) return false
    const table = this.#tables.use(key, false)
    this.#kernel.stage(0, key, message, signature, table)
    this.#kernel.verifyStaged(1, table?.kind)
    return this.#kernel.verdict(0)
  }

  verifyMany(jobs: readonly VerifyJob[]): boolean[] {
    const answers = new Array<boolean>(jobs.length).fill(false)
    for (let start = 0; start < jobs.length; start += this.#kernel.chunk) {
      const staged = this.#sort(jobs, start, answers)
      this.#verify(staged, 'leaves', answers)
      this.#verify(staged, 'entries', answers)
      this.#verify(staged, undefined, answers)
    }
    return answers
  }

  /** The jobs of a chunk that the kernel has to verify; answers those of other engines. */
  #sort(jobs: readonly VerifyJob[], start: number, answers: boolean[]): Staged[] {
    const staged: Staged[] = []
    const end = Math.min(start + this.#kernel.chunk, jobs.length)
    const inChunk = end - start >= TREE_JOBS
    for (let index = start; index < end; index++) {
      const job = jobs[index]!
      if (!isOurs(job, this)) answers[index] = job.key.verify(job.message, job.signature)
      else if (job.signature.length === 64)
        staged.push({ index, job, table: this.#tables.use(job.key, inChunk) })
    }
    return staged
  }

  #verify(staged: readonly Staged[], kind: TableKind | undefined, answers: boolean[]): void {
    const chosen = staged.filter(({ table }) => table?.kind === kind)
    if (chosen.length === 0) return
    chosen.forEach(({ job, table }, i) => {
      this.#kernel.stage(i, job.key, job.message, job.signature, table)
    })
    this.#kernel.verifyStaged(chosen.length, kind)
    chosen.forEach(({ index }, i) => {
      answers[index] = this.#kernel.verdict(i)
    })
  }
}

const isOurs = (job: VerifyJob, engine: WasmEngine): job is Staged['job'] =>
  job.key instanceof WasmKey && job.key.engine === engine

const fields: ArgumentTable<LoadOptions> = { tableMemory: ifGiven(wholeNumber(0, MAX_TABLE_MEMORY)) }

/** The engine of one build. @throws where it can't run */
export async function loadBuild(
  build: Build | undefined,
  tableMemory: number,
  breakEven?: BreakEven,
): Promise<Engine> {
  const { kernel, build: chosen } = await Kernel.load(build)
  const tables = new TablePool(kernel, tableMemory, breakEven)
  return new WasmEngine(chosen === 'simd' ? 'wasm-simd' : 'wasm', kernel, tables)
}

/**
 * The fastest engine that runs here: WebAssembly, with SIMD (`engine.name` is `wasm-simd`) or without (`wasm`).
 * Where WebAssembly is missing, or a Content Security Policy forbids it, noble (`noble`): the same answers, about a
 * hundred times slower. An engine holds 6 MB of memory and its tables; one serves a whole program.
 * @throws ArgumentTypeError or ArgumentRangeError for a `tableMemory` that is no number of bytes from 0 to 2³¹
 * @example
 * ```ts
 * import { loadEngine } from 'veristamp/wasm'
 * import { loadTrustList } from 'veristamp/verify'
 *
 * // Once, for all lists.
 * const engine = await loadEngine()
 * loadTrustList(trustListFile, { authority, roots, engine }).ok // → true
 * ```
 */
export async function loadEngine(options: LoadOptions = {}): Promise<Engine> {
  const { tableMemory = TABLE_MEMORY } = checkTable('options', options, fields)
  try {
    return await loadBuild(undefined, tableMemory)
  } catch {
    return nobleEngine
  }
}
