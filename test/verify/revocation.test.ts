import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/document/store.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { applyDeltas } from '../../src/revocation/delta.ts'
import { addSerials, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  content,
  EXPIRES,
  garden,
  ISSUED,
  issue,
  kiln,
  NOW,
  plus,
  press,
  pressEntry,
  revoker,
  root,
  signerFrom,
  stamp,
  trustListWith,
} from '../support/fixtures.ts'
import { draftAfter } from '../support/next-draft.ts'
import { type Edit, HEADER, revocationListWith, revokingTrustList } from '../support/revoking.ts'

const TEA = { facility: 12, product: 104 }
const LOST = { reason: 'lost', date: '2026-01-06' } as const

const trustList = await revokingTrustList()
const good = (await issue(stamp)).toText()
const verifierWith = async (edit?: Edit, header?: Parameters<typeof revocationListWith>[2]) =>
  createVerifier({
    trustLists: [trustList],
    revocationLists: [await revocationListWith(trustList, edit, header)],
  })
const verify = async (edit: Edit, text: string, now = NOW) => (await verifierWith(edit)).verify(text, { now })

describe('a verdict', () => {
  it('tells the revocation list that was asked, and its age', async () => {
    expect((await verifierWith()).verify(good, { now: NOW })).toMatchObject({
      status: 'valid',
      warnings: ['rollback_unprotected'],
      revocationList: {
        sequence: 3,
        issued: ISSUED,
        next: HEADER.next,
        expires: EXPIRES,
        ageSeconds: (NOW.getTime() - ISSUED.getTime()) / 1000,
      },
    })
  })

  it('tells no revocation list where none was loaded', () => {
    const verdict = createVerifier({ trustLists: [trustList] }).verify(good, { now: NOW })
    expect(verdict).not.toHaveProperty('revocationList')
  })

  it('does not warn of older lists where a store stands against both kinds', async () => {
    const store = memoryStore()
    const own = { ...content, revocationKey: revoker.publicKey }
    const trust = loadTrustList(await signTrustList(own, [root]), {
      authority: own.authority,
      roots: own.roots,
      store,
    })
    if (!trust.ok) throw new Error(trust.reason)
    const bytes = await signRevocationList(draftRevocationList(HEADER), revoker)
    const withStore = loadRevocationList(bytes, { trustList: trust.trustList, store })
    const without = loadRevocationList(bytes, { trustList: trust.trustList })
    if (!withStore.ok || !without.ok) throw new Error('refused')
    const warningsOf = (list: typeof without) =>
      createVerifier({ trustLists: [trust.trustList], revocationLists: [list.revocationList] }).verify(good, {
        now: NOW,
      }).warnings
    expect(warningsOf(withStore)).toEqual([])
    expect(warningsOf(without)).toEqual(['rollback_unprotected'])
  })
})

describe('a revocation list', () => {
  it('puts the clock in doubt when it was issued later than now', async () => {
    const verifier = await verifierWith(undefined, { issued: plus(NOW, 301), next: plus(NOW, 302) })
    expect(verifier.verify(good, { now: NOW })).toMatchObject({ reason: 'clock_suspect' })
    expect(verifier.verify(good, { now: plus(NOW, 1) })).toMatchObject({ status: 'valid' })
  })

  it('is stale from its expiry on, and before where the caller allows less age', async () => {
    const list = await revocationListWith(trustList, undefined, { expires: plus(NOW, 10) })
    const options = { trustLists: [trustList], revocationLists: [list] }
    const verifier = createVerifier(options)
    expect(verifier.verify(good, { now: plus(NOW, 9) })).toMatchObject({ status: 'valid' })
    expect(verifier.verify(good, { now: plus(NOW, 10) })).toMatchObject({ reason: 'revocation_list_stale' })

    const age = (NOW.getTime() - ISSUED.getTime()) / 1000
    const young = await revokingTrustList({ issued: NOW })
    const strict = createVerifier({ trustLists: [young], revocationLists: [list], maxListAge: age })
    expect(strict.verify(good, { now: NOW })).toMatchObject({ status: 'valid' })
    expect(strict.verify(good, { now: plus(NOW, 1) })).toMatchObject({ reason: 'revocation_list_stale' })
  })

  it('is stale, not fresh, to whoever is kept from newer ones', async () => {
    const frozen = await verifierWith(undefined, { expires: plus(ISSUED, 7 * 86_400) })
    const statusAfter = (days: number) => frozen.verify(good, { now: plus(ISSUED, days * 86_400) }).status
    expect([6, 7, 30].map(statusAfter)).toEqual(['valid', 'indeterminate', 'indeterminate'])
  })

  it('revokes whole keys but for the serials that it spares, in the products that it names', async () => {
    const above = [{ ...TEA, serial: 90_001 }]
    const edit: Edit = (draft) =>
      revokeKey(draft, { publicKey: press.publicKey, reason: 'stolen', date: LOST.date, above })
    expect((await verify(edit, good)).status).toBe('valid')
    const next = (await issue({ ...TEA, serial: 90_002 })).toText()
    expect(await verify(edit, next)).toMatchObject({ reason: 'key_revoked' })
  })

  it('limits the serials of one key in one product, and no others', async () => {
    const edit: Edit = (draft) => setWatermark(draft, { ...TEA, publicKey: press.publicKey, serial: 90_000 })
    expect(await verify(edit, good)).toMatchObject({ status: 'invalid', reason: 'not_issued' })
    const atMark = (await issue({ ...TEA, serial: 90_000 })).toText()
    expect((await verify(edit, atMark)).status).toBe('valid')
    const others = [
      await issue({ facility: 12, product: 105, serial: 99_000 }, garden, 300),
      await issue({ facility: 13, product: 201, serial: 99_000 }, kiln),
    ]
    for (const code of others) expect((await verify(edit, code.toText())).status).toBe('valid')
  })

  it('revokes a serial of its own product only', async () => {
    const edit: Edit = (draft) =>
      addSerials(draft, { facility: 12, product: 105, ...LOST, serials: [90_001] })
    expect((await verify(edit, good)).status).toBe('valid')
  })

  it('revokes exactly the serials that were added to it', async () => {
    const texts = await Promise.all(
      Array.from({ length: 40 }, async (_, serial) => (await issue({ ...TEA, serial: serial + 1 })).toText()),
    )
    const serials = fc.uniqueArray(fc.integer({ min: 1, max: 40 }))
    await fc.assert(
      fc.asyncProperty(serials, async (revoked) => {
        const verifier = await verifierWith((draft) =>
          addSerials(draft, { ...TEA, ...LOST, serials: revoked }),
        )
        const refused = texts.flatMap((text, index) =>
          verifier.verify(text, { now: NOW }).status === 'invalid' ? [index + 1] : [],
        )
        expect(refused).toEqual([...revoked].sort((a, b) => a - b))
      }),
      { numRuns: 5 },
    )
  })

  it('says the same when a delta led to it', async () => {
    const base = await signRevocationList(draftRevocationList(HEADER), revoker)
    const later = { ...HEADER, sequence: 4 }
    const next = addSerials(draftAfter(base, later), { ...TEA, ...LOST, serials: [90_001] })
    const delta = makeDelta(base, await signRevocationList(next, revoker))
    const applied = applyDeltas(base, [delta], { trustList })
    if (!applied.ok) throw new Error(applied.reason)
    const verifier = createVerifier({ trustLists: [trustList], revocationLists: [applied.revocationList] })
    expect(verifier.verify(good, { now: NOW })).toMatchObject({
      reason: 'revoked',
      revocation: { reason: 'lost', date: '2026-01-06' },
      revocationList: { sequence: 4 },
    })
  })
})

