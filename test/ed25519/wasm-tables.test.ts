import { describe, expect, it } from 'vitest'
import type { Kernel } from '../../src/ed25519/wasm/kernel.ts'
import { TablePool, type TableUser } from '../../src/ed25519/wasm/tables.ts'

/** A kernel of memory only: tables of 1000 bytes, as many as there is room for. */
function fakeKernel(room = Number.POSITIVE_INFINITY) {
  const built: TableUser[] = []
  let allocated = 0
  const kernel = {
    chunk: 256,
    tableSize: 1000,
    allocateTable: () => (allocated < room ? 1000 * allocated++ : undefined),
    buildTable: (_table: number, key: TableUser) => void built.push(key),
  }
  return { kernel: kernel as unknown as Kernel, built, allocated: () => allocated }
}

const newKey = (): TableUser => ({
  publicKey: new Uint8Array(),
  entry: new Uint8Array(),
  plain: 0,
  since: 0,
})

/** Uses the key so often; the last answer. */
function use(pool: TablePool, key: TableUser, times = 1): number | undefined {
  for (let i = 1; i < times; i++) pool.use(key)
  return pool.use(key)
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
})
