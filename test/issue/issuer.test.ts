import { describe, expect, it, vi } from 'vitest'
import { createIssuer, type IssuerOptions } from '../../src/issue/issuer.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'
import { decodePayload } from '../../src/stamp/code.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { press, stamp } from '../support/fixtures.ts'

const misuse = (options: unknown) => () => createIssuer(options as IssuerOptions)

describe('an issuer', () => {
  it.each([-1, 65_536, 1.5, Number.NaN])('is not made with the key id %d', (keyId) => {
    expect(misuse({ keyId, signer: press })).toThrow(ArgumentRangeError)
    expect(misuse({ keyId, signer: press })).toThrow(
      /^options\.keyId: expected a whole number from 0 to 65535/,
    )
  })

  it.each([0, 65_535])('is made with the key id %d', (keyId) => {
    expect(createIssuer({ keyId, signer: press })).toMatchObject({ keyId, publicKey: press.publicKey })
  })

  it.each([undefined, null, {}, { publicKey: press.publicKey, sign: 'no' }])('needs a signer', (signer) => {
    expect(misuse({ keyId: 7, signer })).toThrow(ArgumentTypeError)
    expect(misuse({ keyId: 7, signer })).toThrow(/^options\.signer: expected a Signer/)
  })

  it('needs options', () => {
    expect(misuse(undefined)).toThrow(ArgumentTypeError)
    expect(misuse(undefined)).toThrow(/^options: expected an object/)
  })

  it('needs a public key of 32 bytes', () => {
    const withKey = (publicKey: unknown) => misuse({ keyId: 7, signer: { ...press, publicKey } })
    expect(withKey('03a1')).toThrow(ArgumentTypeError)
    expect(withKey(press.publicKey.subarray(1))).toThrow(ArgumentRangeError)
  })

  it('needs a public key that verifiers accept', () => {
    const signer = { ...press, publicKey: new Uint8Array(32) }
    expect(misuse({ keyId: 7, signer })).toThrow(/^options\.signer\.publicKey: .*key_small_order/)
  })
})

describe('issuing', () => {
  it('returns the stamp, the key id, and the payload followed by its signature', async () => {
    const code = await createIssuer({ keyId: 7, signer: press }).issue(stamp)
    expect(code).toMatchObject({ stamp, keyId: 7 })
    expect(code.bytes.subarray(0, -64)).toEqual(encodePayload(7, stamp))
    const message = Uint8Array.from([...Buffer.from('veristamp:stamp1'), ...encodePayload(7, stamp)])
    expect(code.bytes.subarray(-64)).toEqual(press.sign(message))
  })

  it('waits for a signer that takes its time', async () => {
    const slow = { ...press, sign: async (message: Uint8Array) => press.sign(message) }
    const [one, other] = [slow, press].map((signer) => createIssuer({ keyId: 7, signer }).issue(stamp))
    expect((await one!).bytes).toEqual((await other!).bytes)
  })

  it.each<[string, unknown]>([
    ['facility', { ...stamp, facility: -1 }],
    ['product', { ...stamp, product: 2 ** 53 }],
    ['serial', { ...stamp, serial: 0.5 }],
    ['lot', { ...stamp, lot: '' }],
    ['made', { ...stamp, made: '2026-02-30' }],
    ['expires', { ...stamp, made: '2026-02-02', expires: '2026-02-01' }],
    ['seal', { ...stamp, seal: new Uint8Array(7) }],
    ['extensions key', { ...stamp, extensions: new Map([[15, 0]]) }],
  ])('refuses a wrong %s before anything is signed', async (field, wrong) => {
    const sign = vi.fn(press.sign)
    const issued = createIssuer({ keyId: 7, signer: { ...press, sign } }).issue(wrong as Stamp)
    const error = await issued.catch((error: unknown) => error)
    expect(error).toMatchObject({ code: expect.stringMatching(/^argument_(type|range)$/) })
    expect((error as Error).message).toContain(`${field}: expected`)
    expect(sign).not.toHaveBeenCalled()
  })

  it('refuses a payload of 129 bytes before it is signed, and signs one of 128', async () => {
    const sign = vi.fn(press.sign)
    const issuer = createIssuer({ keyId: 7, signer: { ...press, sign } })
    const sized = (length: number): Stamp => {
      const bare = encodePayload(7, { ...stamp, extensions: new Map([[16, new Uint8Array(30)]]) })
      return { ...stamp, extensions: new Map([[16, new Uint8Array(30 + length - bare.length)]]) }
    }
    expect((await issuer.issue(sized(128))).bytes).toHaveLength(128 + 64)
    expect(sign).toHaveBeenCalledTimes(1)
    await expect(issuer.issue(sized(129))).rejects.toMatchObject({ code: 'does_not_fit' })
    expect(sign).toHaveBeenCalledTimes(1)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'.repeat(64)],
    ['63 bytes', new Uint8Array(63)],
    ['65 bytes', new Uint8Array(65)],
  ])('refuses a signer that returns %s', async (_, output) => {
    const signer = { ...press, sign: () => output as Uint8Array }
    const issued = createIssuer({ keyId: 7, signer }).issue(stamp)
    await expect(issued).rejects.toBeInstanceOf(VeristampError)
    await expect(issued).rejects.toMatchObject({ code: 'signing_failed' })
  })

  it("lets a signer's own error through", async () => {
    const failure = new Error('the token was pulled out')
    const signer = { ...press, sign: () => Promise.reject(failure) }
    await expect(createIssuer({ keyId: 7, signer }).issue(stamp)).rejects.toBe(failure)
  })
})

