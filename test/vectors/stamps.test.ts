import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { decode } from 'cbor-x'
import { describe, expect, it } from 'vitest'
import { guardedVerifier } from '../../src/keeper/guarded.ts'
import { symbol } from '../../src/print/symbol.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { decodeText } from '../../src/stamp/carrier.ts'
import { decodePayload, splitCode } from '../../src/stamp/code.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import { createVerifier, type Verifier } from '../../src/verify/verifier.ts'
import { stampVectors } from './stamps.generate.ts'

type Stage =
  | 'name'
  | 'trustList'
  | 'publicKey'
  | 'payload'
  | 'message'
  | 'signature'
  | 'code'
  | 'base45'
  | 'digits'
  | 'url'

interface Vectors {
  now: string
  trustLists: Record<string, { authority: string; roots: PinnedRoots; bytes: string }>
  revocationLists: Record<string, { bytes: string }>
  refusedSetups: { name: string; trustLists: string[]; error?: string }[]
  valid: (Record<Stage, string> & { gs1?: string; stamp: StampJson; now?: string } & Lists)[]
  waiting: {
    name: string
    trustLists: string[]
    status: string
    reason?: keyof typeof REASONS
    detail?: string
    finding?: string
    now?: string
    text: string
  }[]
  failing: {
    name: string
    trustList: string
    revocationList?: string
    revocation?: object
    status: string
    reason: keyof typeof REASONS
    detail?: string
    finding?: string
    now?: string
    maxListAge?: number
    clockTolerance?: number
    text: string
    code?: string
  }[]
}
interface PinnedRoots {
  version: number
  threshold: number
  keys: string[]
}
interface StampJson {
  keyId: number
  facility: number
  product: number
  serial: number
  seal?: string
  extensions?: [number, number | string | { bytes: string }][]
}

const file = readFileSync(new URL('stamps.json', import.meta.url), 'utf8')
const { now, trustLists, revocationLists, refusedSetups, valid, waiting, failing }: Vectors = JSON.parse(file)
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

const loadedLists = new Map(
  Object.entries(trustLists).map(([name, { authority, roots, bytes }]) => {
    const pinned = { ...roots, keys: roots.keys.map(fromHex) }
    const loaded = loadTrustList(fromHex(bytes), { authority, roots: pinned })
    if (!loaded.ok) throw new Error(`${name}: ${loaded.reason}`)
    return [name, loaded.trustList]
  }),
)

interface Lists {
  readonly trustList: string
  readonly revocationList?: string
  readonly maxListAge?: number
  readonly clockTolerance?: number
}

function verifierOf({ trustList: name, revocationList, maxListAge, clockTolerance }: Lists): Verifier {
  const trustList = loadedLists.get(name)!
  const revocations = [revocationList ?? []].flat().map((each) => {
    const loaded = loadRevocationList(fromHex(revocationLists[each]!.bytes), { trustList })
    if (!loaded.ok) throw new Error(`${each}: ${loaded.reason}`)
    return loaded.revocationList
  })
  const age = {
    ...(maxListAge !== undefined && { maxListAge }),
    ...(clockTolerance !== undefined && { clockTolerance }),
  }
  return createVerifier({ trustLists: [trustList], revocationLists: revocations, ...age })
}
const scan = (lists: Lists & { readonly now?: string }, text: string) =>
  verifierOf(lists).verify(text, { now: new Date(lists.now ?? now) })

function fromJson({ keyId, seal, extensions, ...rest }: StampJson) {
  const entries = extensions?.map(([key, value]) => [
    key,
    typeof value === 'object' ? fromHex(value.bytes) : value,
  ]) as [number, number | string | Uint8Array][] | undefined
  const stamp = {
    ...rest,
    ...(seal && { seal: fromHex(seal) }),
    ...(entries && { extensions: new Map(entries) }),
  }
  return { keyId, stamp }
}

