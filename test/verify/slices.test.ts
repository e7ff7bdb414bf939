import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, equalBytes } from '../../src/lib/bytes.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import { createVerifier, type Verifier } from '../../src/verify/verifier.ts'
import { withSlice } from '../../src/verify/with-slice.ts'
import { forge, type SyncSigner } from '../support/fixtures.ts'
import { runs, share } from '../support/laws.ts'
import {
  grown,
  issuerKey,
  keyIdOf,
  ministry,
  openRevocationFile,
  revokedOf,
  sliceRevocation,
  sliceTrust,
  wholeRevocation,
  wholeTrust,
} from '../support/sliced-lists.ts'
import { EXPIRES, fastEngine, ISSUED, mustLoad, NOW } from '../support/trust-lists.ts'

const ISSUERS = 240
const content = ministry(ISSUERS)
const draft = revokedOf(content)
const whole = wholeTrust(content)
const wholeRevoked = await wholeRevocation(draft, whole)
const trust = await sliceTrust(content)
const bodyAlone = mustLoad(trust.document)
const trustList = grown(bodyAlone, trust.slices)
const revocation = await sliceRevocation(draft, trustList)
const revocationAlone = openRevocationFile(revocation.document, bodyAlone)
const revocationList = grown(revocationAlone, revocation.slices)

const unsliced = createVerifier({ trustLists: [whole], revocationLists: [wholeRevoked] })
const sliced = createVerifier({ trustLists: [trustList], revocationLists: [revocationList] })

const SERIALS = [0, 5, 7, 900, 999, 1000, 1199, 1201, 1500, 1601, 1800, 1801]

/** Codes of issuers for their products, for others', and of nobody. */
const codes = fc
  .record({
    signer: fc.nat(ISSUERS + 2),
    said: fc.nat(ISSUERS + 2),
    isHonest: fc.integer({ min: 0, max: 3 }),
    facility: fc.option(fc.integer({ min: 99, max: 182 }), { freq: 3, nil: undefined }),
    product: fc.option(fc.nat(3), { freq: 2, nil: undefined }),
    serial: fc.constantFrom(...SERIALS),
  })
  .map(({ signer, said, isHonest, facility, product, serial }) => {
    const own = facility ?? 100 + Math.floor(signer / 3)
    const keyId = keyIdOf(isHonest ? signer : said)
    const { base45 } = forge(
      [keyId, own, 10 * own + (product ?? signer % 3), serial],
      issuerKey(signer) as SyncSigner,
    )
    return { keyId, text: base45 }
  })

const reasonOf = (verdict: Verdict) => ('reason' in verdict ? verdict.reason : undefined)

const moments = fc.constantFrom(NOW, NOW, EXPIRES, new Date(ISSUED.getTime() - 3_600_000))

describe('a list with all its slices', () => {
  it('was cut into some, and has what no issuer may stamp in its body', () => {
    expect(trust.slices.length).toBeGreaterThan(2)
    expect(revocation.slices.length).toBeGreaterThan(2)
    expect(bodyAlone.catalogue.facilities.map(({ id }) => id)).toEqual([180])
    expect(bodyAlone.issuers).toEqual([])
    expect(revocationAlone.findSerial(9, 9, 1)?.reason).toBe('other')
    expect(revocationAlone.findSerial(100, 1000, 5)).toBeUndefined()
    expect(trustList.missingSlices).toEqual([])
  })

  it('answers as the same list without slices does, for every stamp at every moment', () => {
    fc.assert(
      fc.property(codes, moments, ({ text }, now) => {
        expect(sliced.verify(text, { now })).toEqual(unsliced.verify(text, { now }))
      }),
      { numRuns: runs(4000, 1000) },
    )
  })

  it('answers so for the own products of every issuer, whatever there is to say', () => {
    const said = new Set<string | undefined>()
    for (let place = 0; place < ISSUERS; place++) {
      for (const serial of SERIALS) {
        const facility = 100 + Math.floor(place / 3)
        const payload = [keyIdOf(place), facility, 10 * facility + (place % 3), serial]
        const { base45 } = forge(payload, issuerKey(place) as SyncSigner)
        const verdict = sliced.verify(base45, { now: NOW })
        expect(verdict).toEqual(unsliced.verify(base45, { now: NOW }))
        said.add(reasonOf(verdict))
      }
    }
    expect([...said].sort()).toEqual(['key_revoked', 'not_issued', 'out_of_scope', 'revoked', undefined])
  })

  it('is the same whichever order the slices come in, and one at a time', () => {
    const reversed = grown(bodyAlone, [...trust.slices].reverse())
    const single = trust.slices.reduce((list, slice) => grown(list, [slice]), bodyAlone)
    const byKey = ({ issuers }: typeof whole) => issuers.map(({ publicKey }) => publicKey).sort(compareBytes)
    for (const list of [reversed, single]) {
      expect(byKey(list)).toEqual(byKey(whole))
      expect(list.product(1005)).toEqual(whole.product(1005))
    }
    expect(grown(single, trust.slices).issuers).toEqual(single.issuers)
    expect(bodyAlone.issuers).toEqual([])
  })
})

