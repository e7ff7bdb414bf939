import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, VeristampError } from '../../src/lib/errors.ts'
import type { VerifierOptions } from '../../src/verify/options.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  AUTHORITY,
  EXPIRES,
  garden,
  ISSUED,
  issue,
  kiln,
  NOW,
  PREFIX,
  plus,
  press,
  pressEntry,
  revoker,
  signerFrom,
  stamp,
  stranger,
  trustListWith,
} from '../support/fixtures.ts'

/** The province, and a neighbour that gives the same key id, facility and product to a key of its own. */
const NEIGHBOUR = 'vn-haiphong'
const NEIGHBOUR_PREFIX = 'HTTPS://TEM.HAIPHONG.VN/'
const harbour = signerFrom(0xc0)
const neighbourWith = (changes: Parameters<typeof trustListWith>[0] = {}) =>
  trustListWith({
    authority: NEIGHBOUR,
    issuers: [{ ...pressEntry, publicKey: harbour.publicKey, name: 'Nhà in Cảng' }],
    prefixes: [NEIGHBOUR_PREFIX],
    ...changes,
  })

const own = await trustListWith()
const neighbour = await neighbourWith()
const verifier = createVerifier({ trustLists: [own, neighbour] })
const ours = await issue(stamp)
const theirs = await issue(stamp, harbour)
const verify = (text: string) => verifier.verify(text, { now: NOW })

describe('two authorities that share a key id', () => {
  it('each answer for the stamps of their own issuers, in whatever order they are given', () => {
    const turned = createVerifier({ trustLists: [neighbour, own] })
    for (const { verify } of [verifier, turned]) {
      expect(verify(ours.toText(), { now: NOW })).toMatchObject({ status: 'valid', authority: AUTHORITY })
      expect(verify(theirs.toText(), { now: NOW })).toMatchObject({ status: 'valid', authority: NEIGHBOUR })
    }
  })

  it('name the issuer whose signature held', () => {
    expect(verify(theirs.toText())).toMatchObject({
      issuer: { keyId: 7, name: 'Nhà in Cảng', publicKey: harbour.publicKey },
    })
  })

  it('share a bad signature', async () => {
    const forged = await issue(stamp, stranger)
    expect(verify(forged.toText())).toMatchObject({ status: 'invalid', reason: 'bad_signature' })
  })
})

describe('two issuers of one authority that share a key id', () => {
  it('are told apart by their signatures', async () => {
    const pot = await issue({ facility: 13, product: 201, serial: 1 }, kiln)
    expect(verify(pot.toText())).toMatchObject({ status: 'valid', issuer: { publicKey: kiln.publicKey } })
    expect(verify(ours.toText())).toMatchObject({ status: 'valid', issuer: { publicKey: press.publicKey } })
  })
})

describe('a url', () => {
  it('is answered for by the authority that names its prefix', () => {
    expect(verify(ours.toUrl(PREFIX))).toMatchObject({ status: 'valid', authority: AUTHORITY })
    expect(verify(theirs.toUrl(NEIGHBOUR_PREFIX))).toMatchObject({ status: 'valid', authority: NEIGHBOUR })
  })

  it("does not pass behind another authority's prefix", () => {
    expect(verify(ours.toUrl(NEIGHBOUR_PREFIX))).toMatchObject({ status: 'invalid', reason: 'bad_signature' })
    expect(verify(theirs.toUrl(PREFIX))).toMatchObject({ status: 'invalid', reason: 'bad_signature' })
  })

  it('has an unknown key where only another authority has the key id', async () => {
    const leaf = await issue({ facility: 12, product: 105, serial: 1 }, garden, 300)
    expect(verify(leaf.toUrl(PREFIX))).toMatchObject({ status: 'valid' })
    expect(verify(leaf.toUrl(NEIGHBOUR_PREFIX))).toMatchObject({ status: 'invalid', reason: 'unknown_key' })
  })

  it('may have a prefix that both name', async () => {
    const sharing = await neighbourWith({ prefixes: [PREFIX, NEIGHBOUR_PREFIX] })
    const { verify } = createVerifier({ trustLists: [own, sharing] })
    expect(verify(theirs.toUrl(PREFIX), { now: NOW })).toMatchObject({
      status: 'valid',
      authority: NEIGHBOUR,
    })
    expect(verify(ours.toUrl(PREFIX), { now: NOW })).toMatchObject({ status: 'valid', authority: AUTHORITY })
  })
})

describe('the age of lists', () => {
  it("is asked of the signer's authority alone where a signature held", async () => {
    const stale = await neighbourWith({ expires: plus(ISSUED, 60) })
    const { verify } = createVerifier({ trustLists: [own, stale] })
    expect(verify(ours.toText(), { now: NOW })).toMatchObject({ status: 'valid' })
    expect(verify(theirs.toText(), { now: NOW })).toMatchObject({ reason: 'trust_list_stale' })
  })

  it('is asked of all that could know the key where none held', async () => {
    const stale = await neighbourWith({ expires: plus(ISSUED, 60) })
    const { verify } = createVerifier({ trustLists: [own, stale] })
    const forged = await issue(stamp, stranger)
    const pending = { reason: 'trust_list_stale', finding: 'bad_signature' }
    expect(verify(forged.toText(), { now: NOW })).toMatchObject(pending)
    expect(verify(forged.toUrl(NEIGHBOUR_PREFIX), { now: NOW })).toMatchObject(pending)
    expect(verify(forged.toUrl(PREFIX), { now: NOW })).toMatchObject({
      status: 'invalid',
      reason: 'bad_signature',
    })
  })
})

