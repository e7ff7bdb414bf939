import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/document/store.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { reviseTrustList, type TrustListChanges } from '../../src/trust/revise.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { issuerOf, keyOf, listOf, mustLoad, outcome, rootsOf } from '../support/trust-lists.ts'

const times = { issued: new Date('2026-03-01T00:00:00Z'), expires: new Date('2026-09-01T00:00:00Z') }

const content: Partial<TrustListContent> = {
  sequence: 41,
  revocationKey: keyOf('revoker').publicKey,
  revocationEpoch: 3,
  prefixes: ['HTTPS://EXAMPLE.VN/'],
  scanners: [{ publicKey: keyOf('gate').publicKey, place: 'Hạ Long' }],
  catalogue: {
    facilities: [{ id: 1, name: 'Hạ Long', extra: 'kept' }],
    products: [{ id: 2, facility: 1, name: 'Chả mực' }],
  },
}

const before = mustLoad(listOf(content, 'root'))

const revise = async (changes: Partial<TrustListChanges>, ...names: string[]) => {
  return signTrustList(reviseTrustList(before, { ...times, ...changes }), names.map(keyOf))
}

describe('reviseTrustList', () => {
  it('counts the sequence on and keeps all that is not changed', async () => {
    const { issuersWith, facility, product, digest, key, ...after } = plain(
      mustLoad(await revise({}, 'root')),
    )
    const was = plain(before)
    expect(after).toMatchObject({ ...times, sequence: 42 })
    for (const field of [
      'authority',
      'issuers',
      'roots',
      'revocationKey',
      'revocationEpoch',
      'prefixes',
      'catalogue',
      'scanners',
    ]) {
      expect(after[field], field).toEqual(was[field])
    }
  })

  it('changes what it is told', async () => {
    const issuers = [issuerOf('issuer'), { ...issuerOf('second issuer', 2), scope: [{ facility: 9 }] }]
    const after = mustLoad(await revise({ issuers, prefixes: [], scanners: [], sequence: 50 }, 'root'))
    expect(after.issuers.map(({ name }) => name)).toEqual(['issuer', 'second issuer'])
    expect([after.prefixes, after.scanners]).toEqual([[], []])
    expect(after.sequence).toBe(50)
  })

  it('rotates: new roots get the next version, which old and new keys must sign', async () => {
    const { threshold, keys } = rootsOf(9, 2, 'x', 'y')
    expect(outcome(await revise({ roots: { threshold, keys } }, 'root'))).toBe('new_threshold')
    expect(outcome(await revise({ roots: { threshold, keys } }, 'x', 'y'))).toBe('threshold')
    const after = mustLoad(await revise({ roots: { threshold, keys } }, 'root', 'x', 'y'))
    expect(after.roots).toMatchObject({ version: 2, threshold: 2 })
    expect(after.sequence).toBe(42)
  })

  it('rotates even if the caller gives a version of their own', async () => {
    const after = mustLoad(await revise({ roots: rootsOf(9, 1, 'root') }, 'root'))
    expect(after.roots.version).toBe(2)
  })

  it('recovers from a list that ran ahead', async () => {
    const store = memoryStore()
    const ahead = mustLoad(listOf({ sequence: 2 ** 53 - 1 }, 'root'), { store })
    expect(() => reviseTrustList(ahead, times)).toThrow(RangeError)
    const recovery = reviseTrustList(ahead, { ...times, sequence: 43, roots: rootsOf(2, 1, 'x') })
    const signed = await signTrustList(recovery, [keyOf('root'), keyOf('x')])
    expect(outcome(signed, { store })).toBe('ok')
  })

  it('raises the revocation epoch with another revocation key, and with that only', async () => {
    const epochAfter = async (name: string) => {
      const { revocationEpoch, revocationKey } = mustLoad(
        await revise({ revocationKey: keyOf(name).publicKey }, 'root'),
      )
      expect(revocationKey?.publicKey).toEqual(keyOf(name).publicKey)
      return revocationEpoch
    }
    expect(await epochAfter('revoker')).toBe(3)
    expect(await epochAfter('next revoker')).toBe(4)
  })

  it('raises the revocation epoch with the first revocation key', async () => {
    const none = mustLoad(listOf({}, 'root'))
    const draft = reviseTrustList(none, { ...times, revocationKey: keyOf('revoker').publicKey })
    expect(mustLoad(await signTrustList(draft, [keyOf('root')])).revocationEpoch).toBe(1)
  })

  it('refuses what no verifier would load', () => {
    const issuers = [issuerOf('issuer'), issuerOf('other')]
    expect(() => reviseTrustList(before, { ...times, issuers })).toThrow(
      expect.objectContaining({ code: 'bad_document' }),
    )
  })
})

/** With bytes in place of keys that hold their engine's. */
function plain(list: ReturnType<typeof mustLoad>): Record<string, unknown> {
  const issuers = list.issuers.map(({ key, ...issuer }) => ({ ...issuer, keyIs: key.publicKey }))
  const roots = { ...list.roots, keys: list.roots.keys.map(({ publicKey }) => publicKey) }
  return { ...list, issuers, roots, revocationKey: list.revocationKey?.publicKey }
}
