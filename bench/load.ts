import { signTrustList } from '../src/authority.ts'
import { type Engine, loadTrustList, nobleEngine, seedSigner } from '../src/index.ts'
import { nativeEngine } from '../src/node.ts'
import { loadEngine } from '../src/wasm.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

const ISSUERS = 200
const ROUNDS = 9

/**
 * Loading a trust list of many issuers: the engine checks each key. Every call has a list of other keys, as the native engine
 * remembers those that it checked.
 */
export async function run(): Promise<Measurement[]> {
  const root = seedSigner(new Uint8Array(32).fill(1))
  const [authority, roots] = ['bench.example', { threshold: 1, keys: [root.publicKey] }]
  const [issued, expires] = [new Date('2026-11-01'), new Date('2027-02-01')]
  const content = { authority, sequence: 1, issued, expires, roots }
  const lists: Uint8Array[] = []
  for (let round = 0; round <= ROUNDS; round++)
    lists.push(await signTrustList({ ...content, issuers: issuersOf(round) }, [root]))
  const loading = (engine: Engine) => {
    const left = [...lists]
    return () => {
      const loaded = loadTrustList(left.pop()!, { authority, roots, engine })
      if (!loaded.ok || loaded.trustList.issuers.length !== ISSUERS) throw new Error('not loaded')
    }
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

const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2030-01-01') }

/** Other keys for each round. */
const issuersOf = (round: number) =>
  Array.from({ length: ISSUERS }, (_, i) => ({
    keyId: i,
    publicKey: seedSigner(new Uint8Array(32).fill(i + 1).fill(round + 1, 16)).publicKey,
    name: `Issuer ${i}`,
    scope: [{ facility: i, product: i }],
    ...validity,
  }))
