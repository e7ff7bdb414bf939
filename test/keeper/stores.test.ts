import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { indexedDbKeeperStore } from '../../src/browser/indexed-db-keeper-store.ts'
import type { KeeperAlarm } from '../../src/keeper/state.ts'
import { type KeeperStore, memoryKeeperStore } from '../../src/keeper/store.ts'
import { folderKeeperStore } from '../../src/node/stores/folder-keeper-store.ts'
import { rootsOf } from '../support/trust-lists.ts'
import {
  at,
  createServer,
  DAY,
  filesOf,
  keeperOf,
  pinsOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'
import 'fake-indexeddb/auto'

const A = 'a.example'
const now = at(DAY)

let server: Server
let folder: string
const publish = async (sequence: number, twist = 0, trustSequence = 1) => {
  const revocation = await revocationOf(A, sequence, { twist })
  const trust = trustOf(A, { sequence: trustSequence })
  server.sites.set(
    A,
    filesOf({ authority: A, trust, trustSequence, revocation, revocationSequence: sequence }),
  )
}

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  folder = mkdtempSync(join(tmpdir(), 'veristamp-keeper-'))
  server = createServer()
  await publish(1)
})
afterEach(() => rmSync(folder, { recursive: true }))

const asyncStorage = (): KeeperStore => {
  const kept = new Map<string, string>()
  return { get: async (key) => kept.get(key) ?? null, set: async (key, text) => void kept.set(key, text) }
}

describe.each<[string, () => () => KeeperStore]>([
  [
    'in memory',
    () => {
      const one = memoryKeeperStore()
      return () => one
    },
  ],
  ['in a folder', () => () => folderKeeperStore(join(folder, 'of', 'its own'))],
  ['in IndexedDB', () => () => indexedDbKeeperStore()],
])('a store %s', (_, open) => {
  it('gives a keeper back what it had, without a network', async () => {
    const store = open()
    await keeperOf(server, { store: store() }).refresh({ now })
    server.answer = () => Promise.reject(new TypeError('offline'))
    const later = keeperOf(server, { store: store() })
    await later.refresh({ now })
    expect(later.verify(await stampOf(A, 1), { now })).toMatchObject({ reason: 'revoked', warnings: [] })
    expect(later.verify(await stampOf(A, 2), { now })).toMatchObject({ status: 'valid', warnings: [] })
  })

  it('keeps a keeper that begins anew from older lists', async () => {
    const store = open()
    await publish(5)
    await keeperOf(server, { store: store() }).refresh({ now })
    await publish(4)
    const later = keeperOf(server, { store: store() })
    await later.refresh({ now })
    expect(later.state.authorities[0]).toMatchObject({ staleCopy: true, revocationList: { sequence: 5 } })
  })

  it('has the newest of two keepers, and each of them learns of it', async () => {
    const store = open()
    const [one, two] = [keeperOf(server, { store: store() }), keeperOf(server, { store: store() })]
    await Promise.all([one.refresh({ now }), two.refresh({ now })])
    await publish(2)
    await one.refresh({ now })
    server.answer = () => Promise.reject(new TypeError('offline'))
    await two.refresh({ now })
    expect(two.state.authorities[0]!.revocationList!.sequence).toBe(2)
  })

  it('says which of two keepers was given another list of a number', async () => {
    const store = open()
    const alarms: KeeperAlarm[] = []
    const two = keeperOf(server, { store: store(), onAlarm: (alarm) => alarms.push(alarm) })
    await two.refresh({ now })
    await publish(2)
    await keeperOf(server, { store: store() }).refresh({ now })
    await publish(2, 1)
    await two.refresh({ now })
    expect(alarms).toMatchObject([{ kind: 'equivocation' }])
    expect(two.verify(await stampOf(A, 2), { now })).toMatchObject({ reason: 'revoked' })
  })

  it('passes on a newer trust list also between keepers with other revocation lists of a number', async () => {
    const store = open()
    await publish(2, 1)
    await keeperOf(server, { store: store() }).refresh({ now })
    // Another keeper could not read the store when the server gave it the other list of this number.
    await publish(2)
    let fails = true
    const unsteady = store() as Required<KeeperStore>
    const one = keeperOf(server, {
      store: {
        ...unsteady,
        get: (key) => (fails ? Promise.reject(new Error('busy')) : unsteady.get(key)),
        update: (key, change) => (fails ? Promise.reject(new Error('busy')) : unsteady.update(key, change)),
      },
    })
    await one.refresh({ now })
    await publish(2, 0, 3)
    await one.refresh({ now })
    fails = false
    server.answer = () => Promise.reject(new TypeError('offline'))
    await one.refresh({ now })
    expect(one.state.authorities[0]).toMatchObject({ trustList: { sequence: 3 } })
    const two = keeperOf(server, { store: store() })
    await two.refresh({ now })
    expect(two.state.authorities[0]).toMatchObject({
      trustList: { sequence: 3 },
      revocationList: { sequence: 2 },
    })
  })

  it('changes a text in one transaction', async () => {
    const store = open()() as Required<KeeperStore>
    await Promise.all(
      Array.from({ length: 10 }, () => store.update('n', (text = '0') => String(Number(text) + 1))),
    )
    expect(await store.get('n')).toBe('10')
    await store.set('n', 'other')
    expect([await store.get('n'), (await store.get('none')) ?? undefined]).toEqual(['other', undefined])
  })
})

