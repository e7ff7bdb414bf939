import { signTrustList } from '../src/authority.ts'
import { type Engine, loadTrustList, nobleEngine, seedSigner } from '../src/index.ts'
import { nativeEngine } from '../src/node.ts'
import { loadEngine } from '../src/wasm.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

const ISSUERS = 200
const ROUNDS = 9

/** Loading a trust list of many issuers: each key is checked once, by the engine. */
export async function run(): Promise<Measurement[]> {
  const root = seedSigner(new Uint8Array(32).fill(1))
  const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2030-01-01') }
  const issuers = Array.from({ length: ISSUERS }, (_, i) => ({
    keyId: i,
    publicKey: seedSigner(new Uint8Array(32).fill(i + 2)).publicKey,
    name: `Issuer ${i}`,
    scope: [{ facility: i, product: i }],
    ...validity,
  }))
  const [authority, roots] = ['bench.example', { threshold: 1, keys: [root.publicKey] }]
  const [issued, expires] = [new Date('2026-11-01'), new Date('2027-02-01')]
  const list = await signTrustList({ authority, sequence: 1, issued, expires, roots, issuers }, [root])
  const loading = (engine: Engine) => () => {
    const loaded = loadTrustList(list, { authority, roots, engine })
    if (!loaded.ok || loaded.trustList.issuers.length !== ISSUERS) throw new Error('not loaded')
  }
  const wasm = await loadEngine()
  const timings = await interleave(
    { noble: loading(nobleEngine), native: loading(nativeEngine), [wasm.name]: loading(wasm) },
    { rounds: ROUNDS, items: 1 },
  )
  return [wasm.name, 'native'].map((engine) => ({
    subject: `loadTrustList, ${engine}`,
    peer: 'noble',
    ratio: timings.noble!.median / timings[engine]!.median,
    medianMicroseconds: timings[engine]!.median,
    spread: timings[engine]!.spread,
    issuers: ISSUERS,
  }))
}
