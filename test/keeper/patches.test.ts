import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeSlicePatches, encodeSlicePatches, type SlicePatch } from '../../src/document/slice-patches.ts'
import { decodeListsIndex, encodeIndex, type IndexedStep } from '../../src/keeper/lists-index.ts'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import { runs } from '../support/laws.ts'
import { AUTHORITY, NOW } from '../support/trust-lists.ts'
import {
  hashOf,
  keeperOf,
  patchesTo,
  type SlicedSite,
  serverOf,
  siteOf,
  sliceName,
  slicesIn,
  stampOf,
} from './sliced-site.ts'

/** A keeper that brings all slices, and a server that has patches for it. */

/** In the first and the last of three slices, of both lists. */
const CHANGED = [4, 190]
const LATER = [10, 202]
const SAME = [1, 100, 232]
const first = await siteOf(1)
const second = await siteOf(2, { changed: CHANGED, before: [first] })
const third = await siteOf(3, { changed: LATER, before: [second, first] })

const asks = (names: readonly string[]) => names.filter((name) => !/^(lists|trust|revocation)\./.test(name))
const fresh = (site: SlicedSite, before: SlicedSite) =>
  [...site.trust.slices, ...site.revocation.slices].map(sliceName).filter((name) => !before.files.has(name))
const PATCHES = ['revocation-patches-0.cbor', 'trust-patches-0.cbor']

let files: Map<string, Uint8Array>
let server: ReturnType<typeof serverOf>['server']
let fetch: ReturnType<typeof serverOf>['fetch']
let store = memoryKeeperStore()
let keeper = keeperOf(() => Promise.reject())

beforeEach(async () => {
  ;({ server, fetch } = serverOf(first.files))
  store = memoryKeeperStore()
  keeper = keeperOf(fetch, { store })
  await keeper.refresh({ now: NOW })
  files = new Map(second.files)
  server.files = files
  server.asked = []
  server.bytes = 0
})

const refresh = async (each = keeper): Promise<void> => void (await each.refresh({ now: NOW }))
const failure = () => keeper.state.authorities[0]!.lastFailure?.reason
/** All slices of the list are here and in use. */
function isWhole(sequence = 2, changed: readonly number[] = CHANGED): void {
  for (const place of [...changed, ...SAME])
    expect(keeper.verify(stampOf(place), { now: NOW })).toMatchObject({
      status: 'valid',
      issuer: { name: changed.includes(place) ? `New name ${sequence}` : `issuer ${place}` },
    })
}
/** The index says this of patches, whatever is true. */
function offer(
  change: (steps: readonly IndexedStep[], kind: 'trust' | 'revocation') => readonly IndexedStep[],
) {
  const decoded = decodeListsIndex(new TextDecoder().decode(files.get('lists.json')!))
  if (!decoded.ok) throw new Error(decoded.detail)
  const { authority, trust, revocation } = decoded.index
  const index = {
    authority,
    trust: { ...trust, patches: change(trust.patches ?? [], 'trust') },
    revocation: { ...revocation!, patches: change(revocation!.patches ?? [], 'revocation') },
  }
  files.set('lists.json', new TextEncoder().encode(encodeIndex(index)))
}
/** Other bytes under the name of a file of patches, which the index names. */
function putPatches(bytes: Uint8Array): void {
  for (const name of PATCHES) files.set(name, bytes)
  offer((steps) => steps.map((step) => ({ ...step, sha256: hashOf(bytes) })))
}

