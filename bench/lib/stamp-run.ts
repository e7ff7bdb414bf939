import { createPrivateKey } from 'node:crypto'
import { addSerials, draftRevocationList, signRevocationList, signTrustList } from '../../src/authority.ts'
import {
  createIssuer,
  type Engine,
  loadRevocationList,
  loadTrustList,
  seedSigner,
  type VerifierOptions,
} from '../../src/index.ts'
import { keyObjectSigner } from '../../src/node.ts'
import { splitCode } from '../../src/stamp/code.ts'

export interface BenchStamp {
  readonly text: string
  /** What was signed, and the signature. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** Whether the signature holds: one in eight is a forgery. */
  readonly good: boolean
  /** Whether the stamp is valid: one in sixteen has been revoked. */
  readonly valid: boolean
}

/** RFC 8410 §7: a seed as PKCS #8. */
export const keyObjectOf = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })

const authority = 'bench.example'
const now = new Date('2026-11-24')
const [issued, expires] = [new Date('2026-11-01'), new Date('2027-02-01')]
const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2030-01-01') }
const product = { facility: 12, product: 104 }

/** A run of stamps of one key from fixed seeds, one in eight forged, one in sixteen revoked, and the lists for it. */
export async function stampRun(count: number) {
  const [root, revoker] = [1, 3].map((seed) => seedSigner(new Uint8Array(32).fill(seed)))
  const signer = keyObjectSigner(keyObjectOf(new Uint8Array(32).fill(2)))
  const issuer = createIssuer({ keyId: 7, signer })
  const roots = { threshold: 1, keys: [root!.publicKey] }
  const issuers = [{ keyId: 7, publicKey: signer.publicKey, name: 'bench', scope: [product], ...validity }]
  const revocationKey = revoker!.publicKey
  const content = { authority, sequence: 1, issued, expires, roots, issuers, revocationKey }
  const trustList = await signTrustList(content, [root!])
  const stamps: BenchStamp[] = []
  const context = new TextEncoder().encode('veristamp:stamp1')
  for await (const code of issuer.issueMany({ ...product, first: 90_001, count })) {
    const { serial } = code.stamp
    const good = serial % 8 !== 0
    if (!good) code.bytes[code.bytes.length - 40]! ^= 1
    const { payload, signature } = splitCode(code.bytes)
    const message = Buffer.concat([context, payload])
    stamps.push({ text: code.toText(), message, signature, good, valid: good && serial % 16 !== 1 })
  }
  const draft = addSerials(draftRevocationList({ authority, issued, next: expires, expires }), {
    ...{ ...product, reason: 'lost', date: '2026-11-20' },
    serials: stamps.map((_, i) => 90_001 + i).filter((serial) => serial % 16 === 1),
  })
  const revocationList = await signRevocationList(draft, revoker!)

  /** The lists, loaded with an engine, and the engine: what a verifier is made with. */
  const listsFor = (engine: Engine): VerifierOptions => {
    const trust = loadTrustList(trustList, { authority, roots, engine })
    if (!trust.ok) throw new Error(trust.reason)
    const revocation = loadRevocationList(revocationList, { trustList: trust.trustList })
    if (!revocation.ok) throw new Error(revocation.reason)
    return { trustLists: [trust.trustList], revocationLists: [revocation.revocationList], engine }
  }
  return { now, publicKey: signer.publicKey, stamps, listsFor }
}
