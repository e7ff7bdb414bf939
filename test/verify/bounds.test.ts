import { beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeBase45 } from '../../src/codec/base45.ts'
import { decodeCbor } from '../../src/codec/cbor.ts'
import { decodeDigits } from '../../src/codec/digits.ts'
import type { Engine } from '../../src/ed25519/engine.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { MAX_BASE45_LENGTH, MAX_DIGITS_LENGTH } from '../../src/stamp/carrier.ts'
import { MAX_PREFIX_LENGTH } from '../../src/stamp/prefix.ts'
import { MAX_KEYS_PER_ID } from '../../src/trust/trust-list.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { NOW, pressEntry, signerFrom, stamp, trustListWith } from '../support/fixtures.ts'

// Every decoder still works, and is watched.
vi.mock('../../src/codec/base45.ts', { spy: true })
vi.mock('../../src/codec/digits.ts', { spy: true })
vi.mock('../../src/codec/cbor.ts', { spy: true })

const PREFIX = `HTTPS://TEM.VN/${'X'.repeat(MAX_PREFIX_LENGTH - 16)}/`
const signers = Array.from({ length: MAX_KEYS_PER_ID }, (_, index) => signerFrom(index * 8))

let checks = 0
const countingEngine: Engine = {
  name: 'counting',
  importKey(publicKey) {
    const imported = nobleEngine.importKey(publicKey)
    if (!imported.ok) return imported
    const verify = (message: Uint8Array, signature: Uint8Array) => {
      checks++
      return imported.key.verify(message, signature)
    }
    return { ok: true, key: { publicKey, verify } }
  },
}

/** Eight keys under one id, the most that a list may give it: each for a facility of its own. */
const trustList = await trustListWith({
  issuers: signers.map(({ publicKey }, index) => ({
    ...pressEntry,
    publicKey,
    scope: [{ facility: index, product: 104 }],
  })),
  catalogue: { facilities: [], products: [] },
  prefixes: [PREFIX],
})
const verifier = createVerifier({ trustLists: [trustList], engine: countingEngine })
const verify = (text: string) => verifier.verify(text, { now: NOW })

/** The longest code: a payload of 128 bytes. */
const longestCode = (signer: (typeof signers)[number], facility: number) =>
  createIssuer({ keyId: 7, signer }).issue({
    ...stamp,
    facility,
    extensions: new Map([[16, new Uint8Array(114)]]),
  })
const last = await longestCode(signers.at(-1)!, MAX_KEYS_PER_ID - 1)
const decoders = [decodeBase45, decodeDigits, decodeCbor].map((decoder) => vi.mocked(decoder))
const decoded = () => decoders.map(({ mock }) => mock.calls.length)

beforeEach(() => {
  checks = 0
  for (const decoder of decoders) decoder.mockClear()
})

describe('a text above the maximum length', () => {
  it.each([
    ['digits', '9'.repeat(MAX_DIGITS_LENGTH + 1)],
    ['base45', 'A'.repeat(MAX_BASE45_LENGTH + 1)],
    ['a url with too many digits', PREFIX + '9'.repeat(MAX_DIGITS_LENGTH + 1)],
    ['the longest url and one letter', `${last.toUrl(PREFIX)}1`],
    ['a long run of spaces', ' '.repeat(10_000_000)],
    ['a long run of line ends, which are stripped from shorter texts', '\n'.repeat(10_000_000)],
    ['a good text among more line ends than scanners add', last.toUrl(PREFIX).padEnd(586, '\n')],
  ])('is refused by its length, and nothing of it is decoded: %s', (_, text) => {
    expect(verify(text)).toMatchObject({ status: 'invalid', reason: 'malformed', detail: 'text_length' })
    expect(decoded()).toEqual([0, 0, 0])
    expect(checks).toBe(0)
  })
})

describe('the longest texts', () => {
  it.each([
    ['base45', last.toText(), [1, 0, 1], MAX_BASE45_LENGTH],
    ['digits', last.toText('digits'), [0, 1, 1], MAX_DIGITS_LENGTH],
    ['url', last.toUrl(PREFIX), [0, 1, 1], MAX_PREFIX_LENGTH + MAX_DIGITS_LENGTH],
  ])('cost one decoding and one signature check a key: %s', (_, text, decodings, length) => {
    expect(text).toHaveLength(length)
    expect(verify(text)).toMatchObject({ status: 'valid', issuer: { publicKey: signers.at(-1)!.publicKey } })
    expect(decoded()).toEqual(decodings)
    expect(checks).toBe(MAX_KEYS_PER_ID)
  })

  it('may have line ends around them up to 536 units', () => {
    expect(verify(last.toUrl(PREFIX).padEnd(536, '\n'))).toMatchObject({ status: 'valid' })
  })

  it('cost eight signature checks when every key refuses them', async () => {
    const forged = await longestCode(signerFrom(0x90), 0)
    expect(verify(forged.toText())).toMatchObject({ reason: 'bad_signature' })
    expect(checks).toBe(8)
  })

  it('cost no check after the key that signed', async () => {
    expect(verify((await longestCode(signers[0]!, 0)).toText())).toMatchObject({ status: 'valid' })
    expect(checks).toBe(1)
  })

  it('cost no check where no key bears the id, or no list names the prefix', async () => {
    const stranger = await createIssuer({ keyId: 8, signer: signers[0]! }).issue(stamp)
    expect(verify(stranger.toText())).toMatchObject({ reason: 'unknown_key' })
    expect(verify(last.toUrl('HTTPS://TEM.EXAMPLE/'))).toMatchObject({ reason: 'url_prefix' })
    expect(checks).toBe(0)
  })
})
