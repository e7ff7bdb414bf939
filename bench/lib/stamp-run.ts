import { createIssuer, seedSigner, signTrustList } from '../../src/index.ts'
import { splitCode } from '../../src/stamp/code.ts'

export interface BenchStamp {
  readonly text: string
  /** What was signed, and the signature. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** Every eighth is a forgery. */
  readonly good: boolean
}

/** A run of stamps of one key from fixed seeds, one in eight forged, and the list that trusts it. */
export async function stampRun(count: number) {
  const root = seedSigner(new Uint8Array(32).fill(1))
  const signer = seedSigner(new Uint8Array(32).fill(2))
  const issuer = createIssuer({ keyId: 7, signer })
  const roots = { threshold: 1, keys: [root.publicKey] }
  const authority = 'bench.example'
  const [issued, expires] = [new Date('2026-11-01'), new Date('2027-02-01')]
  const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2030-01-01') }
  const issuers = [
    {
      keyId: 7,
      publicKey: signer.publicKey,
      name: 'bench',
      scope: [{ facility: 12, product: 104 }],
      ...validity,
    },
  ]
  const trustList = await signTrustList({ authority, sequence: 1, issued, expires, roots, issuers }, [root])
  const stamps: BenchStamp[] = []
  const context = new TextEncoder().encode('veristamp:stamp1')
  for (let serial = 90_001; serial <= 90_000 + count; serial++) {
    const code = await issuer.issue({ facility: 12, product: 104, serial })
    const good = serial % 8 !== 0
    if (!good) code.bytes[code.bytes.length - 40]! ^= 1
    const { payload, signature } = splitCode(code.bytes)
    stamps.push({ text: code.toText(), message: Buffer.concat([context, payload]), signature, good })
  }
  return { trustList, roots, authority, now: new Date('2026-11-24'), publicKey: signer.publicKey, stamps }
}
