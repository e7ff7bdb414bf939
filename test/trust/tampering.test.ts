import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { bodyWith, forgeDocument } from '../support/bodies.ts'
import { AUTHORITY, content, root } from '../support/fixtures.ts'
import { runs, share } from '../support/laws.ts'
import { withBitFlipped } from '../support/tamper.ts'

const document = forgeDocument(bodyWith())
const load = (bytes: Uint8Array) => loadTrustList(bytes, { authority: AUTHORITY, roots: content.roots })

describe('a signed trust list', () => {
  it('is loaded as it was signed', () => {
    expect(load(document)).toMatchObject({ ok: true })
  })

  it('is never loaded with a bit flipped: one of every byte, and all of those around the body', () => {
    const start = Buffer.from(document).indexOf(Buffer.from('veristamp:trust1')) + 16 + 3
    const end = Buffer.from(document).indexOf(root.publicKey, start + 100)
    const bits = Array.from({ length: 8 * document.length }, (_, bit) => bit).filter((bit) => {
      const at = bit >> 3
      return at < start || at >= end || bit % 8 === at % 8
    })
    const loaded = share(bits, 5).filter((bit) => load(withBitFlipped(document, bit)).ok)
    expect(loaded).toEqual([])
  })

  it('is never loaded with any bits flipped', () => {
    const bits = fc.uniqueArray(fc.nat(8 * document.length - 1), { minLength: 1, maxLength: 4 })
    const law = fc.property(bits, (bits) => {
      const altered = bits.reduce(withBitFlipped, document)
      expect(load(altered).ok).toBe(false)
    })
    fc.assert(law, { numRuns: runs(200) })
  })

  it('is never loaded cut short', () => {
    for (let length = 0; length < document.length; length++)
      expect(load(document.subarray(0, length))).toMatchObject({ ok: false, reason: 'malformed' })
  })

  it('gets a reason and never an exception, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 })
    const noise = fc.property(bytes, (bytes) => {
      expect(load(bytes).ok).toBe(false)
    })
    fc.assert(noise)
    const spliced = fc.tuple(fc.nat(document.length), fc.nat(20), bytes)
    const law = fc.property(spliced, ([at, removed, inserted]) => {
      const altered = [...document.subarray(0, at), ...inserted, ...document.subarray(at + removed)]
      const same = Buffer.compare(Uint8Array.from(altered), document) === 0
      expect(load(Uint8Array.from(altered)).ok).toBe(same)
    })
    fc.assert(law)
  })

  it('gets a reason and never an exception, whatever its body, though the root signed it', () => {
    const body = encodeCbor(bodyWith())
    const reasons = new Set<string>()
    const law = fc.property(fc.nat(8 * body.length - 1), (bit) => {
      const loaded = load(forgeDocument(withBitFlipped(body, bit)))
      reasons.add(loaded.ok ? 'none' : loaded.reason)
    })
    fc.assert(law, { numRuns: runs(300) })
    expect([...reasons]).toContain('malformed')
  })
})
