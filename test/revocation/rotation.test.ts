import { describe, expect, it } from 'vitest'
import { memoryStore, type SequenceStore } from '../../src/document/store.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import { addSerials } from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { draftAfter } from '../support/next-draft.ts'
import { AUTHORITY, accepted, HEADER, KEY, NEXT_KEY, STRANGER } from './lists.ts'

/** Trust lists and revocation lists together, over a change of the revocation key. */

const ROOT = STRANGER
const roots = { threshold: 1, keys: [ROOT.publicKey] }
const { issued, expires } = HEADER

async function trustList(content: Partial<TrustListContent>, store?: SequenceStore): Promise<TrustList> {
  const whole = { authority: AUTHORITY, sequence: 1, issued, expires, roots, issuers: [], ...content }
  const loaded = loadTrustList(await signTrustList(whole, [ROOT]), {
    authority: AUTHORITY,
    roots,
    ...(store && { store }),
  })
  if (loaded.ok) return loaded.trustList
  throw new Error(loaded.reason)
}
const OLD = { sequence: 1, revocationKey: KEY.publicKey, revocationEpoch: 0 }
const NEW = { sequence: 2, revocationKey: NEXT_KEY.publicKey, revocationEpoch: 1 }

const listOf = (header: Partial<RevocationDraftHeader>, signer: Signer, previous?: Uint8Array) =>
  signRevocationList(draftAfter(previous, { ...HEADER, ...header }), signer)

const reasonOf = (document: Uint8Array, trustList: TrustList, store?: SequenceStore) => {
  const loaded = loadRevocationList(document, { trustList, ...(store && { store }) })
  return loaded.ok ? undefined : loaded.reason
}

describe('epoch recovery', () => {
  it('brings a verifier back that a thief fed the highest sequence there is', async () => {
    const store = memoryStore()
    const old = await trustList(OLD, store)
    const entry = { facility: 12, product: 104, reason: 'lost', date: '2026-10-30', serials: [7] } as const
    const honest = await signRevocationList(addSerials(draftRevocationList(HEADER), entry), KEY)
    expect(reasonOf(honest, old, store)).toBeUndefined()
    const ahead = await listOf({ sequence: Number.MAX_SAFE_INTEGER }, KEY)
    expect(reasonOf(ahead, old, store)).toBeUndefined()
    expect(reasonOf(await listOf({ sequence: 2 }, KEY, honest), old, store)).toBe('rollback')

    const renewed = await trustList(NEW, store)
    const [first, second] = [
      await listOf({ epoch: 1, sequence: 1 }, NEXT_KEY, honest),
      await listOf({ epoch: 1, sequence: 2 }, NEXT_KEY, honest),
    ]
    const recovered = accepted(loadRevocationList(first, { trustList: renewed, store }))
    expect(recovered.findSerial(12, 104, 7)).toMatchObject({ reason: 'lost' })
    expect(reasonOf(second, renewed, store)).toBeUndefined()
    expect(reasonOf(first, renewed, store)).toBe('rollback')
  })

  it('leaves the old key nothing, under the new trust list and under the old', async () => {
    const store = memoryStore()
    const [old, renewed] = [await trustList(OLD), await trustList(NEW)]
    expect(reasonOf(await listOf({ epoch: 1, sequence: 1 }, NEXT_KEY), renewed, store)).toBeUndefined()
    for (const header of [{ sequence: 9 }, { epoch: 1, sequence: 9 }, { epoch: 2, sequence: 9 }]) {
      expect(reasonOf(await listOf(header, KEY), renewed, store)).toBe('wrong_key')
    }
    // One who still has the old trust list has the memory of the new epoch.
    expect(reasonOf(await listOf({ sequence: 9 }, KEY), old, store)).toBe('rollback')
  })

  it('needs the new trust list: the old one is rolled back', async () => {
    const store = memoryStore()
    await trustList(NEW, store)
    await expect(trustList(OLD, store)).rejects.toThrow('rollback')
  })
})

describe('a mix of trust list and revocation list', () => {
  it('that belong to different epochs is refused', async () => {
    const [old, renewed] = [await trustList(OLD), await trustList(NEW)]
    const [oldList, newList] = [await listOf({}, KEY), await listOf({ epoch: 1 }, NEXT_KEY)]
    expect(reasonOf(oldList, old)).toBeUndefined()
    expect(reasonOf(newList, renewed)).toBeUndefined()
    expect(reasonOf(newList, old)).toBe('wrong_key')
    expect(reasonOf(oldList, renewed)).toBe('wrong_key')
  })

  it('is refused by the epoch where the key stayed', async () => {
    const raised = await trustList({ ...OLD, sequence: 2, revocationEpoch: 1 })
    expect(reasonOf(await listOf({}, KEY), raised)).toBe('wrong_epoch')
    expect(reasonOf(await listOf({ epoch: 1 }, KEY), await trustList(OLD))).toBe('wrong_epoch')
    expect(reasonOf(await listOf({ epoch: 1 }, KEY), raised)).toBeUndefined()
  })

  it('is refused where the trust list names no key, or another authority', async () => {
    const { sequence } = OLD
    expect(reasonOf(await listOf({}, KEY), await trustList({ sequence }))).toBe('wrong_key')
    expect(reasonOf(await listOf({ authority: 'other.example' }, KEY), await trustList(OLD))).toBe(
      'wrong_authority',
    )
  })
})
