import { describe, expect, it } from 'vitest'
import { createIssuer } from '../../src/issue/issuer.ts'
import { VeristampError } from '../../src/lib/errors.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { issuerOf, keyOf, listOf, mustLoad, NOW, outcome, rootsOf } from '../support/trust-lists.ts'

const loadOf = (authority: string, content: Partial<TrustListContent> = {}): TrustList => {
  const roots = rootsOf(1, 1, `${authority} root`)
  const bytes = listOf({ authority, roots, ...content }, `${authority} root`)
  return mustLoad(bytes, { authority, roots })
}

const stamp = async (name: string, keyId = 1) => {
  const code = await createIssuer({ keyId, signer: keyOf(name) }).issue({
    facility: 1,
    product: 2,
    serial: 3,
  })
  return code
}

const province = loadOf('province', { issuers: [issuerOf('province issuer', 1)] })
const ministry = loadOf('ministry', { issuers: [issuerOf('ministry issuer', 1)] })

describe('two authorities in one verifier', () => {
  it.each(['province', 'ministry'])(
    'whose issuers share a key id: the verdict names the %s',
    async (authority) => {
      const verifier = createVerifier({ trustLists: [province, ministry] })
      const verdict = verifier.verify((await stamp(`${authority} issuer`)).toText(), { now: NOW })
      expect(verdict).toMatchObject({ status: 'valid', authority, issuer: { keyId: 1 } })
    },
  )

  it('name nobody for a signature of neither', async () => {
    const verifier = createVerifier({ trustLists: [province, ministry] })
    const verdict = verifier.verify((await stamp('forger')).toText(), { now: NOW })
    expect(verdict).toMatchObject({ status: 'invalid', reason: 'bad_signature' })
    expect(verdict).not.toHaveProperty('authority')
  })

  it('do not lend each other their scopes', async () => {
    const other = loadOf('ministry', { issuers: [issuerOf('ministry issuer', 1, 7)] })
    const verifier = createVerifier({ trustLists: [province, other] })
    const verdict = verifier.verify((await stamp('ministry issuer')).toText(), { now: NOW })
    expect(verdict).toMatchObject({ status: 'invalid', reason: 'out_of_scope', authority: 'ministry' })
  })

  it('do not lend each other their addresses', async () => {
    const prefix = 'HTTPS://PROVINCE.EXAMPLE/'
    const named = loadOf('province', { issuers: [issuerOf('province issuer')], prefixes: [prefix] })
    const verifier = createVerifier({ trustLists: [named, ministry] })
    const verify = async (name: string) => verifier.verify((await stamp(name)).toUrl(prefix), { now: NOW })
    expect(await verify('province issuer')).toMatchObject({ status: 'valid', authority: 'province' })
    expect(await verify('ministry issuer')).toMatchObject({ status: 'invalid', reason: 'bad_signature' })
  })

  it('whose lists trust one public key are refused', () => {
    const copy = loadOf('ministry', { issuers: [issuerOf('province issuer', 2)] })
    const both = () => createVerifier({ trustLists: [province, copy] })
    expect(both).toThrow(VeristampError)
    expect(both).toThrow(expect.objectContaining({ code: 'key_shared' }))
  })

  it('are two: two lists of one are refused', () => {
    const later = loadOf('province', { sequence: 2, issuers: [issuerOf('another issuer')] })
    const both = () => createVerifier({ trustLists: [province, later] })
    expect(both).toThrow(expect.objectContaining({ code: 'argument_range' }))
  })
})

describe('an authority', () => {
  it('is pinned by its roots and by its id: neither is enough', () => {
    const roots = rootsOf(1, 1, 'province root')
    const bytes = listOf({ authority: 'province', roots }, 'province root')
    expect(outcome(bytes, { authority: 'province', roots })).toBe('ok')
    expect(outcome(bytes, { authority: 'ministry', roots })).toBe('wrong_authority')
    expect(outcome(bytes, { authority: 'province', roots: rootsOf(1, 1, 'ministry root') })).toBe('threshold')
  })

  it('gives one id to 8 keys at the most', () => {
    const issuers = Array.from({ length: 9 }, (_, index) => issuerOf(`issuer ${index}`, 5, index))
    const outcomeOf = (count: number) => outcome(listOf({ issuers: issuers.slice(0, count) }, 'root'))
    expect(outcomeOf(8)).toBe('ok')
    expect(outcomeOf(9)).toBe('key_id_crowded')
  })

  it('finds the right one of 8 keys under one id', async () => {
    const issuers = Array.from({ length: 8 }, (_, index) => issuerOf(`issuer ${index}`, 5, 1 + (index % 8)))
    const verifier = createVerifier({ trustLists: [mustLoad(listOf({ issuers }, 'root'))] })
    const verdict = verifier.verify((await stamp('issuer 0', 5)).toText(), { now: NOW })
    expect(verdict).toMatchObject({ status: 'valid', issuer: { name: 'issuer 0' } })
  })

  it('names a public key once', () => {
    const issuers = [issuerOf('issuer', 1, 1), issuerOf('issuer', 2, 2)]
    expect(outcome(listOf({ issuers }, 'root'))).toBe('public_key_repeated')
  })
})
