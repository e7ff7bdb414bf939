import { describe, expect, it } from 'vitest'
import { memoryStore, type SequenceStore } from '../../src/document/store.ts'
import { VeristampError } from '../../src/lib/errors.ts'
import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import { addSerials } from '../../src/revocation/draft.ts'
import { loadRevocationList, type RevocationTrust } from '../../src/revocation/load.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { AUTHORITY, accepted, HEADER, KEY, NEXT_KEY, NEXT_TRUST, STRANGER, TRUST } from './lists.ts'

const listOf = (header: Partial<RevocationDraftHeader>, signer = KEY) =>
  signRevocationList(draftRevocationList({ ...HEADER, ...header }), signer)

const reasonUnder = (trustList: RevocationTrust, store: SequenceStore) => (document: Uint8Array) => {
  const loaded = loadRevocationList(document, { trustList, store })
  return loaded.ok ? undefined : loaded.reason
}

describe('the store, for revocation lists', () => {
  it('lets sequences go up and not back', async () => {
    const reasonOf = reasonUnder(TRUST, memoryStore())
    const [first, second, ninth] = [
      await listOf({}),
      await listOf({ sequence: 2 }),
      await listOf({ sequence: 9 }),
    ]
    expect([first, second, second, ninth].map(reasonOf)).toEqual([undefined, undefined, undefined, undefined])
    expect([second, first].map(reasonOf)).toEqual(['rollback', 'rollback'])
    expect(reasonOf(ninth)).toBeUndefined()
  })

  it('says so on the list', async () => {
    const loaded = loadRevocationList(await listOf({}), { trustList: TRUST, store: memoryStore() })
    expect(accepted(loaded).rollbackProtected).toBe(true)
  })

  it('raises an alarm at two lists of one number', async () => {
    const reasonOf = reasonUnder(TRUST, memoryStore())
    const entry = { facility: 1, product: 2, reason: 'lost', date: '2026-10-30', serials: [5] } as const
    const other = await signRevocationList(addSerials(draftRevocationList(HEADER), entry), KEY)
    expect([await listOf({}), other].map(reasonOf)).toEqual([undefined, 'equivocation'])
  })

  it('is not told of a list that was refused', async () => {
    const store = memoryStore()
    const reasonOf = reasonUnder(TRUST, store)
    expect(reasonOf(await listOf({ sequence: 5 }, STRANGER))).toBe('wrong_key')
    expect(reasonOf(await listOf({ sequence: 5, epoch: 1 }))).toBe('wrong_epoch')
    expect(store.read(AUTHORITY, 'revocation')).toBeUndefined()
    expect(reasonOf(await listOf({}))).toBeUndefined()
  })

  it('that can not be read refuses every list', async () => {
    const read = () => {
      throw new VeristampError('store_corrupt', 'no sense', { fault: 'unreadable' })
    }
    expect(reasonUnder(TRUST, { read, write() {} })(await listOf({}))).toBe('store_corrupt')
  })

  it('keeps revocation lists apart from trust lists', async () => {
    const store = memoryStore()
    store.write(AUTHORITY, 'trust', { epoch: 7, sequence: 7, digest: new Uint8Array(32) })
    expect(reasonUnder(TRUST, store)(await listOf({}))).toBeUndefined()
  })
})

describe('a new revocation key', () => {
  it('recovers from a list that a thief ran ahead with', async () => {
    const store = memoryStore()
    const ahead = await listOf({ sequence: Number.MAX_SAFE_INTEGER })
    const recovery = await listOf({ sequence: 2, epoch: 1 }, NEXT_KEY)
    expect(reasonUnder(TRUST, store)(ahead)).toBeUndefined()
    expect(reasonUnder(NEXT_TRUST, store)(recovery)).toBeUndefined()
    expect(reasonUnder(TRUST, store)(ahead)).toBe('rollback')
  })

  it("signs nothing under the old trust list, nor the old key under the new, in whatever epoch's name", async () => {
    const recovery = await listOf({ epoch: 1 }, NEXT_KEY)
    expect(reasonUnder(TRUST, memoryStore())(recovery)).toBe('wrong_key')
    expect(reasonUnder(NEXT_TRUST, memoryStore())(await listOf({}))).toBe('wrong_key')
    expect(reasonUnder(NEXT_TRUST, memoryStore())(await listOf({ epoch: 1 }))).toBe('wrong_key')
    expect(reasonUnder(TRUST, memoryStore())(await listOf({}, NEXT_KEY))).toBe('wrong_key')
    expect(reasonUnder(NEXT_TRUST, memoryStore())(await listOf({}, NEXT_KEY))).toBe('wrong_epoch')
  })
})

describe('a loaded trust list', () => {
  it('names the key and the epoch', async () => {
    const roots = { threshold: 1, keys: [STRANGER.publicKey] }
    const { issued, expires } = HEADER
    const content = { authority: AUTHORITY, sequence: 1, issued, expires, roots, issuers: [] }
    const revocation = { revocationKey: NEXT_KEY.publicKey, revocationEpoch: 1 }
    const trust = loadTrustList(await signTrustList({ ...content, ...revocation }, [STRANGER]), {
      authority: AUTHORITY,
      roots,
    })
    if (!trust.ok) expect.fail(trust.reason)
    const reasonOf = reasonUnder(trust.trustList, memoryStore())
    expect(reasonOf(await listOf({ epoch: 1 }, NEXT_KEY))).toBeUndefined()
    expect(reasonOf(await listOf({}))).toBe('wrong_key')
  })
})

describe('a frozen list', () => {
  it('loads long after it expired, with the dates that tell', async () => {
    const old = await listOf({
      issued: new Date('2001-01-01'),
      next: new Date('2001-01-02'),
      expires: new Date('2001-01-03'),
    })
    const list = accepted(loadRevocationList(old, { trustList: TRUST }))
    expect([list.next, list.expires]).toEqual([new Date('2001-01-02'), new Date('2001-01-03')])
  })
})
