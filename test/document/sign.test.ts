import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { draftDocument, mergeSignatures, signDocument } from '../../src/document/sign.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { compareBytes, concatBytes } from '../../src/lib/bytes.ts'
import { ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'
import { kiln, press, root, signerFrom, stranger } from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'

const CONTEXT = 'veristamp:trust1'
const draft = draftDocument(CONTEXT, new Map([['sequence', 1]]))
const other = draftDocument(CONTEXT, new Map([['sequence', 2]]))
const SIGNERS = [root, press, kiln, stranger]

async function signedBy(signers: readonly Signer[], document = draft): Promise<Uint8Array> {
  let signed = document
  for (const signer of signers) signed = await signDocument(signed, signer)
  return signed
}

/** Node's own verification: another implementation than the one that signs. */
const holds = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}

const subsets = fc.shuffledSubarray(SIGNERS)

describe('signing a document', () => {
  it('adds a signature over the context and the body, which stays as it was', async () => {
    const envelope = decodeEnvelope(await signedBy([root]))
    expect(envelope).toMatchObject({ context: CONTEXT, body: decodeEnvelope(draft).body })
    const [{ publicKey, signature }] = envelope.signatures as [(typeof envelope.signatures)[number]]
    expect(publicKey).toEqual(root.publicKey)
    const message = concatBytes(Buffer.from(CONTEXT, 'ascii'), envelope.body)
    expect(holds(publicKey, message, signature)).toBe(true)
  })

  it('comes to the same bytes in whatever order the signers sign', async () => {
    const all = await signedBy(SIGNERS)
    const keys = decodeEnvelope(all).signatures.map(({ publicKey }) => publicKey)
    expect(keys).toEqual(SIGNERS.map(({ publicKey }) => publicKey).sort(compareBytes))
    expect(await signedBy([...SIGNERS].reverse())).toEqual(all)
  })

  it('replaces a signature by the same key', async () => {
    const signed = await signedBy([root, press])
    expect(await signDocument(signed, root)).toEqual(signed)
    const broken = signed.slice()
    broken[broken.length - 1]! ^= 1 // a bit of the last key's signature
    expect(await signedBy([root, press], broken)).toEqual(signed)
  })

  it('waits for a signer that takes its time', async () => {
    const slow = { ...root, sign: async (message: Uint8Array) => root.sign(message) }
    expect(await signDocument(draft, slow)).toEqual(await signedBy([root]))
  })

  it.each<[string, Partial<Signer>]>([
    ['signs with another key', { sign: press.sign }],
    ['signs another message', { sign: (message) => root.sign(message.subarray(16)) }],
    ['returns too few bytes', { sign: (message) => root.sign(message).subarray(1) }],
    ['returns nothing', { sign: () => undefined as unknown as Uint8Array }],
    ['has a public key that no verifier accepts', { publicKey: new Uint8Array(32) }],
  ])('fails with a signer that %s', async (_, changes) => {
    const failure = signDocument(draft, { ...root, ...changes })
    await expect(failure).rejects.toBeInstanceOf(VeristampError)
    await expect(failure).rejects.toMatchObject({ code: 'signing_failed' })
  })

  it('refuses bytes that are no document', async () => {
    await expect(signDocument(draft.subarray(1), root)).rejects.toMatchObject({ code: 'bad_document' })
    await expect(signDocument('' as unknown as Uint8Array, root)).rejects.toBeInstanceOf(ArgumentTypeError)
  })

  // 'ɶ' is U+0276: cut to a byte, as ASCII is written, it would be the 'v' of a stamp's context.
  it.each(['veristamp:stamp1', 'veristamp:seals1', 'ɶeristamp:stamp1', 'veristamp:trust', 'x'])(
    'refuses the context %s, in which no document is signed',
    async (context) => {
      const sign = vi.fn(root.sign)
      const document = encodeCbor([context, encodeCbor([7, 12, 104, 90_001]), []])
      await expect(signDocument(document, { ...root, sign })).rejects.toMatchObject({ code: 'bad_document' })
      expect(sign).not.toHaveBeenCalled()
    },
  )

  it('refuses a 33rd signature', async () => {
    const many = Array.from({ length: 33 }, (_, index) => signerFrom(index))
    const full = await signedBy(many.slice(1))
    expect(decodeEnvelope(full).signatures).toHaveLength(32)
    await expect(signDocument(full, many[0]!)).rejects.toMatchObject({ code: 'does_not_fit' })
    expect(await signDocument(full, many[1]!)).toEqual(full)
  })
})

describe('merging signatures', () => {
  it('comes to the document that all would have signed, in whatever order they are merged', async () => {
    const law = fc.asyncProperty(subsets, subsets, async (some, others) => {
      const [one, two] = [await signedBy(some), await signedBy(others)]
      const all = await signedBy([...new Set([...some, ...others])])
      expect(mergeSignatures(one, two)).toEqual(all)
      expect(mergeSignatures(two, one)).toEqual(all)
    })
    await fc.assert(law, { numRuns: runs(20) })
  })

  it('refuses documents of different bodies or contexts', async () => {
    const revocation = draftDocument('veristamp:revoc1', new Map([['sequence', 1]]))
    for (const stranger of [other, revocation])
      expect(() => mergeSignatures(draft, stranger)).toThrow(
        expect.objectContaining({ code: 'bad_document' }),
      )
  })

  it('refuses bytes that are no document, on either side', () => {
    const broken = draft.subarray(1)
    for (const [one, two] of [
      [draft, broken],
      [broken, draft],
    ] as const)
      expect(() => mergeSignatures(one, two)).toThrow(expect.objectContaining({ code: 'bad_document' }))
  })
})