describe('two authorities', () => {
  const harbour = signerFrom(0xc0)
  const neighbourWith = (changes = {}) =>
    trustListWith({
      authority: 'vn-haiphong',
      issuers: [{ ...pressEntry, publicKey: harbour.publicKey }],
      prefixes: [],
      ...changes,
    })

  it('each revoke their own stamps alone', async () => {
    const neighbour = await neighbourWith({ revocationKey: revoker.publicKey })
    const theirs = (await issue(stamp, harbour)).toText()
    const lost: Edit = (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [90_001] })
    const revocationLists = [
      await revocationListWith(neighbour, lost),
      await revocationListWith(trustList, undefined, { sequence: 9 }),
    ]
    const verifier = createVerifier({ trustLists: [trustList, neighbour], revocationLists })
    expect(verifier.verify(theirs, { now: NOW })).toMatchObject({ reason: 'revoked' })
    expect(verifier.verify(good, { now: NOW })).toMatchObject({
      status: 'valid',
      revocationList: { sequence: 9 },
    })
  })

  it('do not wait for the list of one that is not asked', async () => {
    const neighbour = await neighbourWith({ revocationKey: revoker.publicKey })
    const verifier = createVerifier({
      trustLists: [trustList, neighbour],
      revocationLists: [await revocationListWith(trustList)],
    })
    expect(verifier.verify(good, { now: NOW }).status).toBe('valid')
    expect(verifier.verify((await issue(stamp, harbour)).toText(), { now: NOW })).toMatchObject({
      reason: 'revocation_list_missing',
    })
  })
})

describe('a verifier is not made', () => {
  const make = (revocationLists: unknown) =>
    createVerifier({ trustLists: [trustList], revocationLists: revocationLists as never })

  it('with what is no array of lists', () => {
    expect(() => make({})).toThrow(ArgumentTypeError)
  })

  it("with two revocation lists of one authority, or with one of a stranger's", async () => {
    const list = await revocationListWith(trustList)
    const stranger = await trustListWith({ authority: 'vn-haiphong', revocationKey: revoker.publicKey })
    const theirs = await revocationListWith(stranger)
    expect(() => make([list, list])).toThrow(ArgumentRangeError)
    expect(() => make([theirs])).toThrow(ArgumentRangeError)
  })

  it('with a revocation list that a trust list of another epoch let in', async () => {
    const rotated = await revokingTrustList({ revocationEpoch: 1 })
    const list = await revocationListWith(trustList)
    expect(() => createVerifier({ trustLists: [rotated], revocationLists: [list] })).toThrow(
      /revocationLists/,
    )
  })

  it('with a revocation list of an authority that names no revocation key', async () => {
    const revocationLists = [await revocationListWith(trustList)]
    const trustLists = [await trustListWith()]
    expect(() => createVerifier({ trustLists, revocationLists })).toThrow(/revocationLists/)
  })
})