describe('a store', () => {
  it('without transactions, or none at all, stands against nothing, and every verdict says so', async () => {
    for (const store of [asyncStorage(), undefined]) {
      const keeper = keeperOf(server, { store })
      await keeper.refresh({ now })
      const verdict = keeper.verify(await stampOf(A, 2), { now })
      expect(verdict).toMatchObject({ status: 'valid', warnings: ['rollback_unprotected'] })
    }
  })

  it.each<[string, Partial<Required<KeeperStore>>]>([
    ['does not read', { get: () => Promise.reject(new Error('no IndexedDB here')) }],
    ['does not write', { update: () => Promise.reject(new Error('quota')) }],
    [
      'throws at once',
      {
        get: () => {
          throw new Error('broken')
        },
      },
    ],
  ])('that %s is told of, and the newest lists are in use all the same', async (_, fault) => {
    const keeper = keeperOf(server, { store: { ...memoryKeeperStore(), ...fault } })
    await keeper.refresh({ now })
    await publish(2)
    await keeper.refresh({ now })
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).toMatchObject({
      lastFailure: { reason: 'store_failed' },
      revocationList: { sequence: 2 },
    })
    expect(keeper.verify(await stampOf(A, 3), { now })).toMatchObject({
      status: 'valid',
      warnings: ['rollback_unprotected'],
    })
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, -9)],
    ['changed', (text: string) => text.replace('A', 'B')],
    ['something else', () => 'hello'],
  ])('whose text is %s is an alarm, is no empty one, and is left as it is', async (_, spoil) => {
    const store = memoryKeeperStore()
    await keeperOf(server, { store }).refresh({ now })
    const key = `veristamp ${A}`
    const spoilt = spoil((await store.get(key))!)
    await store.set(key, spoilt)
    const alarms: KeeperAlarm[] = []
    const keeper = keeperOf(server, { store, onAlarm: (alarm) => alarms.push(alarm) })
    await keeper.refresh({ now })
    expect(alarms).toMatchObject([{ kind: 'store_corrupt' }])
    expect(keeper.verify(await stampOf(A, 2), { now })).toMatchObject({
      status: 'valid',
      warnings: ['rollback_unprotected'],
    })
    expect(await store.get(key)).toBe(spoilt)
  })

  it('is believed nothing: its lists are verified, and its places outlast pins that no longer fit', async () => {
    const store = memoryKeeperStore()
    await publish(5)
    await keeperOf(server, { store }).refresh({ now })
    const pins = { ...pinsOf(A), roots: rootsOf(1, 1, 'stranger') }
    const keeper = keeperOf(server, { store, pins })
    server.answer = () => Promise.reject(new TypeError('offline'))
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).not.toHaveProperty('trustList')
    expect(keeper.verify(await stampOf(A, 6), { now })).toMatchObject({ reason: 'trust_list_missing' })
  })

  it('in a folder keeps few files, with names that every system takes', async () => {
    const store = folderKeeperStore(folder)
    for (let n = 0; n < 30; n++) await store.set('veristamp a/b:*?', String(n))
    expect(readdirSync(folder).length).toBeLessThanOrEqual(8)
    for (const name of readdirSync(folder)) expect(name).toMatch(/^[\w%.-]+$/)
  })

  it('in IndexedDB opens again after it was closed', async () => {
    const store = indexedDbKeeperStore()
    await store.set('a', 'b')
    await store.close()
    expect(await store.get('a')).toBe('b')
    await store.close()
    await store.close()
  })
})
