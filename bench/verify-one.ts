import { createPublicKey, verify } from 'node:crypto'
import { nobleEngine } from '../src/ed25519/noble/engine.ts'
import { createVerifier, type Engine } from '../src/index.ts'
import { nativeEngine } from '../src/node.ts'
import { loadEngine } from '../src/wasm.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'
import { stampRun } from './lib/stamp-run.ts'
import { tokenPeers } from './lib/token-peers.ts'

const COUNT = 64
/** Until keys have tables. */
const WARM_UP = 20

/** One scanned text at a time, from text to verdict, beside node:crypto's bare verification and token libraries. */
export async function run(): Promise<Measurement[]> {
  const { now, publicKey, stamps, listsFor } = await stampRun(COUNT)
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  })
  const verifierOn = (engine: Engine) => {
    const verifier = createVerifier(listsFor(engine))
    return () => {
      for (const { text, valid } of stamps) {
        if ((verifier.verify(text, { now }).status === 'valid') !== valid) throw new Error('a wrong verdict')
      }
    }
  }
  const bare = () => {
    for (const { message, signature, good } of stamps) {
      if (verify(null, message, key, signature) !== good) throw new Error('a wrong answer')
    }
  }
  const engines = [nobleEngine, nativeEngine, await loadEngine()]
  const subjects = Object.fromEntries(engines.map((engine) => [engine.name, verifierOn(engine)]))
  for (let i = 0; i < WARM_UP; i++) subjects[engines[2]!.name]!()
  const peers = { 'node:crypto': bare, ...(await tokenPeers(COUNT)) }
  const timings = await interleave({ ...subjects, ...peers }, { rounds: 40, items: COUNT })
  return engines.flatMap(({ name }) =>
    Object.keys(peers).map((peer) => ({
      subject: `verifier.verify, ${name}`,
      peer,
      ratio: timings[peer]!.median / timings[name]!.median,
      medianMicroseconds: timings[name]!.median,
      spread: timings[name]!.spread,
    })),
  )
}
