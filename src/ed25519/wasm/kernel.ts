import { fromHex } from '../../lib/bytes.ts'
import { SCALAR, SIMD } from './kernel.generated.ts'

const PLACES = [
  ...(['SIGNATURES', 'ENTRIES', 'PUBLIC_KEY', 'MESSAGE', 'VERDICTS', 'CHUNK', 'PIECE'] as const),
  ...(['KEYS', 'KEY_ENTRIES', 'FAULTS', 'LANES'] as const),
] as const

/** The kernel's constants: addresses, which are byte offsets in its memory, and sizes. */
type Places = Readonly<Record<(typeof PLACES)[number], number>>

/** The kernel (kernel/index.ts) as WebAssembly gives it to us. */
interface KernelExports extends Readonly<Record<keyof Places, { readonly value: number }>> {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  start(): void
  arena(): number
  tableSize(width: number): number
  importKeys(): void
  buildTable(table: number, width: number): void
  beginJob(index: number): void
  absorb(count: number): void
  endTabledJob(index: number, table: number, width: number): void
  endPlainJob(index: number): void
  verifyTabled(count: number, width: number): void
  verifyPlain(count: number): void
  leafTableSize(width: number): number
  buildLeafTable(table: number, width: number): void
  baseLeavesSize(): number
  buildBaseLeaves(table: number): void
  endTreeJob(index: number, table: number, width: number): void
  verifyTree(count: number, width: number): void
}

// What we use of the JavaScript API, which TypeScript declares only together with the DOM.
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean
  instantiate(bytes: Uint8Array): Promise<{ readonly instance: { readonly exports: unknown } }>
}

/** `simd` works on two signatures at a time and needs WebAssembly's 128-bit instructions. */
export type Build = 'simd' | 'scalar'

const PAGE = 65536
/** Bytes of the affine entry of −A, which is all that a key keeps. */
const ENTRY = 128
/** Bits of a signed digit of h in a key's table of entries. */
const WIDTH = 10
/** Bits of an odd one in its table of leaves. */
const LEAF_WIDTH = 10

/** What is wrong with a key, as the kernel counts it. */
export const KEY_FAULTS = [undefined, 'key_not_canonical', 'key_small_order', 'key_torsion'] as const

/** A key as the kernel takes it: 32 bytes, and what `importKey` made of them. */
export interface KernelKey {
  readonly publicKey: Uint8Array
  readonly entry: Uint8Array
}

/**
 * What a table of a key holds: entries, for additions one after another, or leaves, for those of a whole chunk at a time
 * (kernel/tree.ts).
 */
export type TableKind = 'entries' | 'leaves'

/** A table in the kernel's memory. */
export interface Table {
  readonly address: number
  readonly kind: TableKind
}

/** A typed view of one instance of the kernel, with memory of its own. */
export class Kernel {
  /** Most jobs of a chunk. */
  readonly chunk: number
  /** Most keys that are checked at a time. */
  readonly lanes: number
  /** Bytes of a key's table, of either kind. */
  readonly tableSize: number
  /** Bytes of the leaves of the base point, which go with all tables of leaves. */
  readonly baseLeavesSize: number
  /** Whether this build has tables of leaves. */
  readonly hasLeaves: boolean
  readonly #exports: KernelExports
  readonly #places: Places
  #bytes: Uint8Array
  #end: number

  private constructor(exports: KernelExports) {
    this.#exports = exports
    // Read once: a WebAssembly.Global is slow to read.
    this.#places = Object.fromEntries(PLACES.map((name) => [name, exports[name].value])) as Places
    this.chunk = this.#places.CHUNK
    this.lanes = this.#places.LANES
    this.tableSize = Math.max(exports.tableSize(WIDTH), exports.leafTableSize(LEAF_WIDTH))
    this.baseLeavesSize = exports.baseLeavesSize()
    this.hasLeaves = this.lanes === 2
    exports.start()
    this.#end = exports.arena()
    this.#bytes = new Uint8Array(exports.memory.buffer)
  }

