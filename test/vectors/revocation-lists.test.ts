import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborMap } from '../../src/codec/cbor-value.ts'
import { memoryStore } from '../../src/document/store.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { loadRevocationList, type RevocationTrust } from '../../src/revocation/load.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import { decodeBySpec } from '../revocation/serial-set-by-spec.ts'
import { hex } from '../support/bytes.ts'
import {
  revocationListVectors,
  type SerialAnswer,
  type WatermarkAnswer,
} from './revocation-lists.generate.ts'

interface Vector {
  name: string
  trust: { authority: string; revocationKey?: string; revocationEpoch: number }
  seen?: { epoch: number; sequence: number; digest: string }
  body?: string
  signatures?: { publicKey: string; signature: string }[]
  envelope: string
}
interface ValidVector extends Vector {
  body: string
  sets: [number, number][][]
  serials?: SerialAnswer[]
  watermarks?: WatermarkAnswer[]
  keys?: (SerialAnswer & { publicKey: string })[]
}

const file = readFileSync(new URL('revocation-lists.json', import.meta.url), 'utf8')
const {
  valid,
  failing,
}: { valid: ValidVector[]; failing: (Vector & { reason: string; detail?: string })[] } = JSON.parse(file)

function trustOf({ authority, revocationKey, revocationEpoch }: Vector['trust']): RevocationTrust {
  if (revocationKey === undefined) return { authority, revocationKey, revocationEpoch }
  const imported = nativeEngine.importKey(hex(revocationKey))
  if (!imported.ok) throw new Error(imported.reason)
  return { authority, revocationKey: imported.key, revocationEpoch }
}

function load({ trust, seen, envelope }: Vector) {
  const store = memoryStore()
  if (seen !== undefined) store.write(trust.authority, 'revocation', { ...seen, digest: hex(seen.digest) })
  return loadRevocationList(hex(envelope), { trustList: trustOf(trust), store })
}

function loaded(vector: Vector): RevocationList {
  const result = load(vector)
  if (result.ok) return result.revocationList
  throw new Error(`${vector.name}: ${result.reason} ${result.detail}`)
}

/** Whether Node finds that the key signed the body in a revocation list's context. */
function holds(body: string, { publicKey, signature }: { publicKey: string; signature: string }): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') }
  const message = Buffer.concat([Buffer.from('veristamp:revoc1'), hex(body)])
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), hex(signature))
}

describe('the file of revocation lists', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(revocationListVectors())
  })

  it('has a name of its own for each', () => {
    const names = [...valid, ...failing].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('fails for every reason but a store that can not be read', () => {
    expect([...new Set(failing.map(({ reason }) => reason))].sort()).toEqual([
      'duplicate_signature',
      'equivocation',
      'malformed',
      'rollback',
      'serials_overlap',
      'wrong_authority',
      'wrong_epoch',
      'wrong_key',
      'wrong_type',
    ])
  })

  it('asks after serials, watermarks and keys, with both answers', () => {
    const all = valid.flatMap(({ serials = [], watermarks = [], keys = [] }) => [
      ...serials.map(({ revocation }) => `serial ${revocation !== null}`),
      ...watermarks.map(({ watermark }) => `watermark ${watermark !== null}`),
      ...keys.map(({ revocation }) => `key ${revocation !== null}`),
    ])
    expect(new Set(all).size).toBe(6)
  })
})

describe.each(valid)('the revocation list with $name', (vector) => {
  const { body, signatures, envelope, sets, serials = [], watermarks = [], keys = [] } = vector

  it('is loaded, and known by the SHA-256 of its body', () => {
    const digest = createHash('sha256').update(hex(body)).digest()
    expect(loaded(vector).digest).toEqual(new Uint8Array(digest))
  })

  it('answers as it says', () => {
    const list = loaded(vector)
    for (const { facility, product, serial, revocation } of serials) {
      expect(list.findSerial(facility, product, serial) ?? null).toEqual(revocation)
    }
    for (const { publicKey, facility, product, watermark } of watermarks) {
      expect(list.ofKey(hex(publicKey)).watermark(facility, product) ?? null).toBe(watermark)
    }
    for (const { publicKey, facility, product, serial, revocation } of keys) {
      expect(list.ofKey(hex(publicKey)).revocation(facility, product, serial) ?? null).toEqual(revocation)
    }
  })

  it('has a signature of the trusted key that holds for Node', () => {
    const own = signatures!.find(({ publicKey }) => publicKey === vector.trust.revocationKey)
    expect(holds(body, own!)).toBe(true)
  })

  it('holds its body and its signatures, and spells its body canonically', () => {
    expect(envelope).toContain(body)
    for (const { publicKey, signature } of signatures!) {
      expect(envelope).toContain(`825820${publicKey}5840${signature}`)
    }
    expect(encodeCbor(decodeCbor(hex(body)))).toEqual(hex(body))
  })

  it("holds the sets that the specification's words read", () => {
    const entries = (decodeCbor(hex(body)) as CborMap).get('revoked') as (number | Uint8Array)[][]
    expect(entries.map((entry) => decodeBySpec(entry[4] as Uint8Array))).toEqual(sets)
  })
})

describe('a failing revocation list', () => {
  it.each(failing)('is $reason: $name', (vector) => {
    const { reason, detail } = vector
    const refused = load(vector)
    expect(refused).toMatchObject({ ok: false, reason })
    if (detail !== undefined) expect(refused).toHaveProperty('detail', detail)
  })

  it('is signed well where the signature is not what is wrong', () => {
    const refusedForBody = failing.filter(
      ({ reason, body }) => body !== undefined && !['wrong_key', 'wrong_type'].includes(reason),
    )
    const unsigned = refusedForBody.filter(
      ({ body, signatures, trust }) =>
        !signatures!.some((each) => each.publicKey === trust.revocationKey && holds(body!, each)),
    )
    expect(unsigned.map(({ name }) => name)).toEqual([])
    expect(refusedForBody.length).toBeGreaterThan(40)
  })

  it('has a set that the specification has refused too, where a set is what is wrong', () => {
    const wrong = failing.filter(({ detail }) => detail?.startsWith('serial_set_'))
    const runCounts = wrong.map(({ body }) =>
      ((decodeCbor(hex(body!)) as CborMap).get('revoked') as (number | Uint8Array)[][]).map(
        (entry) => decodeBySpec(entry[4] as Uint8Array)?.length,
      ),
    )
    expect(runCounts).toEqual([...Array(wrong.length - 1).fill([undefined]), [2 ** 22, 1]])
    expect(wrong.length).toBeGreaterThan(5)
  })
})
