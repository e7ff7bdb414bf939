import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { withSlice } from '../../src/verify/with-slice.ts'
import { hex } from '../support/bytes.ts'
import { sliceVectors } from './slices.generate.ts'

type Named = Record<string, { bytes: string }>
interface Vectors {
  authority: string
  roots: { version: number; threshold: number; keys: string[] }
  now: string
  trustLists: Named
  revocationLists: Named
  sliceFiles: Named
  valid: {
    name: string
    trustList?: string
    revocationList?: string
    slices: string[]
    missing: [number, number][]
  }[]
  failing: {
    name: string
    reason: string
    kind: 'trust' | 'revocation'
    envelope: string
    slices: string[]
  }[]
  stamps: {
    name: string
    text: string
    trustList: string
    revocationList: string
    slices: string[]
    status: string
    reason?: string
    keyId?: number
  }[]
}

const file = readFileSync(new URL('slices.json', import.meta.url), 'utf8')
const vectors: Vectors = JSON.parse(file)
const { trustLists, revocationLists, sliceFiles, valid, failing, stamps } = vectors
const pins = {
  authority: vectors.authority,
  roots: { ...vectors.roots, keys: vectors.roots.keys.map(hex) },
  engine: nativeEngine,
}

const loadTrust = (bytes: string) => {
  const loaded = loadTrustList(hex(bytes), pins)
  return loaded.ok ? { ok: true as const, list: loaded.trustList } : loaded
}
const own = loadTrust(trustLists.sliced!.bytes)
if (!own.ok) throw new Error(own.reason)
const loadRevocation = (bytes: string) => {
  const loaded = loadRevocationList(hex(bytes), { trustList: own.list })
  return loaded.ok ? { ok: true as const, list: loaded.revocationList } : loaded
}

/** The list after these slices, one by one. */
function load(kind: 'trust' | 'revocation', envelope: string, slices: readonly string[]) {
  let loaded: ReturnType<typeof withSlice<TrustList | RevocationList>> =
    kind === 'trust' ? loadTrust(envelope) : loadRevocation(envelope)
  for (const slice of slices) if (loaded.ok) loaded = withSlice(loaded.list, hex(slice))
  return loaded
}

const bytesOf = (names: readonly string[], of: 'trust' | 'revocation') =>
  names
    .filter((name) => name.endsWith('Revoked') === (of === 'revocation'))
    .map((name) => sliceFiles[name]!.bytes)

function list<List>(kind: 'trust' | 'revocation', name: string, slices: readonly string[]): List {
  const named = kind === 'trust' ? trustLists : revocationLists
  const loaded = load(kind, named[name]!.bytes, bytesOf(slices, kind))
  if (!loaded.ok) throw new Error(loaded.reason)
  return loaded.list as List
}

describe('the file of slices', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(sliceVectors())
  })
  it('has a name of its own for each', () => {
    const names = [...valid, ...failing, ...stamps].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

it.each(valid)('loads: $name', ({ trustList, revocationList, slices, missing }) => {
  const loaded = trustList
    ? list<TrustList>('trust', trustList, slices)
    : list<RevocationList>('revocation', revocationList!, slices)
  expect(loaded.missingSlices.map(([first, last]) => [first, last])).toEqual(missing)
})

describe('what is refused', () => {
  it.each(failing)('is $reason: $name', ({ reason, kind, envelope, slices }) => {
    const refused = load(kind, envelope, slices)
    expect(refused).toMatchObject({ ok: false, reason })
    if (slices.length === 0) return
    // Only the last of the slices is at fault, and all of them at once are refused for the same.
    expect(load(kind, envelope, slices.slice(0, -1)).ok).toBe(true)
    const body = load(kind, envelope, [])
    expect(body.ok && withSlice(body.list, slices.map(hex))).toMatchObject({ ok: false, reason })
  })
})

it.each(stamps)('a stamp: $name', ({ text, trustList, revocationList, slices, status, reason, keyId }) => {
  const verifier = createVerifier({
    trustLists: [list('trust', trustList, slices)],
    revocationLists: [list('revocation', revocationList, slices)],
  })
  const verdict = verifier.verify(text, { now: new Date(vectors.now) })
  expect({ ...verdict }).toMatchObject({ status, ...(reason && { reason }), ...(keyId && { keyId }) })
  expect('keyId' in verdict).toBe(keyId !== undefined)
})