  /** @throws where WebAssembly is missing, forbidden (a Content Security Policy), too old or out of memory */
  static async load(build?: Build): Promise<{ readonly kernel: Kernel; readonly build: Build }> {
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
    const simd = fromHex(SIMD)
    const chosen = build ?? (WebAssembly.validate(simd) ? 'simd' : 'scalar')
    const { instance } = await WebAssembly.instantiate(chosen === 'simd' ? simd : fromHex(SCALAR))
    return { kernel: new Kernel(instance.exports as KernelExports), build: chosen }
  }

  /** Checks public keys of 32 bytes, `lanes` of them at most: their entries, or indices of KEY_FAULTS. */
  importKeys(publicKeys: readonly Uint8Array[]): (Uint8Array | number)[] {
    const { KEYS, KEY_ENTRIES, FAULTS } = this.#places
    for (let lane = 0; lane < this.lanes; lane++)
      this.#bytes.set(publicKeys[lane] ?? publicKeys[0]!, KEYS + 32 * lane)
    this.#exports.importKeys()
    return publicKeys.map((_, lane) => {
      const [fault, entry] = [this.#bytes[FAULTS + lane]!, KEY_ENTRIES + ENTRY * lane]
      return fault === 0 ? this.#bytes.slice(entry, entry + ENTRY) : fault
    })
  }

  /** Memory for one more table; undefined where there is none to be had. */
  allocateTable(): number | undefined {
    return this.#allocate(this.tableSize)
  }

  #allocate(size: number): number | undefined {
    const [start, end] = [this.#end, this.#end + size]
    const missing = end - this.#bytes.length
    if (missing > 0) {
      try {
        this.#exports.memory.grow(Math.ceil(missing / PAGE))
      } catch {
        return undefined
      }
      this.#bytes = new Uint8Array(this.#exports.memory.buffer) // the old view is detached
    }
    this.#end = end
    return start
  }

  /** Makes the leaves of the base point. Returns whether there was memory for them. */
  buildBaseLeaves(): boolean {
    const table = this.#allocate(this.baseLeavesSize)
    if (table !== undefined) this.#exports.buildBaseLeaves(table)
    return table !== undefined
  }

  /** Fills a table for the key: after `buildBaseLeaves`, if with leaves. */
  buildTable({ address, kind }: Table, key: KernelKey): void {
    this.#bytes.set(key.entry, this.#places.ENTRIES)
    if (kind === 'leaves') this.#exports.buildLeafTable(address, LEAF_WIDTH)
    else this.#exports.buildTable(address, WIDTH)
  }

  /** Stages job `index` of the chunk. `signature` has 64 bytes; all jobs have tables of one kind, or none. */
  stage(index: number, key: KernelKey, message: Uint8Array, signature: Uint8Array, table?: Table): void {
    const { SIGNATURES, PUBLIC_KEY, ENTRIES } = this.#places
    this.#bytes.set(signature, SIGNATURES + 64 * index)
    this.#bytes.set(key.publicKey, PUBLIC_KEY)
    this.#exports.beginJob(index)
    this.#absorb(message)
    if (table === undefined) {
      this.#bytes.set(key.entry, ENTRIES + ENTRY * index)
      this.#exports.endPlainJob(index)
    } else if (table.kind === 'leaves') this.#exports.endTreeJob(index, table.address, LEAF_WIDTH)
    else this.#exports.endTabledJob(index, table.address, WIDTH)
  }

  #absorb(message: Uint8Array): void {
    const { MESSAGE, PIECE } = this.#places
    for (let at = 0; at < message.length; at += PIECE) {
      const piece = message.length <= PIECE ? message : message.subarray(at, at + PIECE)
      this.#bytes.set(piece, MESSAGE)
      this.#exports.absorb(piece.length)
    }
  }

  /** Verifies the `count` jobs that were staged, with tables of this kind or without. */
  verifyStaged(count: number, kind?: TableKind): void {
    if (kind === 'leaves') this.#exports.verifyTree(count, LEAF_WIDTH)
    else if (kind === 'entries') this.#exports.verifyTabled(count, WIDTH)
    else this.#exports.verifyPlain(count)
  }

  /** Whether the signature of job `index` held. */
  verdict(index: number): boolean {
    return this.#bytes[this.#places.VERDICTS + index] === 1
  }
}
