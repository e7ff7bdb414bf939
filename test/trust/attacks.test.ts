import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/document/store.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  bodyOf,
  documentOf,
  EXPIRES,
  envelopeBytes,
  issuerOf,
  keyOf,
  keysOf,
  listOf,
  load,
  mustLoad,
  NOW,
  outcome,
  rootsOf,
} from '../support/trust-lists.ts'

/** The cases of TUF's conformance suite (theupdateframework/tuf-conformance), put to trust lists. */

const V1 = rootsOf(1, 2, 'a', 'b', 'c')
const V2 = rootsOf(2, 2, 'b', 'c', 'd')
const V3 = rootsOf(3, 2, 'c', 'd', 'e')

const stampText = async (name = 'issuer'): Promise<string> => {
  const issuer = createIssuer({ keyId: 1, signer: keyOf(name) })
  return (await issuer.issue({ facility: 1, product: 2, serial: 3 })).toText()
}

describe('arbitrary software', () => {
  it.each([
    ['of another type', 'veristamp:revoc1', 'wrong_type'],
    ['of a type that does not exist', 'veristamp:trust2', 'wrong_type'],
  ])('a document %s is refused though the roots signed it', (_, context, expected) => {
    expect(outcome(documentOf(bodyOf(), keysOf('root'), { context }))).toBe(expected)
  })

  it('what the roots signed as another type is no trust list', () => {
    const relabelled = documentOf(bodyOf(), keysOf('root'), { signedAs: 'veristamp:revoc1' })
    expect(outcome(relabelled)).toBe('threshold')
  })

  it('a list of another authority is refused though the same roots signed it', () => {
    expect(outcome(listOf({ authority: 'quang-nam.example' }, 'root'))).toBe('wrong_authority')
  })

  it('a draft that nobody signed is refused', () => {
    expect(outcome(listOf({}))).toBe('threshold')
  })

  it('a list is refused with any bit of its body or its signature changed', () => {
    const body = bodyOf({ issuers: [] })
    const document = documentOf(body, keysOf('root'))
    const from = Buffer.from(document).indexOf(body)
    for (let bit = 8 * from; bit < 8 * document.length; bit += 7) {
      const changed = document.slice()
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(outcome(changed), `bit ${bit}`).not.toBe('ok')
    }
  })

  it('text, nothing, and a stamp are no lists', async () => {
    const issuer = createIssuer({ keyId: 1, signer: keyOf('root') })
    const { bytes } = await issuer.issue({ facility: 1, product: 2, serial: 3 })
    for (const junk of [new Uint8Array(), new TextEncoder().encode('<!DOCTYPE html>'), bytes]) {
      expect(outcome(junk)).toBe('malformed')
    }
  })
})

describe('freeze', () => {
  it('a list that is offered for ever goes stale, and nothing is valid under it', async () => {
    const store = memoryStore()
    const bytes = listOf({}, 'root')
    const text = await stampText()
    const statusAt = (now: Date) => {
      const verdict = createVerifier({ trustLists: [mustLoad(bytes, { store })] }).verify(text, { now })
      return verdict.status === 'valid' ? 'valid' : verdict.reason
    }
    expect(statusAt(NOW)).toBe('valid')
    expect(statusAt(new Date(EXPIRES.getTime() - 1))).toBe('valid')
    expect(statusAt(EXPIRES)).toBe('trust_list_stale')
  })

  it('a chain is as fresh as its last list, whatever its links say', async () => {
    const old = { issued: new Date('2020-01-01T00:00:00Z'), expires: new Date('2020-02-01T00:00:00Z') }
    const fresh = listOf({ sequence: 2, roots: V2 }, 'b', 'c')
    const stale = listOf({ sequence: 2, roots: V2, ...old }, 'b', 'c')
    const text = await stampText()
    const statusOf = (first: Uint8Array, last: Uint8Array) => {
      const trustLists = [mustLoad(concatBytes(first, last), { roots: V1 })]
      return createVerifier({ trustLists }).verify(text, { now: NOW }).status
    }
    expect(statusOf(listOf({ sequence: 1, roots: V1, ...old }, 'a', 'b'), fresh)).toBe('valid')
    expect(statusOf(listOf({ sequence: 1, roots: V1 }, 'a', 'b'), stale)).toBe('indeterminate')
  })
})

describe('fast-forward', () => {
  const forward = listOf({ sequence: 2 ** 53 - 1, roots: V1 }, 'a', 'b')

  it('blocks every later list of that root version', () => {
    const store = memoryStore()
    expect(outcome(forward, { roots: V1, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 12, roots: V1 }, 'a', 'b'), { roots: V1, store })).toBe('rollback')
  })

  it('is recovered from by a rotation, which may count anew', () => {
    const store = memoryStore()
    expect(outcome(forward, { roots: V1, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 12, roots: V2 }, 'b', 'c'), { roots: V1, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 13, roots: V2 }, 'c', 'd'), { roots: V1, store })).toBe('ok')
    expect(outcome(forward, { roots: V1, store })).not.toBe('ok')
  })
})

