import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import * as nobleLibrary from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import type { Engine, VerifyJob, VerifyKey } from '../src/ed25519/engine.ts'
import { seedSigner } from '../src/ed25519/noble/signer.ts'
import { loadBuild } from '../src/ed25519/wasm/wasm-engine.ts'
import { endToEnd } from './lib/end-to-end.ts'
import { interleave, type Timing } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

const COUNT = 1024
const ROUNDS = 20
/** noble takes a second for 1,024: it is timed by itself, beside the same subjects. */
const NOBLE_COUNT = 256
const NOBLE_ROUNDS = 9
const TABLE_MEMORY = 64 * 2 ** 20

interface Signed {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly good: boolean
}

type Contestant = () => void

/**
 * Bare verification of many signatures of stamp size, one in eight forged: the WebAssembly engine in batches, with
 * one key and with 23 in random order, one at a time, and without SIMD; beside the native and WebAssembly libraries.
 */
export async function run(): Promise<Measurement[]> {
  const engines = {
    simd: await loadBuild('simd', TABLE_MEMORY),
    scalar: await loadBuild('scalar', TABLE_MEMORY),
  }
  const [one, many] = [signedBy(1), signedBy(23)]
  const peers = {
    'node:crypto': withNode(one),
    'node:crypto, 23 keys': withNode(many),
    ...withSodiumNative(one),
    ...(await withLibsodium(one)),
  }
  const native = await compare(subjectsOf(engines, one, many), peers, ROUNDS, COUNT)
  const few = one.slice(0, NOBLE_COUNT)
  const noble = { '@noble/ed25519': withNoble(few) }
  const slow = await compare(subjectsOf(engines, few), noble, NOBLE_ROUNDS, NOBLE_COUNT)
  return [...native, ...slow, ...(await endToEnd())]
}

function subjectsOf(
  { simd, scalar }: Record<'simd' | 'scalar', Engine>,
  one: readonly Signed[],
  many?: readonly Signed[],
): Record<string, Contestant> {
  return {
    'wasm-simd, one key': inBatch(simd, one),
    ...(many && { 'wasm-simd, 23 keys': inBatch(simd, many) }),
    'wasm-simd, one at a time': oneAtATime(simd, one),
    'wasm scalar, one key': inBatch(scalar, one),
  }
}

async function compare(
  subjects: Record<string, Contestant>,
  peers: Record<string, Contestant>,
  rounds: number,
  items: number,
): Promise<Measurement[]> {
  // Until V8 has compiled the kernel for good and all keys have their tables, of 1,000 verifications each.
  for (let i = 0; i < 30; i++) for (const subject of Object.values(subjects)) subject()
  const timings = await interleave({ ...subjects, ...peers }, { rounds, items })
  return Object.keys(subjects).flatMap((subject) =>
    Object.keys(peers)
      .filter((peer) => peer.endsWith('23 keys') === subject.endsWith('23 keys'))
      .map((peer) => measurement(subject, peer, timings)),
  )
}

function measurement(subject: string, peer: string, timings: Record<string, Timing>): Measurement {
  const { median, spread } = timings[subject]!
  return {
    subject,
    peer: peer.replace(', 23 keys', ''),
    ratio: timings[peer]!.median / median,
    medianMicroseconds: median,
    spread,
  }
}

/** A number below `below` that is the same for the same label, on every run. */
const draw = (label: string, below: number): number =>
  createHash('sha256').update(label).digest().readUInt32BE() % below

/** Contexts and payloads are as long as those of a stamp with a catalogue's ids. */
function signedBy(keyCount: number): Signed[] {
  const signers = Array.from({ length: keyCount }, (_, i) => seedSigner(new Uint8Array(32).fill(i + 1)))
  return Array.from({ length: COUNT }, (_, i) => {
    const { publicKey, sign } = signers[draw(`key ${i}`, keyCount)]!
    const message = new Uint8Array(createHash('sha256').update(`stamp ${i}`).digest().subarray(0, 28))
    const signature = sign(message) as Uint8Array
    const good = draw(`forged ${i}`, 8) !== 0
    if (!good) signature[draw(`place ${i}`, 63)]! ^= 1
    return { publicKey, message, signature, good }
  })
}

function check(answer: boolean, { good }: Signed): void {
  if (answer !== good) throw new Error('a wrong answer')
}

function jobsOf(engine: Engine, all: readonly Signed[]): VerifyJob[] {
  const keys = new Map<Uint8Array, VerifyKey>()
  return all.map(({ publicKey, message, signature }) => {
    if (!keys.has(publicKey)) {
      const imported = engine.importKey(publicKey)
      if (!imported.ok) throw new Error(imported.reason)
      keys.set(publicKey, imported.key)
    }
    return { key: keys.get(publicKey)!, message, signature }
  })
}

function inBatch(engine: Engine, all: readonly Signed[]): Contestant {
  const jobs = jobsOf(engine, all)
  return () => engine.verifyMany!(jobs).forEach((answer, i) => void check(answer, all[i]!))
}

function oneAtATime(engine: Engine, all: readonly Signed[]): Contestant {
  const jobs = jobsOf(engine, all)
  return () =>
    jobs.forEach(({ key, message, signature }, i) => void check(key.verify(message, signature), all[i]!))
}

/** The key imported beforehand. */
function withNode(all: readonly Signed[]): Contestant {
  const keyObject = (publicKey: Uint8Array): KeyObject =>
    createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
      format: 'jwk',
    })
  const imported = new Map(all.map(({ publicKey }) => [publicKey, keyObject(publicKey)]))
  const keys = all.map(({ publicKey }) => imported.get(publicKey)!)
  return () =>
    all.forEach((signed, i) => {
      check(verify(null, signed.message, keys[i]!, signed.signature), signed)
    })
}

/** What both libsodiums have. */
interface Sodium<Bytes> {
  crypto_sign_verify_detached(signature: Bytes, message: Bytes, publicKey: Bytes): boolean
}

const require = createRequire(import.meta.url)

/** No row where its binary doesn't load. */
function withSodiumNative(all: readonly Signed[]): Record<string, Contestant> {
  let sodium: Sodium<Buffer>
  try {
    sodium = require('sodium-native')
  } catch {
    return {}
  }
  const buffers = all.map(({ publicKey, message, signature }) =>
    [signature, message, publicKey].map((bytes) => Buffer.from(bytes)),
  )
  const call = () =>
    all.forEach((signed, i) => {
      const [signature, message, publicKey] = buffers[i]! as [Buffer, Buffer, Buffer]
      check(sodium.crypto_sign_verify_detached(signature, message, publicKey), signed)
    })
  return { 'sodium-native': call }
}

async function withLibsodium(all: readonly Signed[]): Promise<Record<string, Contestant>> {
  const sodium = require('libsodium-wrappers') as Sodium<Uint8Array> & { readonly ready: Promise<void> }
  await sodium.ready
  const call = () => {
    for (const signed of all) {
      const { publicKey, message, signature } = signed
      check(sodium.crypto_sign_verify_detached(signature, message, publicKey), signed)
    }
  }
  return { 'libsodium-wrappers': call }
}

function withNoble(all: readonly Signed[]): Contestant {
  nobleLibrary.hashes.sha512 = sha512
  return () => {
    for (const signed of all)
      check(nobleLibrary.verify(signed.signature, signed.message, signed.publicKey), signed)
  }
}
