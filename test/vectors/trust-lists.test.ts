import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadTrustList } from '../../src/trust/load.ts'
import { trustListVectors } from './trust-lists.generate.ts'

interface Vector {
  name: string
  authority: string
  roots: { version: number; threshold: number; keys: string[] }
  body?: string
  signatures?: { publicKey: string; signature: string }[]
  envelope: string
}

const file = readFileSync(new URL('trust-lists.json', import.meta.url), 'utf8')
const { valid, failing }: { valid: Vector[]; failing: (Vector & { reason: string; detail?: string })[] } =
  JSON.parse(file)

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const load = ({ authority, roots, envelope }: Vector) =>
  loadTrustList(fromHex(envelope), { authority, roots: { ...roots, keys: roots.keys.map(fromHex) } })

/** Whether Node finds that the key signed the body in a trust list's context. */
function holds(body: string, { publicKey, signature }: { publicKey: string; signature: string }): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') }
  const message = Buffer.concat([Buffer.from('veristamp:trust1'), fromHex(body)])
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), fromHex(signature))
}

describe('the file of trust lists', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(trustListVectors())
  })

  it('has a name of its own for each', () => {
    const names = [...valid, ...failing].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('fails for every reason but those of rotation and of what was seen before', () => {
    expect([...new Set(failing.map(({ reason }) => reason))].sort()).toEqual([
      'catalogue_conflict',
      'duplicate_signature',
      'key_id_crowded',
      'malformed',
      'public_key',
      'public_key_repeated',
      'scope_overlap',
      'threshold',
      'wrong_authority',
      'wrong_type',
    ])
  })
})

describe.each(valid)('the trust list with $name', (vector) => {
  it('is loaded, and known by the SHA-256 of its body', () => {
    const digest = createHash('sha256').update(fromHex(vector.body!)).digest()
    expect(load(vector)).toMatchObject({ ok: true, trustList: { digest: new Uint8Array(digest) } })
  })

  it('has signatures that hold for Node', () => {
    expect(vector.signatures!.map((each) => holds(vector.body!, each))).toEqual(
      vector.signatures!.map(() => true),
    )
  })

  it('holds its body and its signatures', () => {
    expect(vector.envelope).toContain(vector.body)
    for (const { publicKey, signature } of vector.signatures!)
      expect(vector.envelope).toContain(`825820${publicKey}5840${signature}`)
  })
})

describe('a failing trust list', () => {
  it.each(failing)('is $reason: $name', (vector) => {
    const { reason, detail } = vector
    const refused = load(vector)
    expect(refused).toMatchObject({ ok: false, reason })
    if (detail !== undefined) expect(refused).toHaveProperty('detail', detail)
  })

  it('is signed well where the signatures are not what is wrong', () => {
    const refusedForBody = failing.filter(
      ({ reason, body }) => body !== undefined && !['threshold', 'wrong_type'].includes(reason),
    )
    const unsigned = refusedForBody.filter(
      ({ body, signatures }) => signatures!.length === 0 || !signatures!.every((each) => holds(body!, each)),
    )
    expect(unsigned.map(({ name }) => name)).toEqual([])
    expect(refusedForBody.length).toBeGreaterThan(20)
  })
})
