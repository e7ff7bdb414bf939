import { describe, expect, it } from 'vitest'
import type { Kernel, Table } from '../../src/ed25519/wasm/kernel.ts'
import { noTables, TablePool, type TableUser } from '../../src/ed25519/wasm/tables.ts'

/** A kernel of memory only: tables of 1000 bytes, as many as there is room for, and base leaves of 2500. */
function fakeKernel(room = Number.POSITIVE_INFINITY, hasLeaves = true) {
  const built: TableUser[] = []
  const kinds: string[] = []
  let allocated = 0
  const kernel = {
    chunk: 256,
    tableSize: 1000,
    baseLeavesSize: 2500,
    hasLeaves,
    allocateTable: () => (allocated < room ? 1000 * allocated++ : undefined),
    buildTable({ kind }: Table, key: TableUser) {
      built.push(key)
      kinds.push(kind)
    },
    buildBaseLeaves() {
      kinds.push('base')
      return allocated + 3 <= room
    },
  }
  return { kernel: kernel as unknown as Kernel, built, kinds, allocated: () => allocated }
}

const newKey = (): TableUser => ({
  publicKey: new Uint8Array(),
  entry: new Uint8Array(),
  tables: noTables(),
})

/** Uses the key so often, one at a time; the address of its table in the end. */
function use(pool: TablePool, key: TableUser, times = 1): number | undefined {
  for (let i = 1; i < times; i++) pool.use(key, false)
  return pool.use(key, false)?.address
}

/** Uses the key so often in chunks; the kind of its table in the end. */
function useInChunks(pool: TablePool, key: TableUser, times: number): string | undefined {
  for (let i = 1; i < times; i++) pool.use(key, true)
  return pool.use(key, true)?.kind
}

describe('the tables of keys', () => {
  it('are made for busy keys alone', () => {
    const { kernel, built } = fakeKernel()
    const pool = new TablePool(kernel, 1e6)
    for (let i = 0; i < 10_000; i++) expect(use(pool, newKey())).toBeUndefined()
    expect(built).toEqual([])
    const busy = newKey()
    expect(use(pool, busy, 1000)).toBe(0)
    expect(built).toEqual([busy])
  })
  it('keep within the budget', () => {
    const { kernel, allocated } = fakeKernel()
    const pool = new TablePool(kernel, 3999)
    for (let i = 0; i < 50; i++) use(pool, newKey(), 1000)
    expect(allocated()).toBe(3)
  })
  it('do without where the budget is for none, or memory runs out', () => {
    const none = new TablePool(fakeKernel().kernel, 999)
    expect(use(none, newKey(), 1000)).toBeUndefined()
    const { kernel } = fakeKernel(1)
    const pool = new TablePool(kernel, 1e6)
    expect(use(pool, newKey(), 1000)).toBe(0)
    expect(use(pool, newKey(), 1000)).toBe(0) // the first key's
  })
  it('go to a new busy key from the one least recently used', () => {
    const { kernel, built } = fakeKernel()
    const pool = new TablePool(kernel, 2000)
    const [first, second, third] = [newKey(), newKey(), newKey()]
    use(pool, first, 1000)
    use(pool, second, 1000)
    use(pool, first, 1)
    expect(use(pool, third, 1000)).toBe(1000) // the second key's
    expect(use(pool, first)).toBe(0)
    expect(use(pool, second)).toBeUndefined()
    expect(built).toEqual([first, second, third])
  })
  it('are not taken from a key used within the last chunk', () => {
    const { kernel } = fakeKernel()
    const pool = new TablePool(kernel, 1000)
    const [first, second] = [newKey(), newKey()]
    use(pool, first, 1000)
    expect(use(pool, second, 256)).toBeUndefined()
    expect(use(pool, first)).toBe(0)
  })
  it('stay where they are while more keys take turns than there is room for', () => {
    const { kernel, built } = fakeKernel()
    const pool = new TablePool(kernel, 4000)
    const keys = Array.from({ length: 40 }, newKey)
    for (let round = 0; round < 1000; round++) for (const key of keys) use(pool, key)
    expect(built).toHaveLength(4)
  })
  it('hold leaves where a key is busy in chunks, and entries for it one at a time', () => {
    const { kernel, kinds } = fakeKernel()
    const pool = new TablePool(kernel, 1e6)
    const key = newKey()
    expect(useInChunks(pool, key, 100)).toBe('entries')
    expect(useInChunks(pool, key, 10_000)).toBe('leaves')
    expect(pool.use(key, false)?.kind).toBe('entries')
    expect(kinds).toEqual(['entries', 'base', 'leaves'])
  })
  it('hold no leaves for keys that come one at a time, or where a build has none', () => {
    const { kernel, kinds } = fakeKernel()
    use(new TablePool(kernel, 1e6), newKey(), 20_000)
    const scalar = fakeKernel(undefined, false)
    useInChunks(new TablePool(scalar.kernel, 1e6), newKey(), 20_000)
    expect([...kinds, ...scalar.kinds]).toEqual(['entries', 'entries'])
  })
  it('hold leaves for all keys once the leaves of the base point are earned', () => {
    const { kernel, kinds } = fakeKernel()
    const pool = new TablePool(kernel, 1e6)
    const keys = Array.from({ length: 10 }, newKey)
    for (const key of keys) useInChunks(pool, key, 1000)
    for (const key of keys) expect(useInChunks(pool, key, 1000)).toBe('leaves')
    expect(kinds.filter((kind) => kind === 'base')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'leaves')).toHaveLength(10)
  })
  it('keep the base point within the budget too, and do without leaves where it has no room', () => {
    const { kernel, allocated, kinds } = fakeKernel()
    const pool = new TablePool(kernel, 5000)
    for (let i = 0; i < 20; i++) useInChunks(pool, newKey(), 10_000)
    expect(kinds).toContain('leaves')
    expect(allocated()).toBe(2)
    for (const [budget, room] of [[3000], [1e6, 2]] as const) {
      const small = fakeKernel(room)
      const tight = new TablePool(small.kernel, budget)
      const key = newKey()
      expect(useInChunks(tight, key, 20_000)).toBe('entries')
      expect(small.kinds).not.toContain('leaves')
    }
  })
})
