import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodePins, encodePins, fingerprintOf } from '../../src/trust/pins.ts'
import { pinsVectors } from './pins.generate.ts'

interface Vectors {
  readonly valid: readonly {
    readonly name: string
    readonly text: string
    readonly pins: { readonly roots: { readonly keys: readonly string[] } }
    readonly fingerprint: string
    readonly written: string
  }[]
  readonly failing: readonly { readonly name: string; readonly text: string; readonly reason: string }[]
}

const file = readFileSync(new URL('pins.json', import.meta.url), 'utf8')
const { valid, failing }: Vectors = JSON.parse(file)
const spec = readFileSync(new URL('../../docs/spec/pins.md', import.meta.url), 'utf8')

describe('the file of pins', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(pinsVectors())
  })

  it("begins with the specification's example", () => {
    expect(spec).toContain(valid[0]!.text)
  })

  it('has every reason that the specification names, and no other', () => {
    const reasons = new Set(failing.map(({ reason }) => reason))
    expect(reasons.size).toBe(6)
    for (const reason of reasons) expect(spec).toContain(`\`${reason}\``)
  })
})

describe('pins', () => {
  it.each(valid)('are read: $name', ({ text, pins, fingerprint, written }) => {
    const decoded = decodePins(text)
    if (!decoded.ok) throw new Error(decoded.reason)
    const keys = pins.roots.keys.map((key) => new Uint8Array(Buffer.from(key, 'hex')))
    expect(decoded.pins).toEqual({ ...pins, roots: { ...pins.roots, keys } })
    expect(fingerprintOf(decoded.pins)).toBe(fingerprint)
    expect(encodePins(decoded.pins)).toBe(written)
  })

  it.each(failing)('are refused: $name', ({ text, reason }) => {
    expect(decodePins(text)).toMatchObject({ ok: false, reason })
  })
})
