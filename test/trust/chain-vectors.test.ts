import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { memoryStore } from '../../src/document/store.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { type ChainVector, chainVectorsText } from './chain-vectors.ts'

const text = readFileSync(new URL('../vectors/trust-chains.json', import.meta.url), 'utf8')
const file = JSON.parse(text) as {
  readonly rotations: readonly { readonly body: string; readonly document: string }[]
  readonly vectors: readonly ChainVector[]
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

const loadVector = ({ authority, roots, seen, file }: ChainVector) => {
  const store = memoryStore()
  if (seen) {
    const keys = seen.roots?.keys.map(hex)
    store.write(authority, 'trust', {
      epoch: seen.epoch,
      sequence: seen.sequence,
      digest: hex(seen.digest),
      ...(seen.roots && keys && { roots: { threshold: seen.roots.threshold, keys } }),
    })
  }
  const pinned = { ...roots, keys: roots.keys.map(hex) }
  return loadTrustList(hex(file), { authority, roots: pinned, engine: nobleEngine, store })
}

describe('the vectors of trust chains', () => {
  it('are those that their program makes', () => {
    expect(chainVectorsText()).toBe(text)
  })

  it('hold the parts of the documents of the chain', () => {
    for (const { body, document } of file.rotations) {
      expect(toHex(decodeEnvelope(hex(document)).body)).toBe(body)
    }
    expect(file.vectors[0]!.file).toBe(file.rotations.map(({ document }) => document).join(''))
  })

  it.each(file.vectors)('$name', (vector) => {
    const loaded = loadVector(vector)
    const outcome = loaded.ok
      ? {
          sequence: loaded.trustList.sequence,
          rootVersion: loaded.trustList.roots.version,
          digest: toHex(loaded.trustList.digest),
        }
      : { reason: loaded.reason }
    expect(outcome).toEqual(vector.expected)
  })
})