describe('the file of stamps', () => {
  it('is what the generator makes', async () => {
    expect(file).toBe(await stampVectors())
  })

  it("begins with SPEC.md's example", () => {
    expect(valid[0]!.stamp).toEqual({ keyId: 7, facility: 12, product: 104, serial: 90_001 })
    expect(valid[0]!.payload).toBe('84070c18681a00015f91')
  })

  it('fits the example into small symbols', () => {
    const { base45, digits, url } = valid[0]!
    expect([base45, digits, url].map((text) => symbol(text).version)).toEqual([5, 5, 6])
    expect(symbol(base45, { level: 'L' }).version).toBe(4)
  })

  it('has a name of its own for each', () => {
    const names = [...valid, ...waiting, ...failing].map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('fails for every reason', () => {
    const reasons = new Set([...waiting, ...failing].map(({ reason }) => String(reason)))
    reasons.add('slice_missing') // slices.json has it
    expect(Object.keys(REASONS).filter((reason) => !reasons.has(reason))).toEqual([])
  })
})

describe.each(valid)('the stamp “$name”', (vector) => {
  const { keyId, stamp } = fromJson(vector.stamp)
  const { facility, product, serial } = stamp

  it('has a payload that cbor-x reads as its numbers', () => {
    // From 2^32 up cbor-x gives a bigint.
    const numbers = (decode(fromHex(vector.payload)) as unknown[]).slice(0, 4).map(Number)
    expect(numbers).toEqual([keyId, facility, product, serial])
  })

  it('has a payload that reads as the stamp', () => {
    expect(decodePayload(fromHex(vector.payload))).toEqual({ keyId, stamp, unsupportedClaims: [] })
  })

  it('has a message of context and payload, and a signature that holds for Node', () => {
    expect(vector.message).toBe(Buffer.from('veristamp:stamp1').toString('hex') + vector.payload)
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(vector.publicKey, 'hex').toString('base64url') }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verify(null, fromHex(vector.message), key, fromHex(vector.signature))).toBe(true)
  })

  it('has a code of payload and signature, which the texts carry', () => {
    expect(vector.code).toBe(vector.payload + vector.signature)
    expect(vector.digits).toBe(BigInt(`0x${vector.code}`).toString())
    expect(vector.url).toBe(`HTTPS://TEM.QUANGNINH.VN/${vector.digits}`)
    const code = fromHex(vector.code)
    expect(decodeText(vector.base45)).toEqual({ carrier: 'base45', code })
    expect(splitCode(code)).toEqual({
      payload: fromHex(vector.payload),
      signature: fromHex(vector.signature),
    })
  })

  it.each(['base45', 'digits', 'url'] as const)('is valid as %s', (carrier) => {
    const verdict = scan(vector, vector[carrier])
    expect(verdict).toMatchObject({ status: 'valid', carrier, issuer: { keyId } })
    expect(verdict).toHaveProperty('stamp', stamp)
  })

  it.skipIf(vector.gs1 === undefined)('is valid as a link of GS1, with the same code', () => {
    expect(decodeText(vector.gs1!)).toEqual({
      carrier: 'gs1',
      prefix: 'HTTPS://TEM.QUANGNINH.VN/',
      code: fromHex(vector.code),
    })
    const verdict = scan(vector, vector.gs1!)
    expect(verdict).toMatchObject({ status: 'valid', carrier: 'gs1', issuer: { keyId } })
    expect(verdict).toHaveProperty('stamp', stamp)
  })
})

describe('a verifier', () => {
  it.each(refusedSetups)('is not made of $name', ({ trustLists, error }) => {
    const lists = trustLists.map((name) => loadedLists.get(name)!)
    expect(() => createVerifier({ trustLists: lists })).toThrow(
      expect.objectContaining({ code: error ?? expect.stringMatching(/^argument_/) }),
    )
  })
})

describe('a verifier that waits for one more list', () => {
  it.each(waiting)(
    'answers $status $reason: $name',
    ({ text, trustLists: names, name: _, now: at, ...expected }) => {
      const lists = names.map((name) => loadedLists.get(name)!)
      const verdict = guardedVerifier({ trustLists: lists }, names.length + 1).verify(text, {
        now: new Date(at ?? now),
      })
      const { status, reason, detail, finding } = verdict as object as Partial<Record<string, unknown>>
      expect({ status, reason, detail, finding }).toEqual({
        ...{ reason: undefined, detail: undefined, finding: undefined },
        ...expected,
      })
    },
  )
})

describe('a failing scan', () => {
  it.each(failing)(
    'is $reason $detail: $name',
    ({ text, status, reason, detail, finding, revocation, ...lists }) => {
      const verdict = scan(lists, text)
      expect(verdict).toMatchObject({ status, reason })
      expect('detail' in verdict ? verdict.detail : undefined).toBe(detail)
      expect('finding' in verdict ? verdict.finding : undefined).toBe(finding)
      expect('revocation' in verdict ? verdict.revocation : undefined).toEqual(revocation)
    },
  )

  it('carries the code that is given', () => {
    const carried = failing.filter(({ code }) => code !== undefined)
    const codes = carried.map(({ text }) => Buffer.from(decodeText(text).code).toString('hex'))
    expect(codes).toEqual(carried.map(({ code }) => code))
  })
})
