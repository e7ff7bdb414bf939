import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { type PublishListsOptions, publishLists } from '../../src/node/publish/publish-lists.ts'
import { at, createServer, DAY, keeperOf, pinsOf, revocationOf, stampOf, trustOf } from '../keeper/world.ts'

const A = 'a.example'
const pins = pinsOf(A)
const now = at(DAY)

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'veristamp-publish-')), 'public', 'lists')
  return () => rmSync(join(folder, '..', '..'), { recursive: true })
})

const trustList = trustOf(A, { sequence: 1 })
const listAt = (sequence: number, day = 0) => revocationOf(A, sequence, { issued: at(day * DAY) })
const publish = (revocationList: Uint8Array, options: Partial<PublishListsOptions> = {}) =>
  publishLists(folder, { pins, trustList, revocationList, now, ...options })

/** All files: names, bytes and when they were written. */
const everything = () =>
  readdirSync(folder).map((name) => [
    name,
    readFileSync(join(folder, name), 'hex'),
    statSync(join(folder, name)).mtimeMs,
  ])

/** What a keeper asks the folder for, by the beginnings of names, sorted: it asks for some at once. */
async function askedBy(keeper: ReturnType<typeof keeperOf>, server: ReturnType<typeof createServer>) {
  server.sites.set(A, new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])))
  server.asked.length = 0
  await keeper.refresh({ now })
  const name = (address: string) => address.slice(address.lastIndexOf('/') + 1)
  return server.asked.map(({ address }) => name(address).replace(/-[0-9a-f]{8}\.cbor$/, '')).sort()
}

describe('publishing', () => {
  it('writes what a keeper needs: everything at first, then a delta from whichever list it has', async () => {
    const server = createServer()
    const keepers = [1, 2].map(() => keeperOf(server, { store: memoryKeeperStore() }))
    publish(await listAt(1))
    expect(await askedBy(keepers[0]!, server)).toEqual(['lists.json', 'revocation-1', 'trust-1'])
    publish(await listAt(2))
    expect(await askedBy(keepers[1]!, server)).toEqual(['lists.json', 'revocation-2', 'trust-1'])
    const { deltasFrom } = publish(await listAt(3))
    expect(deltasFrom).toEqual([2, 1])
    expect(await askedBy(keepers[0]!, server)).toEqual(['delta-1-3', 'lists.json'])
    expect(await askedBy(keepers[1]!, server)).toEqual(['delta-2-3', 'lists.json'])
    for (const keeper of keepers)
      expect(keeper.verify(await stampOf(A, 3), { now })).toMatchObject({ reason: 'revoked', warnings: [] })
  })

  it('changes nothing the second time', async () => {
    publish(await listAt(1))
    publish(await listAt(2))
    const before = everything()
    expect(publish(await listAt(2))).toEqual({
      trustList: 1,
      revocationList: 2,
      deltasFrom: [1],
      written: [],
      removed: [],
    })
    expect(everything()).toEqual(before)
  })

  it('takes deltas from lists that are given too, and only from those that have not expired', async () => {
    const before = await Promise.all([1, 2, 3].map((sequence) => listAt(sequence, sequence)))
    const newest = await listAt(4, 4)
    expect(publish(newest, { before }).deltasFrom).toEqual([3, 2, 1])
    expect(publish(newest, { before, now: at(16 * DAY) }).deltasFrom).toEqual([3])
    const gone = publish(newest, { now: at(30 * DAY) })
    expect(gone.deltasFrom).toEqual([])
    expect(gone.removed.some((name) => name.startsWith('delta-'))).toBe(true)
  })

  it('keeps 64 deltas at the most, the newest', async () => {
    const before = await Promise.all(Array.from({ length: 70 }, (_, index) => listAt(index + 1)))
    const { deltasFrom } = publish(await listAt(71), { before })
    expect([deltasFrom.length, deltasFrom[0], deltasFrom.at(-1)]).toEqual([64, 70, 7])
    expect(statSync(join(folder, 'lists.json')).size).toBeLessThan(65_536)
  })

  it('keeps what an index in a cache still names, and no more than that', async () => {
    for (const sequence of [1, 2, 3, 4]) publish(await listAt(sequence))
    const names = readdirSync(folder).map((name) => name.replace(/-[0-9a-f]{8}\.cbor$/, ''))
    expect(names.sort()).toEqual(
      [
        ...['delta-1-3', 'delta-1-4', 'delta-2-3', 'delta-2-4', 'delta-3-4', 'lists.json'],
        ...['revocation-1', 'revocation-2', 'revocation-3', 'revocation-4', 'trust-1'],
      ].sort(),
    )
  })

  it('puts nothing older in the place of what is there, nor another list of its number', async () => {
    publish(await listAt(2), { trustList: trustOf(A, { sequence: 2 }) })
    const before = everything()
    const reasonOf = (act: () => unknown) => {
      try {
        act()
      } catch (error) {
        return (error as { details: unknown }).details
      }
      return undefined
    }
    const newer = { trustList: trustOf(A, { sequence: 2 }) }
    const [old, other, next] = [await listAt(1), await revocationOf(A, 2, { twist: 1 }), await listAt(3)]
    expect(reasonOf(() => publish(old, newer))).toMatchObject({
      document: 'revocation_list',
      reason: 'rollback',
    })
    expect(reasonOf(() => publish(other, newer))).toMatchObject({ reason: 'equivocation' })
    expect(reasonOf(() => publish(next))).toMatchObject({ document: 'trust_list', reason: 'rollback' })
    expect(reasonOf(() => publish(trustList, newer))).toMatchObject({ reason: 'wrong_type' })
    expect(reasonOf(() => publishLists(folder, { pins, trustList, now }))).toMatchObject({
      reason: 'rollback',
    })
    expect(everything()).toEqual(before)
  })

  it('leaves other files alone, and refuses an index of somebody else', async () => {
    publish(await listAt(1))
    writeFileSync(join(folder, 'index.html'), 'hello')
    writeFileSync(join(folder, 'trust-notes.cbor'), 'mine')
    publish(await listAt(2))
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['index.html', 'trust-notes.cbor']))
    const third = await listAt(3)
    for (const text of [
      '{"lists": []}',
      readFileSync(join(folder, 'lists.json'), 'utf8').replace(A, 'b.example'),
    ]) {
      writeFileSync(join(folder, 'lists.json'), text)
      expect(() => publish(third)).toThrow(expect.objectContaining({ code: 'bad_document' }))
      expect(readFileSync(join(folder, 'lists.json'), 'utf8')).toBe(text)
    }
  })

  it('asks for the revocation list where there must be one', async () => {
    expect(() => publishLists(folder, { pins, trustList, now })).toThrow(/options\.revocationList/)
    const without = trustOf(A, { sequence: 1, revokes: false })
    expect(publishLists(folder, { pins, trustList: without, now }).revocationList).toBeUndefined()
  })
})
