import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { describeTrustList } from '../../src/trust/describe.ts'
import {
  bodyOf,
  documentOf,
  envelopeBytes,
  issuerOf,
  keyOf,
  keysOf,
  listOf,
  mustLoad,
  rootsOf,
} from '../support/trust-lists.ts'

const V1 = rootsOf(1, 2, 'a', 'b', 'c')
const V2 = rootsOf(2, 1, 'c', 'd')
const hexOf = (name: string): string => toHex(keyOf(name).publicKey)

function describeAs(bytes: Uint8Array, roots?: typeof V1) {
  const described = describeTrustList(bytes, roots && { roots })
  if (!described.ok) throw new Error(described.reason)
  return { ...described, list: described.lists[0]! }
}

describe('describeTrustList', () => {
  it('says what a list says, in plain JSON', () => {
    const bytes = listOf({ roots: V1, sequence: 12, prefixes: ['HTTPS://EXAMPLE.VN/'] }, 'a', 'b')
    const { list } = describeAs(bytes)
    expect(list).toMatchObject({
      authority: 'quang-ninh.example',
      sequence: 12,
      issued: '2026-01-01T00:00:00.000Z',
      expires: '2026-07-01T00:00:00.000Z',
      digest: toHex(mustLoad(bytes, { roots: V1 }).digest),
      issuers: [
        { keyId: 1, name: 'issuer', publicKey: hexOf('issuer'), notAfter: '2027-01-01T00:00:00.000Z' },
      ],
      revocationEpoch: 0,
      prefixes: ['HTTPS://EXAMPLE.VN/'],
      facilities: 0,
      products: 0,
    })
    const described = describeTrustList(bytes)
    expect(JSON.parse(JSON.stringify(described))).toEqual(described)
  })

  it('counts the catalogue, names the revocation key and the scanners', () => {
    const catalogue = {
      facilities: [{ id: 1, name: 'one' }],
      products: [
        { id: 2, facility: 1, name: 'two' },
        { id: 3, facility: 1, name: 'three' },
      ],
    }
    const revocationKey = keyOf('revoker').publicKey
    const scanners = [{ publicKey: keyOf('gate').publicKey, place: 'Hạ Long', position: '+20.95+107.07' }]
    const { list } = describeAs(listOf({ catalogue, revocationKey, revocationEpoch: 4, scanners }, 'root'))
    expect(list).toMatchObject({
      facilities: 1,
      products: 2,
      revocationKey: hexOf('revoker'),
      revocationEpoch: 4,
      scanners: [{ place: 'Hạ Long', publicKey: hexOf('gate'), position: '+20.95+107.07' }],
    })
  })

  it('tells who of the roots signed, and who has not yet', () => {
    const draft = describeAs(listOf({ roots: V1 })).list.roots
    expect(draft).toMatchObject({ version: 1, threshold: 2, signed: 0 })
    expect(draft.keys).toEqual(
      ['a', 'b', 'c'].map((name) => ({ publicKey: hexOf(name), signature: 'missing' })),
    )
    const half = describeAs(listOf({ roots: V1 }, 'b')).list.roots
    expect(half.signed).toBe(1)
    expect(half.keys.map(({ signature }) => signature)).toEqual(['missing', 'good', 'missing'])
  })

  it('tells a bad signature, an unsound key and a stranger', () => {
    const identity = Uint8Array.of(1, ...new Uint8Array(31))
    const roots = { version: 1, threshold: 1, keys: [keyOf('a').publicKey, identity] }
    const body = bodyOf({ roots })
    const strange = [keyOf('x').publicKey, new Uint8Array(64)] as const
    const pairs = [[keyOf('a').publicKey, new Uint8Array(64)] as const, strange]
    const sorted = pairs.sort(([a], [b]) => Buffer.compare(a, b))
    const { list } = describeAs(envelopeBytes('veristamp:trust1', body, sorted))
    expect(list.roots.signed).toBe(0)
    expect(list.roots.keys.map(({ signature }) => signature)).toEqual(['bad', 'unsound'])
    expect(list.otherSigners).toEqual([hexOf('x')])
    expect(list.fault).toMatchObject({ ok: false, reason: 'public_key' })
  })

  it('tells of a rotation how far both sets have signed, and whether it loads', () => {
    const rotation = (...names: string[]) => describeAs(listOf({ sequence: 2, roots: V2 }, ...names), V1)
    expect(rotation('c')).toMatchObject({
      list: { roots: { signed: 1, threshold: 1 }, givenRoots: { version: 1, signed: 1, threshold: 2 } },
      loads: { ok: false, reason: 'threshold' },
    })
    expect(rotation('a', 'b').loads).toMatchObject({ ok: false, reason: 'new_threshold' })
    const done = rotation('a', 'b', 'd')
    expect(done.loads).toEqual({ ok: true })
    expect(done.list.otherSigners).toEqual([])
    expect(done.list.givenRoots?.keys.map(({ signature }) => signature)).toEqual(['good', 'good', 'missing'])
  })

  it('describes every list of a chain', () => {
    const chain = concatBytes(
      listOf({ sequence: 1, roots: V1 }, 'a', 'b'),
      listOf({ sequence: 2, roots: V2 }, 'a', 'c'),
    )
    const described = describeAs(chain, V1)
    expect(described.lists.map(({ sequence }) => sequence)).toEqual([1, 2])
    expect(described.loads).toEqual({ ok: true })
  })

  it('says why no verifier will accept a list, whoever signs it', () => {
    expect(describeAs(listOf({}, 'root')).list.fault).toBeUndefined()
    const overlapping = listOf({ issuers: [issuerOf('one'), issuerOf('two')] }, 'root')
    expect(describeAs(overlapping).list.fault).toMatchObject({ reason: 'scope_overlap' })
  })

  it.each([
    ['nothing', new Uint8Array(), 'malformed'],
    ['text', new TextEncoder().encode('trust me'), 'malformed'],
    ['another document', documentOf(bodyOf(), keysOf('root'), { context: 'veristamp:revoc1' }), 'wrong_type'],
    ['a body that says nothing', envelopeBytes('veristamp:trust1', encodeCbor(new Map()), []), 'malformed'],
    ['a key that signs twice', documentOf(bodyOf(), keysOf('root', 'root')), 'duplicate_signature'],
  ])('returns the reason for %s', (_, bytes, reason) => {
    expect(describeTrustList(bytes)).toMatchObject({ ok: false, reason })
  })

  it('never throws, whatever the bytes', () => {
    const sound = concatBytes(listOf({ roots: V1 }, 'a', 'b'), listOf({ roots: V2, issuers: [] }, 'a', 'c'))
    const edit = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255) })
    const edited = fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => {
      const bytes = sound.slice()
      for (const { at, byte } of edits) bytes[at] = byte
      return bytes
    })
    const seen = { ok: 0, refused: 0 }
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), { arbitrary: edited, weight: 3 }), (bytes) => {
        const described = describeTrustList(bytes)
        seen[described.ok ? 'ok' : 'refused']++
      }),
      { numRuns: 100 },
    )
    expect(Math.min(seen.ok, seen.refused)).toBeGreaterThan(0)
  })

  it('is misused with something else than bytes, or with roots that can not be', () => {
    expect(() => describeTrustList('list' as never)).toThrow(TypeError)
    expect(() =>
      describeTrustList(listOf({}), { roots: { threshold: 2, keys: V1.keys.slice(1, 2) } }),
    ).toThrow(RangeError)
  })
})
