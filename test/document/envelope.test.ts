import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { countSigners, decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../../src/document/envelope.ts'
import { orRefused } from '../../src/document/refusal.ts'
import { draftDocument } from '../../src/document/sign.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { signedMessage } from '../../src/lib/contexts.ts'
import { press, root, stranger } from '../support/fixtures.ts'

const CONTEXT = 'veristamp:trust1'
const BODY = encodeCbor(new Map([['authority', 'vn-quangninh']]))

type Pair = [Uint8Array, Uint8Array]
const pairOf = (publicKey: number[], signature = new Uint8Array(64)): Pair => [
  Uint8Array.from({ length: 32 }, (_, index) => publicKey[index] ?? 0),
  signature,
]
const refusalOf = (document: Uint8Array) =>
  orRefused(() => ({ ok: true as const, envelope: decodeEnvelope(document) }))
const refusalOfValue = (value: CborValue) => refusalOf(encodeCbor(value))

describe('a document', () => {
  it('reads back as the context, the body and the signatures that it spells', () => {
    const contexts = fc.constantFrom(CONTEXT, 'veristamp:revoc1', 'x')
    const bodies = fc.uint8Array({ maxLength: 300 })
    const pairs = fc
      .uniqueArray(fc.nat(255), { maxLength: 32 })
      .map((firsts) =>
        firsts.sort((a, b) => a - b).map((first) => pairOf([first], new Uint8Array(64).fill(first))),
      )
    const law = fc.property(contexts, bodies, pairs, (context, body, signatures) => {
      expect(decodeEnvelope(encodeCbor([context, body, signatures]))).toEqual({
        context,
        body,
        signatures: signatures.map(([publicKey, signature]) => ({ publicKey, signature })),
      })
    })
    fc.assert(law)
  })

  it.each<[string, CborValue, string]>([
    ['no array', new Map(), 'field:document'],
    ['an array of two', [CONTEXT, BODY], 'field:document'],
    ['an array of four', [CONTEXT, BODY, [], 0], 'field:document'],
    ['a context of bytes', [BODY, BODY, []], 'field:document[0]'],
    ['an empty context', ['', BODY, []], 'field:document[0]'],
    ['a context of 17 letters', [`${CONTEXT}x`, BODY, []], 'field:document[0]'],
    ['a body that is no byte string', [CONTEXT, new Map(), []], 'field:document[1]'],
    ['signatures in a map', [CONTEXT, BODY, new Map()], 'field:document[2]'],
    ['a signature without a key', [CONTEXT, BODY, [[new Uint8Array(64)]]], 'field:document[2][0]'],
    [
      'a key of 31 bytes',
      [CONTEXT, BODY, [[new Uint8Array(31), new Uint8Array(64)]]],
      'field:document[2][0][0]',
    ],
    ['a signature of 63 bytes', [CONTEXT, BODY, [pairOf([], new Uint8Array(63))]], 'field:document[2][0][1]'],
    ['keys in descending order', [CONTEXT, BODY, [pairOf([2]), pairOf([1])]], 'signature_order'],
    [
      'keys out of order in a late byte',
      [CONTEXT, BODY, [pairOf([1, 2]), pairOf([1, 1])]],
      'signature_order',
    ],
  ])('is malformed with %s', (_, value, detail) => {
    expect(refusalOfValue(value)).toEqual({ ok: false, reason: 'malformed', detail })
  })

  it('is refused when a key signs twice, with the same signature or another', () => {
    for (const second of [0, 1]) {
      const pairs = [pairOf([1]), pairOf([1], new Uint8Array(64).fill(second))]
      expect(refusalOfValue([CONTEXT, BODY, pairs])).toEqual({ ok: false, reason: 'duplicate_signature' })
    }
  })

  it('may have 32 signatures, and is malformed with 33', () => {
    const pairs = Array.from({ length: 33 }, (_, index) => pairOf([index]))
    expect(refusalOfValue([CONTEXT, BODY, pairs.slice(1)])).toMatchObject({ ok: true })
    expect(refusalOfValue([CONTEXT, BODY, pairs])).toMatchObject({ reason: 'malformed' })
  })

  it('is malformed when it is empty, cut short or followed by anything', () => {
    const document = encodeCbor([CONTEXT, BODY, [pairOf([1])]])
    for (let length = 0; length < document.length; length++)
      expect(refusalOf(document.subarray(0, length))).toMatchObject({
        reason: 'malformed',
        detail: 'cbor_truncated',
      })
    expect(refusalOf(Uint8Array.of(...document, 0))).toMatchObject({ detail: 'cbor_trailing_bytes' })
  })

  it('above 4 MiB is refused by its length, before anything of it is read', () => {
    const blank = new Uint8Array(MAX_DOCUMENT_LENGTH + 1)
    expect(refusalOf(blank)).toMatchObject({ reason: 'malformed', detail: 'document_length' })
    expect(refusalOf(blank.subarray(1))).toMatchObject({ reason: 'malformed', detail: 'cbor_trailing_bytes' })
  })
})

describe('counting who signed', () => {
  const [rootKey, pressKey, strangerKey] = [root, press, stranger].map(({ publicKey }) => {
    const imported = nobleEngine.importKey(publicKey)
    if (!imported.ok) throw new Error(imported.reason)
    return imported.key
  })
  const signature = (signer: typeof root, context = CONTEXT as 'veristamp:trust1' | 'veristamp:revoc1') => ({
    publicKey: signer.publicKey,
    signature: signer.sign(signedMessage(context, BODY)),
  })
  const count = (signatures: ReturnType<typeof signature>[], keys = [rootKey!, pressKey!, strangerKey!]) =>
    countSigners({ context: CONTEXT, body: BODY, signatures }, keys)

  it('counts the keys that signed context and body', () => {
    expect(count([])).toBe(0)
    expect(count([signature(root)])).toBe(1)
    expect(count([signature(root), signature(press), signature(stranger)])).toBe(3)
  })

  it('does not count keys that it was not asked about', () => {
    expect(count([signature(root), signature(press)], [rootKey!])).toBe(1)
  })

  it("does not count one key's signature under another's name, nor one of another context", () => {
    expect(count([{ ...signature(press), publicKey: root.publicKey }])).toBe(0)
    expect(count([signature(root, 'veristamp:revoc1')])).toBe(0)
  })
})

describe('a draft', () => {
  it('is the body without signatures', () => {
    const draft = draftDocument(CONTEXT, new Map([['authority', 'vn-quangninh']]))
    expect(decodeEnvelope(draft)).toEqual({ context: CONTEXT, body: BODY, signatures: [] })
  })

  it('may take 4 MiB and not a byte more', () => {
    const around = draftDocument(CONTEXT, new Uint8Array(70_000)).length - 70_000
    const max = MAX_DOCUMENT_LENGTH - around
    expect(draftDocument(CONTEXT, new Uint8Array(max))).toHaveLength(MAX_DOCUMENT_LENGTH)
    expect(() => draftDocument(CONTEXT, new Uint8Array(max + 1))).toThrow(
      expect.objectContaining({ code: 'does_not_fit' }),
    )
  })
})
