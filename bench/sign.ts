import { createHash, sign } from 'node:crypto'
import { createRequire } from 'node:module'
import { createIssuer, type Issuer, type Signer, seedSigner } from '../src/index.ts'
import { keyObjectSigner, type SodiumNative, sodiumSigner } from '../src/node.ts'
import { interleave, type Timing } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'
import { keyObjectOf } from './lib/stamp-run.ts'

const COUNT = 512
const ROUNDS = 25
/** noble takes a millisecond a signature. */
const NOBLE_COUNT = 32
const SEED = new Uint8Array(32).fill(2)

type Contestant = () => void | Promise<void>

/** Codes of a row of stamps, beside the bare signatures of the same library with its key imported beforehand. */
export async function run(): Promise<Measurement[]> {
  const key = keyObjectOf(SEED)
  const digest = await digestOf(issuerWith(keyObjectSigner(key)), COUNT)
  const contestants: Record<string, Contestant> = {
    'issueMany, KeyObject': issuing(keyObjectSigner(key), digest),
    'node:crypto': bare((message) => sign(null, message, key)),
  }
  const pairs = [['issueMany, KeyObject', 'node:crypto']]
  const sodium = loadSodium()
  if (sodium !== undefined) {
    contestants['issueMany, sodium-native'] = issuing(sodiumSigner(sodium, SEED), digest)
    contestants['sodium-native'] = bare(sodiumSign(sodium))
    pairs.push(['issueMany, sodium-native', 'sodium-native'], ['issueMany, sodium-native', 'node:crypto'])
  }
  const timings = await interleave(contestants, { rounds: ROUNDS, items: COUNT })
  const seed = seedSigner(SEED)
  const few = await interleave(
    {
      'issueMany, noble': issuing(seed, await digestOf(issuerWith(seed), NOBLE_COUNT), NOBLE_COUNT),
      'node:crypto': bare((message) => sign(null, message, key), NOBLE_COUNT),
    },
    { rounds: 9, items: NOBLE_COUNT },
  )
  return [
    ...pairs.map(([subject, peer]) => rowOf(timings, subject!, peer!)),
    rowOf(few, 'issueMany, noble', 'node:crypto'),
  ]
}

const rowOf = (timings: Record<string, Timing>, subject: string, peer: string): Measurement => ({
  subject,
  peer,
  ratio: timings[peer]!.median / timings[subject]!.median,
  medianMicroseconds: timings[subject]!.median,
  spread: timings[subject]!.spread,
})

const issuerWith = (signer: Signer): Issuer =>
  createIssuer({ keyId: 7, signer, scope: [{ facility: 12, product: 104 }] })

async function digestOf(issuer: Issuer, count: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const { bytes } of issuer.issueMany({ facility: 12, product: 104, first: 90_001, count }))
    hash.update(bytes)
  return hash.digest('hex')
}

/** Signatures are deterministic: every signer must come to the same codes. */
function issuing(signer: Signer, digest: string, count = COUNT): Contestant {
  const issuer = issuerWith(signer)
  return async () => {
    if ((await digestOf(issuer, count)) !== digest) throw new Error('other codes')
  }
}

function bare(signOne: (message: Uint8Array) => Uint8Array, count = COUNT): Contestant {
  const messages = Array.from({ length: count }, (_, i) =>
    createHash('sha256').update(`stamp ${i}`).digest().subarray(0, 28),
  )
  return () => {
    for (const message of messages) if (signOne(message).length !== 64) throw new Error('no signature')
  }
}

function sodiumSign(sodium: SodiumNative): (message: Uint8Array) => Uint8Array {
  const [publicKey, secretKey] = [Buffer.alloc(32), sodium.sodium_malloc(64)]
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, Buffer.from(SEED))
  return (message) => {
    const signature = Buffer.alloc(64)
    sodium.crypto_sign_detached(signature, message as Buffer, secretKey)
    return signature
  }
}

/** No row where its binary doesn't load. */
function loadSodium(): SodiumNative | undefined {
  try {
    return createRequire(import.meta.url)('sodium-native')
  } catch {
    return undefined
  }
}