describe('mix and match', () => {
  it('the body of one list with the signatures of another is refused', () => {
    const [one, two] = [bodyOf({ sequence: 1 }), bodyOf({ sequence: 2 })]
    const [signature] = keysOf('root').map(({ sign }) => sign(one) as Uint8Array)
    const mixed = envelopeBytes('veristamp:trust1', two, [[keyOf('root').publicKey, signature!]])
    expect(outcome(mixed)).toBe('threshold')
  })

  it('an old list behind a new one is refused', () => {
    const rotation = listOf({ sequence: 5, roots: V2 }, 'b', 'c')
    const before = listOf({ sequence: 4, roots: V1 }, 'b', 'c')
    expect(outcome(concatBytes(rotation, before), { roots: V1 })).toBe('root_version_rollback')
    expect(outcome(concatBytes(rotation, listOf({ sequence: 4, roots: V2 }, 'b', 'c')), { roots: V1 })).toBe(
      'rollback',
    )
  })

  it('junk in front of a list is refused, and so is junk behind it', () => {
    const list = listOf({}, 'root')
    for (const junk of [[0], [0xff], [0x83], [0x40]]) {
      expect(outcome(concatBytes(Uint8Array.from(junk), list)), 'in front').toBe('malformed')
      expect(outcome(concatBytes(list, Uint8Array.from(junk))), 'behind').toBe('malformed')
    }
  })

  it('the links of two authorities do not make one chain', () => {
    const foreign = listOf({ sequence: 5, roots: V2, authority: 'elsewhere' }, 'b', 'c')
    const own = listOf({ sequence: 6, roots: V2 }, 'c', 'd')
    expect(outcome(concatBytes(foreign, own), { roots: V1 })).toBe('wrong_authority')
  })
})

describe('key compromise', () => {
  const thieves = rootsOf(2, 1, 'thief')

  it('fewer keys than the threshold sign nothing, old or new, and carry no rotation', () => {
    for (const roots of [V1, thieves, { ...V1, threshold: 1 }]) {
      expect(outcome(listOf({ sequence: 9, roots }, 'a', 'thief'), { roots: V1 })).toBe('threshold')
    }
  })

  it('one lost key is rotated away by the others', () => {
    const store = memoryStore()
    const rotation = listOf({ sequence: 2, roots: V2 }, 'b', 'c')
    expect(outcome(rotation, { roots: V1, store })).toBe('ok')
    expect(outcome(listOf({ sequence: 3, roots: V2 }, 'a', 'b'), { roots: V1, store })).toBe('threshold')
    expect(outcome(listOf({ sequence: 3, roots: V2 }, 'c', 'd'), { roots: V1, store })).toBe('ok')
  })

  it('keys lost one by one add up to nothing once each was rotated away', () => {
    const store = memoryStore()
    const chain = concatBytes(
      listOf({ sequence: 2, roots: V2 }, 'b', 'c'),
      listOf({ sequence: 3, roots: V3 }, 'c', 'd'),
    )
    expect(outcome(chain, { roots: V1, store })).toBe('ok')
    const fork = listOf({ sequence: 99, roots: thieves }, 'a', 'b', 'thief')
    const forkOn = listOf({ sequence: 99, roots: { ...thieves, version: 3 } }, 'thief')
    const forkBeyond = listOf({ sequence: 99, roots: { ...thieves, version: 4 } }, 'thief')
    for (const attack of [fork, concatBytes(fork, forkOn), concatBytes(fork, forkOn, forkBeyond)]) {
      expect(outcome(attack, { roots: V1, store })).toBe('threshold')
    }
  })

  it('an issuer key that the next list drops is known no more', async () => {
    const text = await stampText('stolen')
    const verdictUnder = (bytes: Uint8Array) =>
      createVerifier({ trustLists: [mustLoad(bytes)] }).verify(text, { now: NOW }).status
    expect(verdictUnder(listOf({ sequence: 1, issuers: [issuerOf('stolen')] }, 'root'))).toBe('valid')
    expect(verdictUnder(listOf({ sequence: 2, issuers: [issuerOf('next')] }, 'root'))).toBe('invalid')
  })
})

describe('endless data', () => {
  it('a file above 16 MiB is refused by its length', () => {
    expect(load(new Uint8Array(2 ** 24 + 1))).toEqual({
      ok: false,
      reason: 'malformed',
      detail: 'document_length',
    })
  })

  it('a document above 4 MiB is refused by its length, in a chain too', () => {
    const large = envelopeBytes('veristamp:trust1', new Uint8Array(2 ** 22), [])
    for (const file of [large, concatBytes(listOf({}, 'root'), large)]) {
      expect(load(file)).toEqual({ ok: false, reason: 'malformed', detail: 'document_length' })
    }
  })

  it.each([
    ['empty maps', 0xa0],
    ['empty arrays', 0x80],
    ['empty texts', 0x60],
    ['zeros', 0x00],
  ])('millions of %s are refused by their count, before any is read', (_, item) => {
    const length = 2 ** 22 - 5
    const bomb = concatBytes(Uint8Array.of(0x9a, 0, 0x3f, 0xff, 0xfb), new Uint8Array(length).fill(item))
    expect(load(bomb)).toEqual({ ok: false, reason: 'malformed', detail: 'cbor_too_many' })
  })

  it('many small containers are refused by their sum', () => {
    const eight = Uint8Array.of(0x88, 0xa0, 0xa0, 0xa0, 0xa0, 0xa0, 0xa0, 0xa0, 0xa0)
    const bomb = concatBytes(Uint8Array.of(0x99, 0x10, 0x00), ...Array.from({ length: 4096 }, () => eight))
    expect(load(bomb)).toEqual({ ok: false, reason: 'malformed', detail: 'cbor_too_many' })
  })

  it('a document with 33 signatures is malformed', () => {
    const names = Array.from({ length: 33 }, (_, index) => `signer ${index}`)
    expect(outcome(listOf({}, 'root', ...names.slice(0, 31)))).toBe('ok')
    expect(outcome(listOf({}, ...names))).toBe('malformed')
  })
})
