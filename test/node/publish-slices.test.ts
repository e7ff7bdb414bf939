import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sliceFileName } from '../../src/document/named-slices.ts'
import { applySlicePatches } from '../../src/document/slice-patches.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { decodeListsIndex, type ListsIndex } from '../../src/keeper/lists-index.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { publishLists } from '../../src/node/publish/publish-lists.ts'
import {
  grown,
  ministry,
  revokedOf,
  type SlicedList,
  sliceRevocation,
  sliceTrust,
} from '../support/sliced-lists.ts'
import { AUTHORITY, mustLoad, NOW, rootsOf } from '../support/trust-lists.ts'

/** Lists in slices in the folder of a web server. */

const pins = { authority: AUTHORITY, roots: rootsOf(1, 1, 'root') }
const ISSUERS = 240

async function listsOf(
  sequence: number,
  rename?: number,
): Promise<Record<'trust' | 'revocation', SlicedList>> {
  const { issuers, ...content } = ministry(ISSUERS, { sequence })
  const own = issuers.map((issuer, place) => (place === rename ? { ...issuer, name: 'New name' } : issuer))
  const trust = await sliceTrust({ ...content, issuers: own })
  const draft = revokedOf({ ...content, issuers: own }, sequence)
  const revocation = await sliceRevocation(draft, grown(mustLoad(trust.document), trust.slices))
  return { trust, revocation }
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-publish-'))
  return () => rmSync(folder, { recursive: true })
})

type Lists = Awaited<ReturnType<typeof listsOf>>

const publish = ({ trust, revocation }: Lists, slices = [...trust.slices, ...revocation.slices], now = NOW) =>
  publishLists(folder, {
    ...{ pins, slices, now },
    trustList: trust.document,
    revocationList: revocation.document,
  })

const slicesHere = () => readdirSync(folder).filter((name) => name.startsWith('slice-'))
const namesOf = ({ trust, revocation }: Lists) =>
  [...trust.slices, ...revocation.slices].map((slice) => sliceFileName(sha256(slice)))

const fileHere = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
const hashOf = (bytes: Uint8Array) => toHex(sha256(bytes))
function indexHere(): ListsIndex {
  const decoded = decodeListsIndex(readFileSync(join(folder, 'lists.json'), 'utf8'))
  if (!decoded.ok) throw new Error(decoded.detail)
  return decoded.index
}

const [first, second, third, fourth] = await Promise.all([
  listsOf(1),
  listsOf(2, 5),
  listsOf(3, 9),
  listsOf(4, 100),
])