describe('a keeper that brings all slices', () => {
  it('takes a day’s changes as patches: one request for each list, and few bytes', async () => {
    await refresh()
    expect(asks(server.asked).sort()).toEqual(PATCHES)
    isWhole()
    const all = fresh(second, first).reduce((sum, name) => sum + files.get(name)!.length, 0)
    const bodies = ['lists.json', 'trust.cbor', 'revocation.cbor'].map((name) => files.get(name)!.length)
    expect(server.bytes - bodies.reduce((sum, each) => sum + each)).toBeLessThan(all / 10)
    expect(failure()).toBeUndefined()
  })

  it('keeps what patches made, and nothing of what was before: it starts again without a network', async () => {
    await refresh()
    server.isUp = false
    keeper = keeperOf(fetch, { store })
    await refresh()
    isWhole()
    const old = fresh(first, second).map((name) => `veristamp ${AUTHORITY} slice ${name.slice(6, -5)}`)
    expect(await Promise.all(old.map((place) => store.get(place)))).toEqual(old.map(() => ''))
  })

  it('takes patches of the slices in its store when it starts with newer lists on the server', async () => {
    keeper = keeperOf(fetch, { store })
    await refresh()
    expect(asks(server.asked).sort()).toEqual(PATCHES)
    isWhole()
  })

  it('skips a list, by the patches that begin at the one it has', async () => {
    files = new Map(third.files)
    server.files = files
    await refresh()
    expect(asks(server.asked).sort()).toEqual(['revocation-patches-1.cbor', 'trust-patches-1.cbor'])
    isWhole(3, LATER)
  })

  it('asks for slices one by one where no patches begin at its list, or none are offered', async () => {
    offer((steps) => steps.map((step) => ({ ...step, from: hashOf(Uint8Array.of(1)) })))
    await refresh()
    expect(asks(server.asked).sort()).toEqual(fresh(second, first).sort())
    isWhole()
  })

  it('asks for no patches where no slice is missing, nor with lists whose slices are asked for one by one', async () => {
    await refresh()
    server.asked = []
    await refresh()
    expect(asks(server.asked)).toEqual([])
    const lazy = keeperOf(fetch, { slices: 'asked', store: memoryKeeperStore() })
    server.files = first.files
    await refresh(lazy)
    await lazy.answer(stampOf(1), { now: NOW })
    server.files = files
    server.asked = []
    await refresh(lazy)
    expect(asks(server.asked).filter((name) => PATCHES.includes(name))).toEqual([])
  })
})

describe('a server that means no good with its patches', () => {
  const HOSTILE: readonly (readonly [string, () => void])[] = [
    ['has none under that name', () => PATCHES.forEach((name) => void files.delete(name))],
    [
      'has other bytes than the index says',
      () => PATCHES.forEach((name) => void files.set(name, Uint8Array.of(1))),
    ],
    ['has garbage', () => putPatches(new TextEncoder().encode('<!doctype html>'))],
    ['has an empty file', () => putPatches(new Uint8Array())],
    ['has patches to another list', () => putPatches(patchesTo(third.trust, first.trust))],
    ['has patches from slices that are not here', () => putPatches(patchesTo(second.trust, third.trust))],
    [
      'has a file without patches',
      () => putPatches(Uint8Array.of(0xa1, 0x67, ...Buffer.from('patches'), 0x80)),
    ],
    [
      'names the same file for every list',
      () => offer((steps) => Array.from({ length: 64 }, () => steps[0]!)),
    ],
    [
      'lets patches lead to other bytes',
      () =>
        putPatches(files.get(PATCHES[0]!)!.map((byte, at, all) => (at === all.length - 1 ? byte ^ 1 : byte))),
    ],
  ]

  it.each(HOSTILE)('that %s costs one request a list more, and no slice', async (_, spoil) => {
    spoil()
    await refresh()
    expect(server.asked.filter((name) => name.includes('patches'))).toHaveLength(2)
    expect(slicesIn(server.asked).every((name) => fresh(second, first).includes(name))).toBe(true)
    expect(new Set(server.asked).size).toBe(server.asked.length)
    isWhole()
    expect(failure()).toBeUndefined()
  })

  it('with more bytes of patches than the missing slices take, good ones too, is asked for the slices', async () => {
    const worth = fresh(second, first).reduce((sum, name) => sum + files.get(name)!.length, 0)
    const good = PATCHES.flatMap((name) => decodeSlicePatches(files.get(name)!))
    const more: SlicePatch = [new Uint8Array(32), new Uint8Array(32), [[0, 0, new Uint8Array(worth)]]]
    putPatches(encodeSlicePatches([...good, more])!)
    await refresh()
    expect(slicesIn(server.asked).sort()).toEqual(fresh(second, first).sort())
    isWhole()
  })

  it('makes no slice of the right patches from slices that were spoilt in the store', async () => {
    for (const name of fresh(first, second))
      await store.set(`veristamp ${AUTHORITY} slice ${name.slice(6, -5)}`, 'SPOILT')
    keeper = keeperOf(fetch, { store })
    await refresh()
    expect(slicesIn(server.asked).sort()).toEqual(fresh(second, first).sort())
    isWhole()
  })

  it('ends with the reason of a signal, while patches are on their way', async () => {
    const stop = new AbortController()
    const hanging = keeperOf(
      (address, init) => {
        if (!address.includes('patches')) return fetch(address, init)
        stop.abort('enough')
        return new Promise(() => undefined)
      },
      { store },
    )
    await expect(hanging.refresh({ now: NOW, signal: stop.signal })).rejects.toBe('enough')
    await refresh()
    isWhole()
  })
})