describe('a list with some of its slices', () => {
  /** Which slices are here, a bit each. */
  const subsets = fc.record({ trust: fc.nat(255), revocation: fc.nat(255) })
  const chosen = (slices: readonly Uint8Array[], bits: number) => slices.filter((_, at) => (bits >> at) & 1)
  const verifierOf = (some: { trust: Uint8Array[]; revocation: Uint8Array[] }): Verifier =>
    createVerifier({
      trustLists: [grown(bodyAlone, some.trust)],
      revocationLists: [grown(revocationAlone, some.revocation)],
    })
  const covers =
    (keyId: number) =>
    ([first, last]: readonly [number, number, ...unknown[]]) =>
      first <= keyId && keyId <= last
  const isHere = (
    slices: readonly Uint8Array[],
    of: typeof trust,
    entries: typeof bodyAlone.missingSlices,
    keyId: number,
  ) => {
    const at = entries.findIndex(covers(keyId))
    return at < 0 || slices.includes(of.slices[at]!)
  }

  it('answers slice_missing with the key id where one of the two is missing, and else as the whole list does', () => {
    let missing = 0
    fc.assert(
      fc.property(subsets, fc.array(codes, { minLength: 8, maxLength: 8 }), moments, (bits, texts, now) => {
        const some = {
          trust: chosen(trust.slices, bits.trust),
          revocation: chosen(revocation.slices, bits.revocation),
        }
        const verifier = verifierOf(some)
        for (const { keyId, text } of texts) {
          const verdict = verifier.verify(text, { now })
          const isComplete =
            isHere(some.trust, trust, bodyAlone.missingSlices, keyId) &&
            isHere(some.revocation, revocation, revocationAlone.missingSlices, keyId)
          if (!isComplete) {
            missing++
            expect(verdict).toEqual({
              status: 'indeterminate',
              reason: 'slice_missing',
              keyId,
              checkedAt: now,
              warnings: ['rollback_unprotected'],
            })
            continue
          }
          const known = sliced.verify(text, { now })
          // Of another issuer's products a missing slice may know more, and never less than is said here.
          if (verdict.status === 'indeterminate') expect(known.status).not.toBe('valid')
          else expect([verdict.status, reasonOf(verdict)]).toEqual([known.status, reasonOf(known)])
        }
      }),
      { numRuns: runs(300, 100) },
    )
    expect(missing).toBeGreaterThan(100)
  })

  it('calls a key id that no slice covers unknown, whatever is loaded', () => {
    const { base45 } = forge([65_535, 100, 1000, 1], issuerKey(0) as SyncSigner)
    expect(verifierOf({ trust: [], revocation: [] }).verify(base45, { now: NOW })).toMatchObject({
      status: 'invalid',
      reason: 'unknown_key',
    })
  })
})

describe('the bytes of a slice', () => {
  it.each([
    ['trust', bodyAlone, trust.slices],
    ['revocation', revocationAlone, revocation.slices],
  ] as const)('are refused with any bit flipped, cut or longer: %s', (_, list, slices) => {
    for (const slice of slices) {
      // Every 31st bit is each bit of a byte in turn; all of them would take minutes.
      const first = Math.floor(Math.random() * 31)
      const bits = Array.from(
        { length: Math.floor((8 * slice.length) / 31) },
        (_, at) => (first + 31 * at) % (8 * slice.length),
      )
      for (const bit of share(bits, 31)) {
        const flipped = slice.slice()
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        expect(withSlice(list, flipped)).toEqual({ ok: false, reason: 'wrong_slice' })
      }
      for (const other of [slice.slice(1), slice.slice(0, -1), Uint8Array.of(...slice, 0), new Uint8Array()])
        expect(withSlice(list, other)).toEqual({ ok: false, reason: 'wrong_slice' })
    }
  })

  it('are those of their list alone: a server that mixes two lists is found out', async () => {
    const changed = ministry(ISSUERS, { sequence: 2 })
    const issuers = changed.issuers.map((issuer, place) =>
      place === 4 ? { ...issuer, name: 'other' } : issuer,
    )
    const later = await sliceTrust({ ...changed, issuers })
    const laterBody = mustLoad(later.document)
    const isKept = (slice: Uint8Array) => trust.slices.some((each) => equalBytes(each, slice))
    expect(later.slices.filter((slice) => !isKept(slice))).toHaveLength(1)
    for (const slice of later.slices) expect(withSlice(bodyAlone, slice).ok).toBe(isKept(slice))
    for (const slice of revocation.slices) expect(withSlice(laterBody, slice).ok).toBe(false)
    expect(withSlice(laterBody, [...later.slices, ...trust.slices])).toEqual({
      ok: false,
      reason: 'wrong_slice',
    })
  })
})

describe('two authorities', () => {
  it('do not wait for each other: a key that is here answers while a slice of the other list is missing', async () => {
    const other = await sliceTrust(
      ministry(40, { authority: 'other.example', issuers: ministry(300).issuers.slice(260) }),
    )
    const otherBody = mustLoad(other.document, { authority: 'other.example' })
    const verifier = createVerifier({
      trustLists: [grown(bodyAlone, trust.slices), otherBody],
      revocationLists: [revocationList],
      engine: fastEngine,
    })
    const entry = otherBody.missingSlices[0]!
    const place = (entry[0] - 3) / 5
    const own = forge([entry[0], 100, 1000, 1], issuerKey(0) as SyncSigner)
    expect(place).toBe(260)
    expect(verifier.verify(own.base45, { now: NOW })).toMatchObject({
      reason: 'slice_missing',
      keyId: entry[0],
    })
    const mine = forge([keyIdOf(2), 100, 1002, 1000], issuerKey(2) as SyncSigner)
    expect(verifier.verify(mine.base45, { now: NOW }).status).toBe('valid')
  })
})
