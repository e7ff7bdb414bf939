import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import type { VerifierOptions } from '../../src/verify/options.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  content,
  EXPIRES,
  ISSUED,
  issue,
  NOW,
  plus,
  pressEntry,
  stamp,
  trustListWith,
} from '../support/fixtures.ts'

/** Every edge is tried a millisecond to either side of it, for times come as Dates. */
const MOMENT = 0.001

const good = (await issue(stamp)).toText()

/** The statuses or reasons just before the moment, at it, and just after it. */
async function around(moment: Date, text: string, options: Partial<VerifierOptions> = {}): Promise<string[]> {
  const verifier = createVerifier({ trustLists: [await trustListWith()], ...options })
  return [plus(moment, -MOMENT), moment, plus(moment, MOMENT)].map((now) => {
    const verdict = verifier.verify(text, { now })
    return verdict.status === 'valid' ? 'valid' : verdict.reason
  })
}

describe('a stamp that expires', () => {
  it('is good through the last second of its day in UTC', async () => {
    const text = (await issue({ ...stamp, expires: '2026-01-20' })).toText()
    expect(await around(new Date('2026-01-21T00:00:00Z'), text)).toEqual(['valid', 'expired', 'expired'])
  })

  it('is good all day when it expires on the day it was made', async () => {
    const text = (await issue({ ...stamp, made: '2026-01-10', expires: '2026-01-10' })).toText()
    expect(await around(NOW, text)).toEqual(['valid', 'valid', 'valid'])
  })

  it('is not brought back by a clock behind the floor', async () => {
    const text = (await issue({ ...stamp, expires: '2026-01-04' })).toText()
    const verifier = createVerifier({ trustLists: [await trustListWith()] })
    const verdict = verifier.verify(text, { now: new Date('2026-01-02T00:00:00Z') })
    expect(verdict).toMatchObject({ status: 'invalid', reason: 'expired' })
  })
})

describe("an issuer's validity", () => {
  const within = async (years: { notBefore?: Date; notAfter?: Date }) => [
    await trustListWith({ issuers: [{ ...pressEntry, ...years }] }),
  ]

  it('includes its first moment', async () => {
    const trustLists = await within({ notBefore: NOW })
    expect(await around(NOW, good, { trustLists })).toEqual(['issuer_not_yet_valid', 'valid', 'valid'])
  })

  it('includes its last moment', async () => {
    const trustLists = await within({ notAfter: NOW })
    expect(await around(NOW, good, { trustLists })).toEqual(['valid', 'valid', 'issuer_expired'])
  })

  it('may be one moment', async () => {
    const trustLists = await within({ notBefore: NOW, notAfter: NOW })
    expect(await around(NOW, good, { trustLists })).toEqual([
      'issuer_not_yet_valid',
      'valid',
      'issuer_expired',
    ])
  })

  it('is judged at the floor under a clock behind it', async () => {
    const trustLists = await within({ notBefore: plus(ISSUED, -3600), notAfter: plus(ISSUED, -60) })
    const verdict = createVerifier({ trustLists }).verify(good, { now: plus(ISSUED, -301) })
    expect(verdict).toMatchObject({ reason: 'clock_suspect', finding: 'issuer_expired' })
  })
})

describe('a trust list', () => {
  it('is stale from its `expires` on', async () => {
    expect(await around(EXPIRES, good)).toEqual(['valid', 'trust_list_stale', 'trust_list_stale'])
  })

  it('is stale when it is older than maxListAge', async () => {
    const maxListAge = 3600
    expect(await around(plus(ISSUED, maxListAge), good, { maxListAge })).toEqual([
      'valid',
      'valid',
      'trust_list_stale',
    ])
  })

  it('is stale from its `expires` on whatever maxListAge allows', async () => {
    const maxListAge = 10 ** 9
    expect(await around(EXPIRES, good, { maxListAge })).toEqual([
      'valid',
      'trust_list_stale',
      'trust_list_stale',
    ])
  })
})

describe('the floor', () => {
  it('is the `issued` of the list, which the clock may not be behind', async () => {
    expect(await around(ISSUED, good, { clockTolerance: 0 })).toEqual(['clock_suspect', 'valid', 'valid'])
  })

  it.each([300, 0, 1, 86_400])(
    'may be %d seconds ahead of the clock where so many are tolerated',
    async (clockTolerance) => {
      const moments = await around(plus(ISSUED, -clockTolerance), good, { clockTolerance })
      expect(moments).toEqual(['clock_suspect', 'valid', 'valid'])
    },
  )

  it('may be 300 seconds ahead of the clock unless the verifier is told otherwise', async () => {
    expect(await around(plus(ISSUED, -300), good)).toEqual(['clock_suspect', 'valid', 'valid'])
  })

  it('is the time that a good clock behind it is taken for', async () => {
    const text = (await issue({ ...stamp, expires: '2026-01-04' })).toText()
    const verifier = createVerifier({ trustLists: [await trustListWith()] })
    expect(verifier.verify(text, { now: plus(ISSUED, -60) })).toMatchObject({ reason: 'expired' })
    const trustLists = [await trustListWith({ issuers: [{ ...pressEntry, notBefore: ISSUED }] })]
    expect(createVerifier({ trustLists }).verify(good, { now: plus(ISSUED, -60) }).status).toBe('valid')
  })

  it.each([-1, 0.5, 86_401, Number.NaN, '300', null])('refuses a tolerance of %j', async (clockTolerance) => {
    const options = { trustLists: [await trustListWith()], clockTolerance }
    expect(() => createVerifier(options as VerifierOptions)).toThrow(
      'clockTolerance: expected a whole number',
    )
  })

  it("is the newest `issued` of all lists, also of another authority's", async () => {
    const floor = plus(NOW, 3600)
    const neighbour = { ...content, authority: 'vn-haiphong', issuers: [], issued: floor }
    const trustLists = [await trustListWith(), await trustListWith(neighbour)]
    expect(await around(floor, good, { trustLists, clockTolerance: 0 })).toEqual([
      'clock_suspect',
      'valid',
      'valid',
    ])
  })
})

describe('the moment of a check', () => {
  const verifier = trustListWith().then((trustList) => createVerifier({ trustLists: [trustList] }))

  it('is told, with the age of the list in whole seconds', async () => {
    const now = plus(ISSUED, 90.5)
    const verdict = (await verifier).verify(good, { now })
    expect(verdict).toMatchObject({
      checkedAt: now,
      trustList: { sequence: content.sequence, issued: ISSUED, expires: EXPIRES, ageSeconds: 90 },
    })
  })

  it('is negative in age under a clock that is behind', async () => {
    const verdict = (await verifier).verify(good, { now: plus(ISSUED, -0.5) })
    expect(verdict).toMatchObject({ trustList: { ageSeconds: -1 } })
  })

  it("is the system's clock unless it is given", async () => {
    const before = Date.now()
    const { checkedAt } = (await verifier).verify(good)
    expect(checkedAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(checkedAt.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it('has to be a Date', async () => {
    const { verify } = await verifier
    expect(() => verify(good, { now: 0 as unknown as Date })).toThrow(ArgumentTypeError)
    expect(() => verify(good, { now: new Date(Number.NaN) })).toThrow(ArgumentRangeError)
  })
})