describe('publishing lists in slices', () => {
  it('writes the slices first, by their hashes, and the index last', () => {
    const { written } = publish(first)
    const count = namesOf(first).length
    expect(written.slice(0, count)).toEqual(namesOf(first))
    expect(written.slice(count)).toEqual([
      expect.stringMatching(/^trust-1-/),
      expect.stringMatching(/^revocation-1-/),
      'lists.json',
    ])
    expect(publish(first)).toMatchObject({ written: [], removed: [], deltasFrom: [] })
  })

  it('writes only those that changed, and keeps the old ones until their list expires', () => {
    publish(first)
    const { written, removed } = publish(second)
    const fresh = namesOf(second).filter((name) => !namesOf(first).includes(name))
    expect(fresh.length).toBeLessThan(namesOf(second).length / 2)
    expect(written.filter((name) => name.startsWith('slice-'))).toEqual(fresh)
    expect(removed).toEqual([])
    expect(slicesHere()).toHaveLength(namesOf(first).length + fresh.length)
    publish(second, undefined, new Date('2099-01-01T00:00:00Z'))
    expect(slicesHere().sort()).toEqual([...new Set(namesOf(second))].sort())
  })

  it('writes patches that lead from the slices of older lists to the new ones, where they are worth it', async () => {
    publish(first)
    const { written } = publish(second)
    const fresh = namesOf(second).filter((name) => !namesOf(first).includes(name))
    expect(written.slice(fresh.length)).toEqual([
      expect.stringMatching(/^trust-2-/),
      expect.stringMatching(/^trust-patches-1-2-/),
      expect.stringMatching(/^revocation-2-/),
      'lists.json',
    ])
    const { trust, revocation } = indexHere()
    expect(revocation).not.toHaveProperty('patches')
    expect(trust.patches).toEqual([
      { from: hashOf(first.trust.document), path: written.at(-3), sha256: hashOf(fileHere(written.at(-3)!)) },
    ])
    expect(fileHere(written.at(-3)!).length).toBeLessThan(300)
    const { missingSlices } = mustLoad(second.trust.document)
    const patched = await applySlicePatches(fileHere(written.at(-3)!), missingSlices, async (sha256) =>
      fileHere(`slice-${sha256}.cbor`),
    )
    expect(patched.ok && patched.slices.map((slice) => sliceFileName(sha256(slice)))).toEqual(fresh)
    expect(publish(second)).toMatchObject({ written: [], removed: [] })
  })

  it('leads to the newest list from each that has not expired, and keeps the patches to the one before for its readers', () => {
    publish(first)
    publish(second)
    const [step] = indexHere().trust.patches!
    expect(publish(third).removed).toEqual([])
    const steps = indexHere().trust.patches!
    expect(steps.map(({ from }) => from)).toEqual([second, first].map(({ trust }) => hashOf(trust.document)))
    // Caches may still have the index before this one.
    expect(readdirSync(folder)).toContain(step!.path)
    const { removed } = publish(fourth)
    expect(removed).toEqual([step!.path])
    expect(readdirSync(folder)).toContain(steps[0]!.path)
    publish(fourth, undefined, new Date('2099-01-01T00:00:00Z'))
    expect(indexHere().trust).not.toHaveProperty('patches')
    expect(readdirSync(folder).filter((name) => name.includes('patches'))).toEqual([])
  })

  it('makes patches from lists that were elsewhere, where their slices are given', () => {
    const before = [first.trust.document, first.revocation.document]
    const { trust, revocation } = second
    const lists = { trustList: trust.document, revocationList: revocation.document }
    const slices = [...trust.slices, ...revocation.slices]
    publishLists(folder, { pins, ...lists, slices, before, now: NOW })
    expect(indexHere().trust).not.toHaveProperty('patches')
    publishLists(folder, { pins, ...lists, slices: [...slices, ...first.trust.slices], before, now: NOW })
    expect(indexHere().trust.patches).toMatchObject([{ from: hashOf(first.trust.document) }])
  })

  it('makes no patches from a slice that was damaged in the folder', () => {
    publish(first)
    for (const name of namesOf(first)) writeFileSync(join(folder, name), 'damaged')
    publish(second)
    expect(indexHere().trust).not.toHaveProperty('patches')
  })

  it('takes nothing of lists whose slices are not all there, or not theirs', () => {
    const all = [...first.trust.slices, ...first.revocation.slices]
    for (const missing of [0, all.length - 1])
      expect(() =>
        publish(
          first,
          all.filter((_, at) => at !== missing),
        ),
      ).toThrow(expect.objectContaining({ code: 'bad_document', details: { fault: 'slices_missing' } }))
    expect(() => publish(first, [...second.trust.slices, ...first.revocation.slices].slice(1))).toThrow(
      expect.objectContaining({ details: { fault: 'slices_missing' } }),
    )
    expect(readdirSync(folder)).toEqual([])
    // Slices of other lists do no harm.
    publish(first, [...all, ...second.trust.slices])
  })

  it('refuses two lists that together hide a revocation, and leaves the folder as it was', async () => {
    publish(first)
    const { issuers, ...content } = ministry(ISSUERS, { sequence: 2 })
    const moved = issuers
      .filter((_, place) => place > 2)
      .map((issuer, place) =>
        place < ISSUERS - 4 ? issuer : { ...issuer, scope: [...issuer.scope, { facility: 100 }] },
      )
    const trust = await sliceTrust({ ...content, issuers: moved })
    const before = readdirSync(folder)
    expect(() => publish({ trust, revocation: first.revocation })).toThrow(
      expect.objectContaining({
        code: 'bad_document',
        details: { fault: 'revocation_hidden', keyId: issuers.at(-1)!.keyId, facility: 100, product: 1000 },
      }),
    )
    expect(readdirSync(folder)).toEqual(before)
    const draft = revokedOf(ministry(ISSUERS), 2)
    const revocation = await sliceRevocation(draft, grown(mustLoad(trust.document), trust.slices))
    expect(publish({ trust, revocation })).toMatchObject({ trustList: 2, revocationList: 2 })
  })
})
