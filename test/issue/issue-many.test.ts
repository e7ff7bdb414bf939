import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Signer } from '../../src/ed25519/signer.ts'
import { Code } from '../../src/issue/code.ts'
import type { Claims, IssueManyOptions } from '../../src/issue/issue-many.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { VeristampError } from '../../src/lib/errors.ts'
import { press } from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'
import { drain, forever } from '../support/streams.ts'

const issuer = createIssuer({ keyId: 7, signer: press })
const row = { facility: 12, product: 104, first: 90_001, count: 5, expires: '2027-01-31' }
const sealOf = (serial: number): Claims => ({ seal: new Uint8Array(10).fill(serial) })

/** Signs later, and the later the sooner it was asked. */
const slow = (max = 20): Signer => {
  let asked = 0
  return {
    ...press,
    async sign(message) {
      const turns = (max - (asked++ % max)) * 2
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      return press.sign(message)
    },
  }
}

describe('a row of stamps', () => {
  it('gets the codes that its stamps get one by one, in order', async () => {
    const concurrency = fc.integer({ min: 1, max: 40 })
    const anyRow = fc.record({ first: fc.nat(2 ** 33), count: fc.nat(20), sealed: fc.boolean(), concurrency })
    await fc.assert(
      fc.asyncProperty(anyRow, fc.boolean(), async ({ sealed, ...asked }, waits) => {
        const many = createIssuer({ keyId: 7, signer: waits ? slow() : press })
        const options = { ...row, ...asked, ...(sealed && { claims: sealOf }) }
        const { items } = await drain(many.issueMany(options))
        const { facility, product, expires } = row
        for (const [i, code] of items.entries()) {
          const serial = asked.first + i
          const stamp = { facility, product, serial, expires, ...(sealed && sealOf(serial)) }
          expect(code).toBeInstanceOf(Code)
          expect(code).toEqual(await issuer.issue(stamp))
        }
        expect(items).toHaveLength(asked.count)
      }),
      { numRuns: runs(30) },
    )
  })

  it('may end with the last serial there is', async () => {
    const { items } = await drain(issuer.issueMany({ ...row, first: Number.MAX_SAFE_INTEGER - 1, count: 2 }))
    expect(items.map(({ stamp }) => stamp.serial)).toEqual([2 ** 53 - 2, 2 ** 53 - 1])
  })

  it('asks once a serial for the claims of each stamp, which change nothing else', async () => {
    const claims = vi.fn((serial: number) => ({ ...sealOf(serial), product: 1, serial: 1 }) as Claims)
    const { items } = await drain(issuer.issueMany({ ...row, claims }))
    expect(claims.mock.calls).toEqual([[90_001], [90_002], [90_003], [90_004], [90_005]])
    expect(items[1]!.stamp).toMatchObject({ product: 104, serial: 90_002, expires: row.expires })
    expect(items[1]!.stamp.seal).toEqual(sealOf(90_002).seal)
  })

  it('never has more signatures under way than told', async () => {
    let [underWay, max] = [0, 0]
    const sign: Signer['sign'] = async (message) => {
      max = Math.max(max, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 1))
      underWay--
      return press.sign(message)
    }
    const many = createIssuer({ keyId: 7, signer: { ...press, sign } })
    await drain(many.issueMany({ ...row, count: 20, concurrency: 3 }))
    expect(max).toBe(3)
  })

  it('is signed no further than it is read, by a signer that answers at once', async () => {
    const sign = vi.fn(press.sign)
    const stream = createIssuer({ keyId: 7, signer: { ...press, sign } }).issueMany({ ...row, count: 1000 })
    for await (const { stamp } of stream) if (stamp.serial === 90_003) break
    expect(sign).toHaveBeenCalledTimes(3)
  })

  it('leaves room for other work', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++)
    await drain(createIssuer({ keyId: 7, signer: instant }).issueMany({ ...row, count: 2000 }))
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(1)
  })
})

/** No signature, but 64 bytes. */
const instant: Signer = { ...press, sign: () => new Uint8Array(64) }

