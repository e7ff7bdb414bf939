import { describe, expect, it } from 'vitest'
import { admit, memoryStore, type Seen, type SequenceStore } from '../../src/document/store.ts'
import { VeristampError } from '../../src/lib/errors.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { AUTHORITY, ISSUED, listOf, load, mustLoad, NOW, outcome, rootsOf } from '../support/trust-lists.ts'

const list = (sequence: number, more = {}): Uint8Array => listOf({ sequence, ...more }, 'root')

describe('a store', () => {
  it('refuses a list older than the newest accepted', () => {
    const store = memoryStore()
    expect(outcome(list(5), { store })).toBe('ok')
    expect(outcome(list(4), { store })).toBe('rollback')
    expect(outcome(list(0), { store })).toBe('rollback')
    expect(outcome(list(5), { store })).toBe('ok')
    expect(outcome(list(900), { store })).toBe('ok')
    expect(outcome(list(5), { store })).toBe('rollback')
  })

  it('raises an alarm for another list of the same sequence', () => {
    const store = memoryStore()
    const other = list(5, { issued: new Date(ISSUED.getTime() + 1000) })
    expect(outcome(list(5), { store })).toBe('ok')
    expect(outcome(other, { store })).toBe('equivocation')
    expect(outcome(list(5), { store })).toBe('ok')
  })

  it('knows a list by its body: more signatures are no other list', () => {
    const store = memoryStore()
    const roots = rootsOf(1, 1, 'root', 'second')
    expect(outcome(listOf({ roots }, 'root'), { roots, store })).toBe('ok')
    expect(outcome(listOf({ roots }, 'root', 'second'), { roots, store })).toBe('ok')
    expect(outcome(listOf({ roots }, 'second'), { roots, store })).toBe('ok')
  })

  it('keeps nothing of a list that is refused', () => {
    const store = memoryStore()
    expect(outcome(listOf({ sequence: 9 }, 'stranger'), { store })).toBe('threshold')
    const shared = list(8, { issuers: [issuer, { ...issuer, keyId: 2 }] })
    expect(outcome(shared, { store })).toBe('public_key_repeated')
    expect(store.read(AUTHORITY, 'trust')).toBeUndefined()
    expect(outcome(list(1), { store })).toBe('ok')
  })

  it('keeps each authority by itself', () => {
    const store = memoryStore()
    const ministry = (sequence: number) => listOf({ sequence, authority: 'ministry' }, 'root')
    expect(outcome(list(5), { store })).toBe('ok')
    expect(outcome(ministry(2), { store, authority: 'ministry' })).toBe('ok')
    expect(outcome(ministry(1), { store, authority: 'ministry' })).toBe('rollback')
    expect(outcome(list(4), { store })).toBe('rollback')
  })

  it('keeps each kind of document by itself', () => {
    const store = memoryStore()
    const seen = (sequence: number): Seen => ({ epoch: 1, sequence, digest: new Uint8Array(32) })
    admit(store, AUTHORITY, 'revocation', seen(9))
    admit(store, AUTHORITY, 'trust', seen(2))
    expect(store.read(AUTHORITY, 'revocation')?.sequence).toBe(9)
    expect(store.read(AUTHORITY, 'trust')?.sequence).toBe(2)
  })

  it('orders by root version before sequence', () => {
    const store = memoryStore()
    const rotated = listOf({ sequence: 1, roots: rootsOf(2, 1, 'new root') }, 'root', 'new root')
    expect(outcome(list(7), { store })).toBe('ok')
    expect(outcome(rotated, { store })).toBe('ok')
    expect(outcome(list(8), { store })).not.toBe('ok')
  })

  it('that is corrupt says so, and no list is accepted', () => {
    const store: SequenceStore = {
      read: () => {
        throw new VeristampError('store_corrupt', 'checksum', { fault: 'unreadable' })
      },
      write: () => expect.unreachable('a corrupt store is not written over'),
    }
    expect(load(list(5), { store })).toEqual({ ok: false, reason: 'store_corrupt', detail: 'checksum' })
  })

  it('that lost the roots of a later version is corrupt', () => {
    const store = memoryStore()
    store.write(AUTHORITY, 'trust', { epoch: 2, sequence: 1, digest: new Uint8Array(32) })
    expect(outcome(list(5), { store })).toBe('store_corrupt')
  })

  it('that fails otherwise fails the load', () => {
    const failing = (broken: Partial<SequenceStore>) => () =>
      load(list(5), { store: { ...memoryStore(), ...broken } })
    const fail = () => {
      throw new Error('ENOSPC')
    }
    expect(failing({ write: fail })).toThrow('ENOSPC')
    expect(failing({ read: fail })).toThrow('ENOSPC')
  })

  it('decides against a process that another one has overtaken between its reading and its writing', () => {
    const store = memoryStore()
    const overtaken: SequenceStore = {
      read: store.read,
      write(...entry) {
        const [authority, kind, seen] = entry
        store.write(authority, kind, { ...seen, sequence: 6 })
      },
    }
    expect(outcome(list(5), { store: overtaken })).toBe('rollback')
  })
})

const [{ key: _, ...issuer }] = mustLoad(list(1)).issuers as [ReturnType<typeof mustLoad>['issuers'][number]]

describe('without a store', () => {
  it('an older list loads, and every verdict warns', () => {
    const trustList = mustLoad(list(4))
    expect(trustList.rollbackProtected).toBe(false)
    const verdict = createVerifier({ trustLists: [trustList] }).verify('', { now: NOW })
    expect(verdict.warnings).toContain('rollback_unprotected')
  })

  it('a list loaded with one does not warn', () => {
    const trustList = mustLoad(list(4), { store: memoryStore() })
    const verdict = createVerifier({ trustLists: [trustList] }).verify('', { now: NOW })
    expect(verdict.warnings).not.toContain('rollback_unprotected')
  })

  it('pinned roots alone stop the lists of earlier roots', () => {
    const roots = rootsOf(2, 1, 'new root')
    expect(outcome(list(900), { roots })).toBe('threshold')
  })
})

describe('the roots that a store has seen', () => {
  const V1 = rootsOf(1, 1, 'root')
  const V2 = rootsOf(2, 1, 'new root')
  const rotation = listOf({ sequence: 6, roots: V2 }, 'root', 'new root')

  it('verify the next list though the caller pins older ones', () => {
    const store = memoryStore()
    expect(outcome(rotation, { roots: V1, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 7, roots: V2 }, 'new root'), { roots: V1, store })).toBe('ok')
  })

  it('take the power from keys that were rotated away', () => {
    const store = memoryStore()
    expect(outcome(rotation, { roots: V1, store })).toBe('ok')
    const fork = listOf({ sequence: 7, roots: rootsOf(2, 1, 'thief') }, 'root', 'thief')
    expect(outcome(fork, { roots: V1 })).toBe('ok')
    expect(outcome(fork, { roots: V1, store })).toBe('threshold')
  })

  it('give way to later ones that the caller pins', () => {
    const store = memoryStore()
    expect(outcome(rotation, { roots: V1, store })).toBe('ok')
    const anew = rootsOf(100, 1, 'rescue')
    expect(outcome(listOf({ sequence: 1, roots: anew }, 'rescue'), { roots: anew, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 8, roots: V2 }, 'new root'), { roots: V1, store })).not.toBe('ok')
  })
})
