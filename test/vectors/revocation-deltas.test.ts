import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/document/store.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { applyDeltas } from '../../src/revocation/delta.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { rebuildBySpec } from '../revocation/delta-by-spec.ts'
import { hex } from '../support/bytes.ts'
import { revocationDeltaVectors } from './revocation-deltas.generate.ts'

interface Vector {
  name: string
  trust: { authority: string; revocationKey: string; revocationEpoch: number }
  seen?: { epoch: number; sequence: number; digest: string }
  base: string
  deltas: { body?: string; signatures?: { publicKey: string; signature: string }[]; envelope: string }[]
}
interface ValidVector extends Vector {
  documents: string[]
}

const file = readFileSync(new URL('revocation-deltas.json', import.meta.url), 'utf8')
const {
  valid,
  failing,
}: { valid: ValidVector[]; failing: (Vector & { reason: string; detail?: string })[] } = JSON.parse(file)

function apply({ trust, seen, base, deltas }: Vector) {
  const imported = nativeEngine.importKey(hex(trust.revocationKey))
  if (!imported.ok) throw new Error(imported.reason)
  const store = memoryStore()
  if (seen !== undefined) store.write(trust.authority, 'revocation', { ...seen, digest: hex(seen.digest) })
  return applyDeltas(
    hex(base),
    deltas.map(({ envelope }) => hex(envelope)),
    { trustList: { ...trust, revocationKey: imported.key }, store },
  )
}

/** The body of a list, cut out by where it stands: behind a context of 16 letters and two heads. */
function bodyOf(document: string): Buffer {
  const bytes = Buffer.from(document, 'hex')
  return bytes[18] === 0x58
    ? bytes.subarray(20, 20 + bytes[19]!)
    : bytes.subarray(21, 21 + bytes.readUInt16BE(19))
}

/** Whether Node finds that a signature which the delta carries is good for the list it leads to. */
function holds(
  document: string,
  { publicKey, signature }: { publicKey: string; signature: string },
): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') }
  const message = Buffer.concat([Buffer.from('veristamp:revoc1'), bodyOf(document)])
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), hex(signature))
}

describe('the file of deltas', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(revocationDeltaVectors())
  })

  it('has a name of its own for each', () => {
    const names = [...valid, ...failing].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('fails for every reason but a store that can not be read', () => {
    expect([...new Set(failing.map(({ reason }) => reason))].sort()).toEqual([
      'delta_base',
      'delta_gap',
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
})

describe.each(valid)('a delta: $name', (vector) => {
  const { base, deltas, documents } = vector
  const last = documents.at(-1) ?? base

  it('leads to the list that was signed, byte for byte', () => {
    const applied = apply(vector)
    if (!applied.ok) return expect.fail(`${applied.reason} ${applied.detail}`)
    expect(toHex(applied.document)).toBe(last)
    const digest = createHash('sha256').update(bodyOf(last)).digest()
    expect(applied.revocationList.digest).toEqual(new Uint8Array(digest))
  })

  it("leads there in the specification's words, a list at a time", () => {
    let document = hex(base)
    for (const [at, { envelope }] of deltas.entries()) {
      document = rebuildBySpec(document, hex(envelope))
      expect(toHex(document)).toBe(documents[at])
    }
    expect(deltas).toHaveLength(documents.length)
  })

  it('carries signatures of those lists that hold for Node', () => {
    for (const [at, { body, signatures, envelope }] of deltas.entries()) {
      expect(signatures!.map((each) => holds(documents[at]!, each))).toEqual(signatures!.map(() => true))
      expect(signatures!.map(({ publicKey }) => publicKey)).toContain(vector.trust.revocationKey)
      expect(envelope).toContain(body)
    }
  })
})

describe('the delta between the first list and the last', () => {
  it.each(valid.filter(({ deltas }) => deltas.length > 1))('leaps over those between: $name', (vector) => {
    const last = vector.documents.at(-1)!
    const applied = apply({
      ...vector,
      deltas: [{ envelope: toHex(makeDelta(hex(vector.base), hex(last))) }],
    })
    expect(applied.ok && toHex(applied.document)).toBe(last)
  })
})

describe('a failing delta', () => {
  it.each(failing)('is $reason: $name', (vector) => {
    const { reason, detail } = vector
    const refused = apply(vector)
    expect(refused).toMatchObject({ ok: false, reason })
    if (detail !== undefined) expect(refused).toHaveProperty('detail', detail)
  })

  it('rebuilds a list that no signature holds for, where it tells another than was signed', () => {
    const untrue = failing.filter(({ name }) => / (was|that was) signed$/.test(name))
    for (const { base, deltas } of untrue) {
      const document = toHex(rebuildBySpec(hex(base), hex(deltas[0]!.envelope)))
      expect(deltas[0]!.signatures!.map((each) => holds(document, each))).toEqual([false])
    }
    expect(untrue).toHaveLength(5)
  })
})
