import { describe, expect, it } from 'vitest'
import { MAX_DOCUMENT_LENGTH } from '../../src/document/envelope.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { type LoadTrustListOptions, loadTrustList } from '../../src/trust/load.ts'
import { bodyWith, forgeDocument, withValue } from '../support/bodies.ts'
import {
  AUTHORITY,
  content,
  garden,
  press,
  root,
  type SyncSigner,
  signerFrom,
  stranger,
} from '../support/fixtures.ts'
import { SMALL_ORDER_KEY } from '../support/keys.ts'

const [second, third] = [signerFrom(0x30), signerFrom(0x50)]
const twoOfThree = { threshold: 2, keys: [root, second, third].map(({ publicKey }) => publicKey) }
const BODY = bodyWith()
const BODY_OF_TWO = bodyWith({ roots: twoOfThree })

const load = (document: Uint8Array, options: Partial<LoadTrustListOptions> = {}) =>
  loadTrustList(document, { authority: AUTHORITY, roots: content.roots, ...options })
const loadOfTwo = (...signers: SyncSigner[]) =>
  load(forgeDocument(BODY_OF_TWO, signers), { roots: twoOfThree })
const ACCEPTED = { ok: true }
const TOO_FEW = { ok: false, reason: 'threshold' }

/** The same document with the signature of the key altered. */
function withBadSignature(document: Uint8Array, { publicKey }: SyncSigner): Uint8Array {
  const altered = document.slice()
  const at = Buffer.from(altered).lastIndexOf(publicKey)
  altered[at + publicKey.length + 2]! ^= 1
  return altered
}

describe('the signatures of a trust list', () => {
  it('are enough from the threshold on', () => {
    expect(load(forgeDocument(BODY))).toMatchObject(ACCEPTED)
    expect(load(forgeDocument(BODY, []))).toMatchObject(TOO_FEW)
    expect(loadOfTwo(root)).toMatchObject(TOO_FEW)
    expect(loadOfTwo(root, third)).toMatchObject(ACCEPTED)
    expect(loadOfTwo(root, second, third)).toMatchObject(ACCEPTED)
  })

  it('are counted by keys: one that signs twice is refused', () => {
    expect(loadOfTwo(root, root)).toEqual({ ok: false, reason: 'duplicate_signature' })
    expect(loadOfTwo(root, second, second)).toEqual({ ok: false, reason: 'duplicate_signature' })
  })

  it('are not counted where other keys made them', () => {
    expect(loadOfTwo(root, press)).toMatchObject(TOO_FEW)
    expect(loadOfTwo(press, garden, stranger)).toMatchObject(TOO_FEW)
    expect(loadOfTwo(root, press, second, stranger)).toMatchObject(ACCEPTED)
  })

  it('are not counted where they are wrong', () => {
    const roots = { roots: twoOfThree }
    const two = forgeDocument(BODY_OF_TWO, [root, second])
    const three = forgeDocument(BODY_OF_TWO, [root, second, third])
    expect(load(withBadSignature(two, second), roots)).toMatchObject(TOO_FEW)
    expect(load(withBadSignature(three, second), roots)).toMatchObject(ACCEPTED)
    expect(load(withBadSignature(withBadSignature(three, second), root), roots)).toMatchObject(TOO_FEW)
  })

  it('are those that the pinned roots ask for, whatever the list itself says', () => {
    const pinned = { threshold: 1, keys: [stranger.publicKey] }
    expect(load(forgeDocument(BODY), { roots: pinned })).toMatchObject(TOO_FEW)
    expect(load(forgeDocument(BODY_OF_TWO, [root]), { roots: twoOfThree })).toMatchObject(TOO_FEW)
  })

  it('come before everything that the body says', () => {
    const malformed = withValue(BODY, 'issuers', 0)
    expect(load(forgeDocument(malformed, [press]))).toMatchObject(TOO_FEW)
    expect(load(forgeDocument(Uint8Array.of(0xff), [press]))).toMatchObject(TOO_FEW)
    expect(load(forgeDocument(bodyWith({ authority: 'vn-haiphong' }), [press]))).toMatchObject(TOO_FEW)
  })

  it('may be 32, and not 33', () => {
    const many = [root, ...Array.from({ length: 32 }, (_, index) => signerFrom(0x70 + index))]
    expect(load(forgeDocument(BODY, many.slice(0, 32)))).toMatchObject(ACCEPTED)
    const refused = load(forgeDocument(BODY, many))
    expect(refused).toEqual({ ok: false, reason: 'malformed', detail: 'field:document[2]' })
  })
})

