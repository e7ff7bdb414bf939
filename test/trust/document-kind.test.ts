import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { documentKind } from '../../src/trust/document-kind.ts'

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'))
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const ascii = (text: string) => new TextEncoder().encode(text)

const trust = fromHex(vectors('trust-lists').valid[0].envelope)
const revocation = fromHex(vectors('revocation-lists').valid[0].envelope)

describe('the kind of a file', () => {
  it('is told for every valid document of the vectors', () => {
    const kinds = (name: string, field: string, at = 'valid') =>
      new Set(vectors(name)[at].map((each: Record<string, string>) => documentKind(fromHex(each[field]!))))
    expect(kinds('trust-lists', 'envelope')).toEqual(new Set(['trust_list']))
    expect(kinds('revocation-lists', 'envelope')).toEqual(new Set(['revocation_list']))
    expect(kinds('run-manifests', 'manifest')).toEqual(new Set(['manifest']))
    expect(kinds('scan-logs', 'file')).toEqual(new Set(['scan_log']))
    const deltas = vectors('revocation-deltas').valid.flatMap(
      ({ deltas }: { deltas: { envelope: string }[] }) => deltas,
    )
    expect(
      new Set(deltas.map(({ envelope }: { envelope: string }) => documentKind(fromHex(envelope)))),
    ).toEqual(new Set(['delta']))
    const chains = vectors('trust-chains').vectors.filter(
      ({ expected }: { expected: unknown }) => Object(expected).sequence !== undefined,
    )
    const told = new Set(chains.map(({ file }: { file: string }) => documentKind(fromHex(file))))
    expect(told).toEqual(new Set(['trust_list', 'trust_list_chain']))
    for (const { text } of vectors('pins').valid) expect(documentKind(ascii(text))).toBe('pins')
  })

  it('is told of slices and of their patches by their form, and of no other map', () => {
    const { tea, teaRevoked } = vectors('slices').sliceFiles
    expect(documentKind(fromHex(tea.bytes))).toBe('trust_list_slice')
    expect(documentKind(fromHex(teaRevoked.bytes))).toBe('revocation_list_slice')
    for (const { file } of vectors('slice-patches').valid)
      expect(documentKind(fromHex(file))).toBe('slice_patches')
    for (const other of ['', 'a0', 'a167', 'a16770617463686572', 'a166706174636865', '816770617463686573'])
      expect(documentKind(fromHex(other))).toBeUndefined()
  })

  it('tells drafts, which have an empty array of signatures', () => {
    for (const [signed, kind] of [
      [trust, 'trust_list'],
      [revocation, 'revocation_list'],
    ] as const) {
      const pairs = signed.length - 101
      expect(signed[pairs - 1]).toBe(0x81)
      const draft = concatBytes(signed.subarray(0, pairs - 1), Uint8Array.of(0x80))
      expect(documentKind(signed)).toBe(kind)
      expect(documentKind(draft)).toBe(`${kind}_draft`)
    }
  })

  it('is told of a list cut short, so that whoever loads it hears what is wrong', () => {
    for (let at = 18; at < trust.length; at += 7)
      expect(documentKind(trust.subarray(0, at))).toBe('trust_list')
    expect(documentKind(trust.subarray(0, 17))).toBeUndefined()
  })

  it('is told of a key, with and without a passphrase', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const open = privateKey.export({ format: 'pem', type: 'pkcs8' })
    const sealed = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes256', passphrase: 'tem' })
    expect([open, sealed].map((pem) => documentKind(ascii(String(pem))))).toEqual([
      'private_key',
      'private_key',
    ])
    expect(documentKind(ascii(String(publicKey.export({ format: 'pem', type: 'spki' }))))).toBeUndefined()
  })

  it('is none of anything else', () => {
    for (const text of [
      '',
      '{}',
      'null',
      '[]',
      '{"kind":"veristamp-backup"}',
      '{"kind":"toString"}',
      '-----BEGIN CERTIFICATE-----',
      '{"kind":"veristamp-pins"',
    ])
      expect(documentKind(ascii(text))).toBeUndefined()
    expect(documentKind(ascii('\x83p__proto__:seal!'))).toBeUndefined()
    expect(() => documentKind('list' as never)).toThrow('expected a Uint8Array')
  })

  it('is told of hostile bytes in a moment', () => {
    const heads = fc.constantFrom(trust.subarray(0, 18), revocation.subarray(0, 18), new Uint8Array(0))
    fc.assert(
      fc.property(heads, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        expect(() => documentKind(concatBytes(head, rest))).not.toThrow()
      }),
      { numRuns: 1000 },
    )
    const large = new Uint8Array(2 ** 28).fill(0x7b)
    const before = performance.now()
    expect(documentKind(large)).toBeUndefined()
    large.set(trust)
    expect(documentKind(large)).toBe('trust_list')
    expect(performance.now() - before).toBeLessThan(200)
  })
})
