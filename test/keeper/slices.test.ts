import { describe, expect, it } from 'vitest'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { forge, type SyncSigner } from '../support/fixtures.ts'
import { issuerKey, keyIdOf } from '../support/sliced-lists.ts'
import { AUTHORITY, NOW } from '../support/trust-lists.ts'
import { hashOf, keeperOf, serverOf, siteOf, slicesIn, stampOf } from './sliced-site.ts'

const site = await siteOf(1)
const TEA = stampOf(1)

describe('a keeper that brings slices when they are asked for', () => {
  it('answers slice_missing at once, and brings the slice of each list that the key id asks for', async () => {
    const { server, fetch } = serverOf(site.files)
    const keeper = keeperOf(fetch, { slices: 'asked', store: memoryKeeperStore() })
    await keeper.refresh({ now: NOW })
    expect(slicesIn(server.asked)).toEqual([])
    expect(keeper.verify(TEA, { now: NOW })).toMatchObject({ reason: 'slice_missing', keyId: keyIdOf(1) })
    const verdict = await keeper.answer(TEA, { now: NOW })
    expect(verdict).toMatchObject({ status: 'valid', facility: { id: 100 } })
    expect(slicesIn(server.asked)).toHaveLength(2)
    expect(keeper.verify(TEA, { now: NOW }).status).toBe('valid')
    await keeper.answer(TEA, { now: NOW })
    expect(slicesIn(server.asked)).toHaveLength(2)
  })

  it('stays open where the server has other bytes, or none, and says why', async () => {
    const files = new Map(
      [...site.files].map(([name, bytes]) => [name, name.startsWith('slice-') ? bytes.slice(1) : bytes]),
    )
    const { server, fetch } = serverOf(files)
    const keeper = keeperOf(fetch, { slices: 'asked' })
    await keeper.refresh({ now: NOW })
    expect(await keeper.answer(TEA, { now: NOW })).toMatchObject({ reason: 'slice_missing' })
    expect(keeper.state.authorities[0]!.lastFailure?.reason).toBe('other_bytes')
    server.isUp = false
    expect(await keeper.answer(TEA, { now: NOW })).toMatchObject({ reason: 'slice_missing' })
    expect(keeper.state.authorities[0]!.lastFailure?.reason).toBe('no_answer')
  })

  it('asks for nothing where the answer needs no slice', async () => {
    const { server, fetch } = serverOf(site.files)
    const keeper = keeperOf(fetch, { slices: 'asked' })
    await keeper.refresh({ now: NOW })
    const stranger = forge([65_000, 1, 1, 1], issuerKey(1) as SyncSigner).base45
    expect(await keeper.answer(stranger, { now: NOW })).toMatchObject({ reason: 'unknown_key' })
    expect(await keeper.answer('HELLO', { now: NOW })).toMatchObject({ reason: 'malformed' })
    expect(slicesIn(server.asked)).toEqual([])
  })

  it('renews what it keeps when a list changes, and nothing else: it answers without a network', async () => {
    const { server, fetch } = serverOf(site.files)
    const store = memoryKeeperStore()
    const keeper = keeperOf(fetch, { slices: 'asked', store })
    await keeper.refresh({ now: NOW })
    await keeper.answer(TEA, { now: NOW })
    const later = await siteOf(2, { changed: [1] })
    const changed = [...later.files.keys()].find((name) => /^slice/.test(name) && !site.files.has(name))!
    server.files = new Map([...later.files].filter(([name]) => name !== changed))
    await keeper.refresh({ now: NOW })
    expect(keeper.state.authorities[0]!.lastFailure?.reason).toBe('status')
    server.files = later.files
    server.asked = []
    await keeper.refresh({ now: NOW })
    await keeper.refresh({ now: NOW })
    expect(slicesIn(server.asked)).toEqual([changed])
    server.isUp = false
    for (const each of [keeper, keeperOf(fetch, { slices: 'asked', store })]) {
      await each.refresh({ now: NOW })
      expect(await each.answer(TEA, { now: NOW })).toMatchObject({
        status: 'valid',
        issuer: { name: 'New name 2' },
      })
    }
    const other = keeperOf(fetch, { slices: 'asked', store })
    await other.refresh({ now: NOW })
    expect(await other.answer(stampOf(199), { now: NOW })).toMatchObject({ reason: 'slice_missing' })
  })

  it('ends with the reason of a signal', async () => {
    const { fetch } = serverOf(site.files)
    const keeper = keeperOf(fetch, { slices: 'asked' })
    await keeper.refresh({ now: NOW })
    await expect(keeper.answer(TEA, { now: NOW, signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
  })
})

describe('a keeper that brings all slices', () => {
  it('has them after a refresh, and without a network from its store', async () => {
    const { server, fetch } = serverOf(site.files)
    const store = memoryKeeperStore()
    await keeperOf(fetch, { store }).refresh({ now: NOW })
    expect(slicesIn(server.asked)).toHaveLength(site.trust.slices.length + site.revocation.slices.length)
    server.isUp = false
    const next = keeperOf(fetch, { store })
    await next.refresh({ now: NOW })
    expect(next.verify(TEA, { now: NOW }).status).toBe('valid')
    expect(next.verify(stampOf(199), { now: NOW }).status).toBe('valid')
  })

  it('uses those that come where one does not, says why, and asks for that one again soon', async () => {
    const [lost] = site.trust.slices.map((slice) => `slice-${hashOf(slice)}.cbor`)
    const { server, fetch } = serverOf(new Map([...site.files].filter(([name]) => name !== lost)))
    const keeper = keeperOf(fetch)
    await keeper.refresh({ now: NOW })
    expect(keeper.verify(TEA, { now: NOW })).toMatchObject({ reason: 'slice_missing' })
    expect(keeper.verify(stampOf(199), { now: NOW }).status).toBe('valid')
    const [state] = keeper.state.authorities
    expect([state!.lastFailure?.reason, state!.lastSuccess]).toEqual(['status', undefined])
    expect(state!.due.getTime() - NOW.getTime()).toBeLessThan(3_600_000)
    server.files = site.files
    server.asked = []
    await keeper.refresh({ now: NOW })
    expect(slicesIn(server.asked)).toEqual([lost])
    expect(keeper.verify(TEA, { now: NOW }).status).toBe('valid')
  })

  it('asks only for those that changed, and empties the places of those that are gone', async () => {
    const { server, fetch } = serverOf(site.files)
    const store = memoryKeeperStore()
    const keeper = keeperOf(fetch, { store })
    await keeper.refresh({ now: NOW })
    const later = await siteOf(2, { changed: [1] })
    const changed = later.trust.slices.filter((slice) => !site.files.has(`slice-${hashOf(slice)}.cbor`))
    expect(changed).toHaveLength(1)
    server.files = later.files
    server.asked = []
    await keeper.refresh({ now: NOW })
    expect(slicesIn(server.asked)).toEqual([`slice-${hashOf(changed[0]!)}.cbor`])
    expect(keeper.verify(TEA, { now: NOW })).toMatchObject({
      status: 'valid',
      issuer: { name: 'New name 2' },
    })
    const old = [...site.files.keys()].filter((name) => name.startsWith('slice-') && !later.files.has(name))
    const placeOf = (name: string) => `veristamp ${AUTHORITY} slice ${name.slice(6, -5)}`
    expect(await Promise.all(old.map((name) => store.get(placeOf(name))))).toEqual(old.map(() => ''))
  })
})