describe('a row that breaks off', () => {
  const failing = (at: number, wait: boolean): Signer => {
    let asked = 0
    const sign = (message: Uint8Array) => {
      if (++asked === at) throw new Error('the token was pulled out')
      return press.sign(message)
    }
    return { ...press, sign: wait ? async (message) => sign(message) : sign }
  }

  it.each([false, true])(
    'gives what came before, and names the serial (a signer that waits: %s)',
    async (wait) => {
      const many = createIssuer({ keyId: 7, signer: failing(3, wait) })
      const { items, error } = await drain(many.issueMany({ ...row, count: 50 }))
      expect(items.map(({ stamp }) => stamp.serial)).toEqual([90_001, 90_002])
      expect(error).toBeInstanceOf(VeristampError)
      expect(error).toMatchObject({ code: 'signing_failed', message: 'serial 90003: not signed' })
      expect(error).toMatchObject({ cause: { message: 'the token was pulled out' } })
    },
  )

  it('says so when several signatures fail, of the first alone', async () => {
    const sign = () => Promise.reject(new Error('offline'))
    const many = createIssuer({ keyId: 7, signer: { ...press, sign } })
    const { error } = await drain(many.issueMany(row))
    expect(error).toMatchObject({ message: 'serial 90001: not signed', cause: { message: 'offline' } })
  })

  it.each<[string, (serial: number) => unknown]>([
    ['claims that throw', () => JSON.parse('')],
    ['claims that are a promise', async (serial) => (serial === 90_002 ? sealOf(serial) : {})],
    ['claims that are misspelt', (serial) => ({ [serial === 90_002 ? 'expirs' : 'expires']: '2027-01-01' })],
    ['claims that can not be', (serial) => ({ seal: new Uint8Array(serial === 90_002 ? 7 : 8) })],
  ])('at %s', async (_, claims) => {
    const { error } = await drain(issuer.issueMany({ ...row, claims: claims as () => Claims }))
    const message = expect.stringMatching(/^serial 9000[12]: not signed$/)
    expect(error).toMatchObject({ code: 'signing_failed', message })
  })

  it.each([false, true])('at an abort (a signer that is stuck: %s)', async (stuck) => {
    const controller = new AbortController()
    const signer = { ...press, sign: stuck ? forever : instant.sign }
    const stream = createIssuer({ keyId: 7, signer }).issueMany({
      ...row,
      count: 10 ** 9,
      signal: controller.signal,
    })
    setTimeout(() => controller.abort(new Error('enough')), 5)
    expect(await drain(stream)).toMatchObject({ error: { message: 'enough' } })
  })
})

describe('a row is refused at once, before anything is signed,', () => {
  const scope = [
    { facility: 12, product: 104, first: 90_000, last: 90_010 },
    { facility: 12, product: 104, first: 90_011, last: 90_020 },
    { facility: 12, product: 104, first: 90_022 },
    { facility: 13 },
  ]
  const sign = vi.fn(press.sign)
  const scoped = createIssuer({ keyId: 7, signer: { ...press, sign }, scope })

  it.each<[string, Partial<IssueManyOptions>, string]>([
    ['beyond the end of a range', { count: 21 }, 'serial 90021'],
    ['before the beginning of the first', { first: 89_999, count: 21 }, 'serial 89999'],
    ['with another product', { product: 105 }, 'product 105'],
    ['with another facility', { facility: 14 }, 'facility 14'],
  ])('%s', (_, changes, what) => {
    const issue = () => scoped.issueMany({ ...row, ...changes })
    expect(issue).toThrow(VeristampError)
    expect(issue).toThrow(`stamp: ${what} is outside this issuer's scope`)
    expect(sign).not.toHaveBeenCalled()
  })

  it.each<[string, Partial<Record<keyof IssueManyOptions | 'expirs', unknown>>]>([
    ['options', { expirs: '2027-01-01' }],
    ['options.first', { first: -1 }],
    ['options.count', { count: 0.5 }],
    ['options.count', { first: Number.MAX_SAFE_INTEGER, count: 2 }],
    ['options.concurrency', { concurrency: 0 }],
    ['options.concurrency', { concurrency: 1025 }],
    ['options.claims', { claims: {} }],
    ['facility', { facility: '12' }],
    ['lot', { lot: '' }],
  ])('with a wrong %s', (name, changes) => {
    const issue = () => scoped.issueMany({ ...row, ...changes } as IssueManyOptions)
    expect(issue).toThrow(new RegExp(`^${name}: expected`))
    expect(sign).not.toHaveBeenCalled()
  })

  it('and not where ranges meet', async () => {
    expect((await drain(scoped.issueMany({ ...row, count: 20 }))).items).toHaveLength(20)
    expect((await drain(scoped.issueMany({ ...row, facility: 13, product: 9 }))).items).toHaveLength(5)
    expect((await drain(scoped.issueMany({ ...row, facility: 99, count: 0 }))).items).toEqual([])
  })
})
