import { beforeEach, describe, expect, it } from 'vitest'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { issuerOf } from '../support/trust-lists.ts'
import {
  at,
  createServer,
  DAY,
  filesOf,
  keeperOf,
  pinsOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'

/** A keeper of two authorities, of which one may be late, silent or wrong. */

const [A, B] = ['a.example', 'b.example']
const now = at(DAY)

let server: Server
const siteOf = async (authority: string, trust = trustOf(authority, { sequence: 1 })) =>
  filesOf({ authority, trust, trustSequence: 1, revocation: await revocationOf(authority, 1) })

beforeEach(async () => {
  server = createServer()
  for (const each of [A, B]) server.sites.set(each, await siteOf(each))
})

const keeperOfBoth = (store = memoryKeeperStore()) =>
  keeperOf(server, { pins: [pinsOf(A), pinsOf(B)], store })

describe('a keeper of two authorities', () => {
  it('verifies the stamps of both', async () => {
    const keeper = keeperOfBoth()
    await keeper.refresh({ now })
    for (const each of [A, B]) {
      expect(keeper.verify(await stampOf(each, 5), { now })).toMatchObject({
        status: 'valid',
        authority: each,
      })
      expect(keeper.verify(await stampOf(each, 1), { now })).toMatchObject({
        reason: 'revoked',
        authority: each,
      })
    }
    expect(keeper.verify(await stampOf('c.example', 5), { now })).toMatchObject({
      status: 'invalid',
      reason: 'bad_signature',
    })
  })

  it('calls nobody’s stamp wrong while a list is missing that may know better', async () => {
    server.sites.delete(B)
    const keeper = keeperOfBoth()
    await keeper.refresh({ now })
    const theirs = await stampOf(B, 5)
    const open = { status: 'indeterminate', reason: 'trust_list_missing', finding: 'bad_signature' }
    expect(keeper.verify(theirs, { now })).toMatchObject(open)
    expect(keeper.verify(await stampOf(A, 5), { now })).toMatchObject({ status: 'valid' })
    expect(keeper.verify('not a stamp', { now })).toMatchObject({ status: 'invalid', reason: 'malformed' })
    const many: unknown[] = []
    for await (const verdict of keeper.verifier.verifyMany([theirs, 'no'], { now })) many.push(verdict)
    expect(many).toMatchObject([open, { reason: 'malformed' }])
    server.sites.set(B, await siteOf(B))
    await keeper.refresh({ now })
    expect(keeper.verify(theirs, { now })).toMatchObject({ status: 'valid' })
  })

  it('answers without any list what a text says by its form alone', async () => {
    const keeper = keeperOfBoth()
    const texts = [await stampOf(A, 5), 'no']
    const verdicts = [
      { status: 'indeterminate', reason: 'trust_list_missing', checkedAt: now, warnings: [] },
      { status: 'invalid', reason: 'malformed' },
    ]
    expect(texts.map((text) => keeper.verify(text, { now }))).toMatchObject(verdicts)
    const many: unknown[] = []
    for await (const verdict of keeper.verifier.verifyMany(texts, { now })) many.push(verdict)
    expect(many).toMatchObject(verdicts)
    expect(() => keeper.verify(7 as never)).toThrow(TypeError)
    expect(() => keeper.verify('', { when: now } as never)).toThrow(/when/)
    await expect(keeper.verifier.verifyMany([7 as never]).next()).rejects.toThrow(/texts\[0\]/)
    expect(() => keeper.verifier.verifyMany('x' as never)).toThrow(TypeError)
  })

  it('takes no list of one for the other’s, wherever it lies', async () => {
    const keeper = keeperOfBoth()
    const [a, b] = [server.sites.get(A)!, server.sites.get(B)!]
    server.sites.set(A, b)
    server.sites.set(B, a)
    await keeper.refresh({ now })
    expect(keeper.state.authorities.map(({ lastFailure }) => lastFailure?.reason)).toEqual([
      'wrong_authority',
      'wrong_authority',
    ])
    // Files of the other under an index of one's own.
    const forged = filesOf({
      authority: A,
      trust: b.get('trust.cbor')!,
      trustSequence: 1,
      revocation: b.get('revocation.cbor')!,
    })
    server.sites.set(A, forged)
    server.sites.set(B, b)
    await keeper.refresh({ now })
    expect(keeper.state.authorities.map(({ lastFailure }) => lastFailure?.reason)).toEqual([
      'threshold',
      'wrong_authority',
    ])
    expect(keeper.verify(await stampOf(B, 5), { now })).toMatchObject({ status: 'valid' })
    expect(keeper.verify(await stampOf(A, 5), { now })).toMatchObject({ status: 'indeterminate' })
  })

  it('goes on where one of them trusts a key of the other', async () => {
    const keeper = keeperOfBoth()
    await keeper.refresh({ now })
    const trust = trustOf(B, {
      sequence: 2,
      issuers: [issuerOf(`${B} issuer`), issuerOf(`${A} issuer`, 1, 9)],
    })
    server.sites.set(
      B,
      filesOf({ authority: B, trust, trustSequence: 2, revocation: await revocationOf(B, 1) }),
    )
    await keeper.refresh({ now })
    expect(keeper.state.authorities).toMatchObject([
      { trustList: { sequence: 1 } },
      { trustList: { sequence: 1 }, lastFailure: { reason: 'public_key_repeated' } },
    ])
    for (const each of [A, B])
      expect(keeper.verify(await stampOf(each, 5), { now })).toMatchObject({
        status: 'valid',
        authority: each,
      })
  })

  it('asks each by its own time', async () => {
    const keeper = keeperOfBoth()
    server.sites.delete(B)
    await keeper.refresh({ now })
    const [a, b] = keeper.state.authorities.map(({ due }) => due.getTime() - now.getTime())
    expect(a).toBe(DAY)
    expect(b).toBeLessThan(2 * 60_000)
  })
})