describe('an update that was interrupted', () => {
  /** The lists come, and then the network is gone. */
  async function interrupt(): Promise<void> {
    const gone = [...files].filter(([name]) => /slice-|patches/.test(name) && !first.files.has(name))
    for (const [name] of gone) files.delete(name)
    await refresh()
    expect(failure()).toBe('status')
    expect(keeper.verify(stampOf(4), { now: NOW })).toMatchObject({ reason: 'slice_missing' })
    expect(keeper.verify(stampOf(100), { now: NOW }).status).toBe('valid')
    files = new Map(second.files)
    server.files = files
    server.asked = []
  }

  it('goes on with patches: what they begin at is kept until all slices are here', async () => {
    await interrupt()
    await refresh()
    expect(asks(server.asked).sort()).toEqual(PATCHES)
    isWhole()
  })

  it('goes on with patches where nothing is stored', async () => {
    const later = files
    keeper = keeperOf(fetch)
    server.files = first.files
    await refresh()
    server.files = later
    await interrupt()
    await refresh()
    expect(asks(server.asked).sort()).toEqual(PATCHES)
    isWhole()
  })

  it('goes on with patches where it was interrupted right after a start', async () => {
    keeper = keeperOf(fetch, { store })
    await interrupt()
    await refresh()
    expect(asks(server.asked).sort()).toEqual(PATCHES)
    isWhole()
  })

  it('goes on with patches to a still newer list', async () => {
    await interrupt()
    files = new Map(third.files)
    server.files = files
    await refresh()
    expect(asks(server.asked).sort()).toEqual(['revocation-patches-1.cbor', 'trust-patches-1.cbor'])
    isWhole(3, LATER)
  })

  it('goes on without them after a new start, and forgets what is of no use', async () => {
    await interrupt()
    keeper = keeperOf(fetch, { store })
    await refresh()
    isWhole()
    const old = fresh(first, second).map((name) => `veristamp ${AUTHORITY} slice ${name.slice(6, -5)}`)
    expect(await Promise.all(old.map((place) => store.get(place)))).toEqual(old.map(() => ''))
  })
})

it('answers with patches as without them, whatever a server does to their files', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2 ** 20),
      fc.subarray([...PATCHES, ...fresh(second, first)]),
      async (bit, lost) => {
        const [own, plain] = [serverOf(first.files), serverOf(first.files)]
        const [patched, whole] = [own, plain].map((each) => keeperOf(each.fetch))
        for (const each of [patched!, whole!]) await refresh(each)
        files = new Map(second.files)
        const bytes = files.get(PATCHES[bit & 1]!)!
        putPatches(
          bytes.map((byte, at) => (at === (bit >> 4) % bytes.length ? byte ^ (1 << (bit & 7)) : byte)),
        )
        own.server.files = files
        for (const name of lost) files.delete(name)
        plain.server.files = new Map(
          [...second.files].filter(([name]) => name.startsWith('slice-') || /^\w+\./.test(name)),
        )
        for (const each of [patched!, whole!]) await refresh(each)
        for (const place of [...CHANGED, ...SAME]) {
          const [verdict, right] = [patched!, whole!].map((each) =>
            each.verify(stampOf(place), { now: NOW }),
          ) as [Verdict, Verdict]
          if (verdict.status !== 'indeterminate') expect(verdict).toEqual(right)
          else expect(verdict.reason).toBe('slice_missing')
        }
      },
    ),
    { numRuns: runs(60, 8) },
  )
})
