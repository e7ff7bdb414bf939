import { createPublicKey, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { createVerifier, type Verifier, type VerifierOptions } from '../../src/index.ts'
import { createWorkerPool, type PooledVerifier } from '../../src/node.ts'
import { loadEngine } from '../../src/wasm.ts'
import { interleave, type Timing } from './interleave.ts'
import { type Measurement, summary } from './results.ts'
import { type BenchStamp, stampRun } from './stamp-run.ts'
import { tokenPeers } from './token-peers.ts'

/** A print run. Of a short stream a good part passes before a thread that was idle is up to speed. */
const COUNT = 90_000
const ROUNDS = 7
/** Peers take so long that they get fewer. */
const PEER_COUNT = 256

type Contestant = () => void | Promise<void>

/**
 * From text to verdict, a stream of stamps: on one core beside bare verification and tokens, on all beside one, in a
 * stream and counted; and what of it only the calling thread can do.
 */
export async function endToEnd(): Promise<Measurement[]> {
  const { now, publicKey, stamps, listsFor } = await stampRun(COUNT)
  const engine = await loadEngine()
  const lists = listsFor(engine)
  const workerFile = fileURLToPath(new URL('../../dist/node-worker.cjs', import.meta.url))
  const stream = streamOf(createVerifier(lists), stamps, now)
  const peers: Record<string, Contestant> = {
    'node:crypto': bare(stamps.slice(0, PEER_COUNT), publicKey),
    ...(await tokenPeers(PEER_COUNT)),
  }
  // Before there is a pool, whose threads still work a while after their last stamp.
  const alone = await interleave({ stream, ...peers }, { rounds: ROUNDS, items: 1 })
  const pool = createWorkerPool({ workerFile })
  const pooled = streamOf(pool.verifier(lists), stamps, now)
  const counted = countOf(pool.verifier(lists), stamps, now)
  for (let i = 0; i < 3; i++) await pooled()
  const beside = await interleave({ beside: stream, pooled, counted }, { rounds: ROUNDS, items: 1 })
  await pool.close()
  const serial = await serialParts(workerFile, lists, stamps, now)
  const timings = { ...alone, ...beside }
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
    row(`verifyMany, ${availableParallelism()} threads of a pool`, 'pooled', 'beside', one),
    row(`countMany, ${availableParallelism()} threads of a pool`, 'counted', 'beside', one),
    ...Object.entries(serial).map(([subject, { median, spread }]) => ({
      ...{ subject, peer: one, ratio: perStamp('stream') / median, medianMicroseconds: median, spread },
    })),
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

const countOf =
  ({ countMany }: PooledVerifier, stamps: readonly BenchStamp[], now: Date): Contestant =>
  async () => {
    const { valid, invalid } = await countMany(textsOf(stamps), { now })
    const expected = stamps.filter((stamp) => stamp.valid).length
    if (valid !== expected || invalid !== stamps.length - expected) throw new Error('a wrong count')
  }

/**
 * How long the calling thread is busy where a worker does all that it can: more threads make nothing faster than that.
 * The ratio is the most that any number of cores can come to.
 */
async function serialParts(
  workerFile: string,
  lists: VerifierOptions,
  stamps: readonly BenchStamp[],
  now: Date,
): Promise<Record<string, Timing>> {
  const pool = createWorkerPool({ workerFile, threads: 1 })
  const verifier = pool.verifier(lists)
  const parts: Record<string, Contestant> = {
    'verifyMany, what the calling thread of a pool does': streamOf(verifier, stamps, now),
    'countMany, what the calling thread of a pool does': countOf(verifier, stamps, now),
  }
  const busy = new Map(Object.keys(parts).map((name) => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, call] of Object.entries(parts)) {
      const before = performance.eventLoopUtilization()
      await call()
      const { active } = performance.eventLoopUtilization(before)
      if (round > 0) busy.get(name)!.push((active * 1000) / stamps.length)
    }
  await pool.close()
  return Object.fromEntries([...busy].map(([name, each]) => [name, summary(each)]))
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
