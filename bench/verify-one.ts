import { createPublicKey, verify } from 'node:crypto'
import { nobleEngine } from '../src/ed25519/noble.ts'
import { createVerifier, type Engine, loadTrustList } from '../src/index.ts'
import { nativeEngine } from '../src/node.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'
import { stampRun } from './lib/stamp-run.ts'

/** One scanned text at a time, from text to verdict, beside node:crypto's bare verification. */
export async function run(): Promise<Measurement[]> {
  const { trustList, roots, authority, now, publicKey, stamps } = await stampRun(32)
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  })
  const verifierOn = (engine: Engine) => {
    const loaded = loadTrustList(trustList, { authority, roots, engine })
    if (!loaded.ok) throw new Error(loaded.reason)
    const verifier = createVerifier({ trustLists: [loaded.trustList] })
    return () => {
      for (const { text, good } of stamps) {
        if ((verifier.verify(text, { now }).status === 'valid') !== good) throw new Error('a wrong verdict')
      }
    }
  }
  const bare = () => {
    for (const { message, signature, good } of stamps) {
      if (verify(null, message, key, signature) !== good) throw new Error('a wrong answer')
    }
  }
  const timings = await interleave(
    { noble: verifierOn(nobleEngine), native: verifierOn(nativeEngine), 'node:crypto': bare },
    { rounds: 40, items: stamps.length },
  )
  const peer = timings['node:crypto']!
  return ['noble', 'native'].map((engine) => ({
    subject: `verifier.verify, ${engine}`,
    peer: 'node:crypto',
    ratio: peer.median / timings[engine]!.median,
    medianMicroseconds: timings[engine]!.median,
    spread: timings[engine]!.spread,
  }))
}