describe('a document', () => {
  it('of another kind is no trust list, whoever signed it', () => {
    const other = forgeDocument(BODY, [root], 'veristamp:revoc1')
    expect(load(other)).toEqual({ ok: false, reason: 'wrong_type', detail: 'veristamp:revoc1' })
  })

  it("that was signed in another kind's context is not signed", () => {
    const revocation = forgeDocument(BODY, [root], 'veristamp:revoc1')
    const at = Buffer.from(revocation).indexOf('veristamp:revoc1')
    const relabelled = revocation.slice()
    relabelled.set(Buffer.from('veristamp:trust1'), at)
    expect(load(relabelled)).toMatchObject(TOO_FEW)
  })

  it('of another authority is refused, though the same root signed it', () => {
    const other = forgeDocument(bodyWith({ authority: 'vn-haiphong' }))
    expect(load(other)).toEqual({ ok: false, reason: 'wrong_authority', detail: 'vn-haiphong' })
    expect(load(other, { authority: 'vn-haiphong' })).toMatchObject(ACCEPTED)
  })

  it('may take 4 MiB, and is refused by its length above', () => {
    const sized = (length: number) => forgeDocument(withValue(BODY, 'later', new Uint8Array(length)))
    const max = MAX_DOCUMENT_LENGTH - (sized(70_000).length - 70_000)
    expect(sized(max)).toHaveLength(MAX_DOCUMENT_LENGTH)
    expect(load(sized(max))).toMatchObject(ACCEPTED)
    const refused = load(sized(max + 1))
    expect(refused).toEqual({ ok: false, reason: 'malformed', detail: 'document_length' })
  })
})

describe('loading', () => {
  const document = forgeDocument(BODY)
  const misuse =
    (options: object, bytes: unknown = document) =>
    () =>
      load(bytes as Uint8Array, options as LoadTrustListOptions)

  it('names an argument of the wrong type', () => {
    expect(misuse({}, 'text')).toThrow(ArgumentTypeError)
    expect(misuse({}, 'text')).toThrow(/^bytes: /)
    expect(misuse({ authority: undefined })).toThrow(/^options\.authority: /)
    expect(misuse({ roots: { threshold: 1, keys: ['03a1'] } })).toThrow(/^options\.roots\.keys\[0\]: /)
    expect(misuse({ roots: { threshold: 1 } })).toThrow(/^options\.roots\.keys: expected an array/)
    expect(misuse({ roots: undefined })).toThrow(/^options\.roots: expected an object/)
    const without = () => (loadTrustList as (bytes: Uint8Array) => unknown)(document)
    expect(without).toThrow(ArgumentTypeError)
    expect(without).toThrow(/^options: /)
  })

  it.each([
    ['no keys', { threshold: 1, keys: [] }],
    ['a threshold of none', { threshold: 0, keys: [root.publicKey] }],
    ['a threshold above the number of keys', { threshold: 2, keys: [root.publicKey] }],
    ['a key twice', { threshold: 2, keys: [root.publicKey, root.publicKey] }],
    ['a key of 31 bytes', { threshold: 1, keys: [root.publicKey.subarray(1)] }],
    ['version 0', { version: 0, threshold: 1, keys: [root.publicKey] }],
  ])('refuses pinned roots with %s', (_, roots) => {
    expect(misuse({ roots })).toThrow(ArgumentRangeError)
    expect(misuse({ roots })).toThrow(/^options\.roots\./)
  })

  it('tells of a pinned key that no verifier accepts', () => {
    const refused = load(document, { roots: { threshold: 1, keys: [root.publicKey, SMALL_ORDER_KEY] } })
    expect(refused).toEqual({ ok: false, reason: 'public_key', detail: 'roots.keys[1]: key_small_order' })
  })
})
