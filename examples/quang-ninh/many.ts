import { generateKeyPairSync } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createIssuer, createVerifier, loadRevocationList, loadTrustList, seedSigner } from 'veristamp'
import { addSerials, draftRevocationList, signRevocationList, signTrustList } from 'veristamp/authority'
import { createWorkerPool, keyObjectSigner } from 'veristamp/node'
import { loadEngine } from 'veristamp/wasm'

/**
 * A year's stamps: 135,000 are signed into a file, and verified out of it, with scope and revocation, on one core and
 * on all. Every 500th is forged, and a roll of 1,000 was revoked.
 */

const COUNT = 135_000
const now = new Date('2026-11-24T08:00:00Z')
const [issued, expires] = [new Date('2026-11-01T00:00:00Z'), new Date('2027-02-01T00:00:00Z')]
const authority = 'quang-ninh.example'

const [root, revoker] = [1, 2].map((seed) => seedSigner(new Uint8Array(32).fill(seed)))
const tea = keyObjectSigner(generateKeyPairSync('ed25519').privateKey)
const scope = [{ facility: 12, product: 104, first: 1, last: COUNT }]
const roots = { threshold: 1, keys: [root!.publicKey] }

const folder = await mkdtemp(join(tmpdir(), 'veristamp-'))
const file = join(folder, 'stamps.txt')
try {
  await timed(`signed ${COUNT.toLocaleString('en')} stamps into a file, one core`, sign)
  const lists = await publish()
  const engine = await loadEngine()
  await timed(`verified them, ${engine.name}, one core`, () => verify(createVerifier({ ...lists, engine })))
  const pool = createWorkerPool()
  await timed(`verified them, all ${availableParallelism()} cores`, () => verify(pool.verifier(lists)))
  await pool.close()
} finally {
  await rm(folder, { recursive: true })
}

async function sign(): Promise<void> {
  const issuer = createIssuer({ keyId: 7, signer: tea, scope })
  async function* lines() {
    for await (const code of issuer.issueMany({ facility: 12, product: 104, first: 1, count: COUNT })) {
      if (code.stamp.serial % 500 === 0) code.bytes[code.bytes.length - 40]! ^= 1
      yield `${code.toText()}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

async function publish() {
  const validity = { notBefore: issued, notAfter: expires }
  const issuers = [{ keyId: 7, publicKey: tea.publicKey, name: 'Tea', scope, ...validity }]
  const revocationKey = revoker!.publicKey
  const content = { authority, sequence: 1, issued, expires, roots, issuers, revocationKey }
  const trust = loadTrustList(await signTrustList(content, [root!]), { authority, roots })
  if (!trust.ok) throw new Error(trust.reason)
  const draft = addSerials(draftRevocationList({ authority, issued, next: expires, expires }), {
    ...{ facility: 12, product: 104, reason: 'lost', date: '2026-11-20' },
    serials: [{ first: 50_001, last: 51_000 }],
  })
  const revocation = loadRevocationList(await signRevocationList(draft, revoker!), {
    trustList: trust.trustList,
  })
  if (!revocation.ok) throw new Error(revocation.reason)
  return { trustLists: [trust.trustList], revocationLists: [revocation.revocationList] }
}

/** Counts the verdicts of the file's lines, and checks that they are as many as were made. */
async function verify({ verifyMany }: Pick<ReturnType<typeof createVerifier>, 'verifyMany'>): Promise<void> {
  const counts: Record<string, number> = {}
  const lines = (await open(file)).readLines()
  for await (const verdict of verifyMany(lines, { now })) {
    const name = verdict.status === 'valid' ? 'valid' : verdict.reason
    counts[name] = (counts[name] ?? 0) + 1
  }
  const expected = { valid: COUNT - 1000 - 268, revoked: 998, bad_signature: 270 }
  if (JSON.stringify(counts, Object.keys(expected)) !== JSON.stringify(expected))
    throw new Error(JSON.stringify(counts))
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${what}: ${seconds.toFixed(2)} s, ${Math.round(COUNT / seconds).toLocaleString('en')} a second`,
  )
}