describe("an issuer's own scope", () => {
  const scope = [{ facility: 12, product: 104, first: 100, last: 200 }, { facility: 13 }]
  const issueWithin = (changes: Partial<Stamp>) => {
    const sign = vi.fn(press.sign)
    const issued = createIssuer({ keyId: 7, signer: { ...press, sign }, scope }).issue({
      ...stamp,
      ...changes,
    })
    return { issued, sign }
  }

  it.each<[string, Partial<Stamp>]>([
    ['facility 14', { facility: 14 }],
    ['product 105', { product: 105 }],
    ['serial 99', { serial: 99 }],
    ['serial 201', { serial: 201 }],
  ])('keeps %s from being signed', async (named, changes) => {
    const { issued, sign } = issueWithin(changes)
    await expect(issued).rejects.toMatchObject({ code: 'out_of_scope' })
    await expect(issued).rejects.toThrow(`stamp: ${named} is outside`)
    expect(sign).not.toHaveBeenCalled()
  })

  it.each<Partial<Stamp>>([{ serial: 100 }, { serial: 200 }, { facility: 13, product: 999 }])(
    'lets %o be signed',
    async (changes) => {
      const { issued, sign } = issueWithin(changes)
      await issued
      expect(sign).toHaveBeenCalledTimes(1)
    },
  )

  it('keeps all from being signed when it is empty', async () => {
    const issued = createIssuer({ keyId: 7, signer: press, scope: [] }).issue(stamp)
    await expect(issued).rejects.toMatchObject({ code: 'out_of_scope' })
  })
})

describe('the payload of a stamp', () => {
  it('reads back as the key id and the stamp', () => {
    const full: Stamp = {
      ...stamp,
      lot: 'L-2026/01',
      made: '2026-01-02',
      expires: '2026-12-31',
      seal: Uint8Array.from({ length: 10 }, (_, index) => index),
      extensions: new Map<number, number | string>([
        [16, 5],
        [23, 'ghi chú'],
      ]),
    }
    expect(decodePayload(encodePayload(65_535, full))).toEqual({
      keyId: 65_535,
      stamp: full,
      unsupportedClaims: [],
    })
  })
})
