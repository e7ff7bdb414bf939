import { createPublicKey, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createVerifier, type Verifier } from '../../src/index.ts'
import { createWorkerPool } from '../../src/node.ts'
import { loadEngine } from '../../src/wasm.ts'
import { interleave } from './interleave.ts'
import type { Measurement } from './results.ts'
import { type BenchStamp, stampRun } from './stamp-run.ts'
import { tokenPeers } from './token-peers.ts'

/** A print run. Of a short stream a good part passes before a thread that was idle is up to speed. */
const COUNT = 90_000
const ROUNDS = 7
/** Peers take so long that they get fewer. */
const PEER_COUNT = 256

type Contestant = () => void | Promise<void>

/** From text to verdict, a stream of stamps: on one core beside bare verification and tokens, on all beside one. */
export async function endToEnd(): Promise<Measurement[]> {
  const { now, publicKey, stamps, listsFor } = await stampRun(COUNT)
  const engine = await loadEngine()
  const lists = listsFor(engine)
  const pool = createWorkerPool({
    workerFile: fileURLToPath(new URL('../../dist/node-worker.cjs', import.meta.url)),
  })
  const stream = streamOf(createVerifier(lists), stamps, now)
  const pooled = streamOf(pool.verifier(lists), stamps, now)
  const peers: Record<string, Contestant> = {
    'node:crypto': bare(stamps.slice(0, PEER_COUNT), publicKey),
    ...(await tokenPeers(PEER_COUNT)),
  }
  for (let i = 0; i < 3; i++) await pooled()
  const timings = await interleave({ stream, pooled, ...peers }, { rounds: ROUNDS, items: 1 })
  await pool.close()
  const perStamp = (name: string) => timings[name]!.median / (name in peers ? PEER_COUNT : COUNT)
  const row = (subject: string, name: string, peer: string, peerName = peer): Measurement => ({
    subject,
    peer: peerName,
    ratio: perStamp(peer) / perStamp(name),
    medianMicroseconds: perStamp(name),
    spread: timings[name]!.spread,
  })
  const one = `verifyMany, ${engine.name}, one core`
  return [
    ...Object.keys(peers).map((peer) => row(one, 'stream', peer)),
    row(`verifyMany, ${availableParallelism()} threads of a pool`, 'pooled', 'stream', one),
  ]
}

const streamOf =
  ({ verifyMany }: Pick<Verifier, 'verifyMany'>, stamps: readonly BenchStamp[], now: Date): Contestant =>
  async () => {
    let i = 0
    for await (const { status } of verifyMany(textsOf(stamps), { now })) {
      if ((status === 'valid') !== stamps[i++]!.valid) throw new Error('a wrong verdict')
    }
    if (i !== stamps.length) throw new Error('too few verdicts')
  }

function* textsOf(stamps: readonly BenchStamp[]): Generator<string> {
  for (const { text } of stamps) yield text
}

function bare(stamps: readonly BenchStamp[], publicKey: Uint8Array): Contestant {
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return () => {
    for (const { message, signature, good } of stamps) {
      if (verify(null, message, key, signature) !== good) throw new Error('a wrong answer')
    }
  }
}