describe('warnings', () => {
  it("are those of the signer's authority", async () => {
    const revoking = await neighbourWith({ revocationKey: revoker.publicKey })
    const { verify } = createVerifier({ trustLists: [own, revoking] })
    expect(verify(ours.toText(), { now: NOW }).warnings).toEqual([
      'revocation_unchecked',
      'rollback_unprotected',
    ])
    expect(verify(theirs.toText(), { now: NOW }).warnings).toEqual(['rollback_unprotected'])
  })

  it('are those of all authorities where none signed', async () => {
    const revoking = await neighbourWith({ revocationKey: revoker.publicKey })
    const { verify } = createVerifier({ trustLists: [revoking, own] })
    expect(verify('', { now: NOW }).warnings).toEqual(['revocation_unchecked', 'rollback_unprotected'])
  })

  it('leave rollback out where the lists were loaded with a store', () => {
    const { verify } = createVerifier({ trustLists: [{ ...own, rollbackProtected: true }] })
    expect(verify(ours.toText(), { now: NOW }).warnings).toEqual(['revocation_unchecked'])
  })
})

describe('a verifier', () => {
  const misuse = (options: unknown) => () => createVerifier(options as VerifierOptions)

  it('refuses a key that two authorities trust', async () => {
    const sharing = await neighbourWith({ issuers: [{ ...pressEntry, keyId: 900 }] })
    const make = misuse({ trustLists: [own, sharing] })
    expect(make).toThrow(VeristampError)
    expect(make).toThrow(expect.objectContaining({ code: 'key_shared' }))
    expect(make).toThrow(new RegExp(`${AUTHORITY}.*${NEIGHBOUR}`))
  })

  it('refuses two lists of one authority', async () => {
    const newer = await trustListWith({ sequence: 6, issuers: [] })
    expect(misuse({ trustLists: [own, newer] })).toThrow(ArgumentRangeError)
  })

  it.each([undefined, null, {}, { trustLists: [] }, { trustLists: own }])('needs trust lists', (options) => {
    expect(misuse(options)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^argument_/) }))
    expect(misuse(options)).toThrow(/^options.*: expected /)
  })

  it.each([0, -1, Number.NaN])('refuses %d as the greatest age of a list', (maxListAge) => {
    expect(misuse({ trustLists: [own], maxListAge })).toThrow(ArgumentRangeError)
  })

  it('is not made with an engine that refuses a key of its lists', () => {
    const engine = { name: 'broken', importKey: () => ({ ok: false, reason: 'key_torsion' }) }
    expect(misuse({ trustLists: [own], engine })).toThrow(/^engine: expected an Engine, got .*key_torsion/)
  })
})

describe('what a verdict tells', () => {
  const SIGNED = ['stamp', 'carrier', 'authority', 'issuer', 'trustList', 'facility', 'product']

  it('is all about a stamp whose signature held, with the catalogue beside it', () => {
    expect(verify(ours.toText('digits'))).toEqual({
      status: 'valid',
      checkedAt: NOW,
      warnings: ['revocation_unchecked', 'rollback_unprotected'],
      stamp,
      carrier: 'digits',
      authority: AUTHORITY,
      issuer: { keyId: 7, name: pressEntry.name, publicKey: press.publicKey },
      trustList: { sequence: 5, issued: ISSUED, expires: EXPIRES, ageSeconds: 460_800 },
      facility: { id: 12, name: 'Hợp tác xã chè Hải Hà', gln: '8935000000128' },
      product: { id: 104, facility: 12, name: 'Chè Đường Hoa', stars: 4 },
    })
  })

  it('is the same about a stamp that is out of scope, as far as the catalogue goes', async () => {
    const verdict = verify((await issue({ ...stamp, facility: 99, product: 98 })).toText())
    expect(verdict).toMatchObject({ reason: 'out_of_scope', authority: AUTHORITY })
    expect(verdict).not.toHaveProperty('facility')
    expect(verdict).not.toHaveProperty('product')
  })

  it.each(['', 'HELLO', 'prefix', 'unknown', 'forged'])(
    'is nothing about a stamp whose signature did not hold: %s',
    async (kind) => {
      const texts: Record<string, string> = {
        prefix: ours.toUrl('HTTPS://TEM.EXAMPLE/'),
        unknown: (await issue(stamp, press, 8)).toText(),
        forged: (await issue(stamp, stranger)).toText(),
      }
      const verdict = verify(texts[kind] ?? kind)
      expect(verdict.status).toBe('invalid')
      expect(SIGNED.filter((field) => field in verdict)).toEqual([])
    },
  )

  it('is the same for a text that a scanner put line ends and tabs around', () => {
    const text = ours.toText()
    expect(verify(`\t\r\n${text}\r\n\t`)).toEqual(verify(text))
    expect(verify(`${text}\n`.padEnd(text.length + 3, '\t'))).toEqual(verify(text))
  })

  it('is another for a text with a space, a no-break space or a line end inside', () => {
    const text = ours.toText()
    for (const changed of [` ${text}`, `${text} `, `${text}\u00a0`, `\ufeff${text}`, `4\n${text.slice(1)}`])
      expect(verify(changed)).toMatchObject({ reason: 'malformed' })
  })
})
