import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { createWorkerPool } from '../../../src/node/pool/worker-pool.ts'
import { encodeText, encodeUrl } from '../../../src/stamp/carrier.ts'
import { encodeLink } from '../../../src/stamp/gs1-link.ts'
import type { Stamp } from '../../../src/stamp/stamp.ts'
import { createVerifier } from '../../../src/verify/verifier.ts'
import { loadEngine } from '../../../src/wasm.ts'
import { content, issue, kiln, NOW, PREFIX, press, stamp, trustListWith } from '../../support/fixtures.ts'
import { areWhole, runs } from '../../support/laws.ts'
import { mutants, type Original } from '../../support/mutants.ts'

/** `MUTANTS=10000000` tries ten million: a quarter of an hour. */
const COUNT = Number(process.env.MUTANTS ?? runs(areWhole ? 200_000 : 40_000))
const SEED = Number(process.env.MUTANTS_SEED ?? Math.floor(Math.random() * 2 ** 31))

const workerFile = fileURLToPath(new URL('../../../dist/node-worker.cjs', import.meta.url))
const pool = createWorkerPool({ threads: 2, workerFile })
afterAll(() => pool.close())

const SPELLINGS: Original['spell'] = [
  (code) => encodeText(code, 'base45'),
  (code) => encodeText(code, 'digits'),
  (code) => encodeUrl(code, PREFIX),
]

async function originalOf(given: Stamp, signer = press): Promise<Original> {
  const { bytes: code } = await issue(given, signer)
  const hasLink = given.product > 65_535
  const spell = hasLink ? [...SPELLINGS, (code: Uint8Array) => encodeLink(code, PREFIX)] : SPELLINGS
  return { code, texts: spell.map((each) => each(code)), spell }
}

const GTIN = 8_930_000_000_019
const { facilities, products } = content.catalogue!
const catalogue = { facilities, products: [...products, { id: GTIN, facility: 13, name: 'Ấm trà' }] }
const trustLists = [await trustListWith({ catalogue })]

const ORIGINALS = await Promise.all([
  originalOf(stamp),
  originalOf({ ...stamp, serial: 7, lot: 'T3', expires: '2027-03-01' }),
  originalOf({ ...stamp, serial: 8, seal: new Uint8Array(10).fill(5) }),
  originalOf({ facility: 13, product: GTIN, serial: 1, lot: 'A/1' }, kiln),
])

it(`of ${COUNT} changed stamps none is valid, none throws, and a pool answers as one thread does`, {
  timeout: 86_400_000,
}, async () => {
  const one = createVerifier({ trustLists, engine: await loadEngine() })
  const over = pool.verifier({ trustLists })
  for (const text of ORIGINALS.flatMap(({ texts }) => texts))
    expect(one.verify(text, { now: NOW }), text).toMatchObject({ status: 'valid' })
  const texts = mutants(ORIGINALS, COUNT, SEED)
  const alone = one.verifyMany(mutants(ORIGINALS, COUNT, SEED), { now: NOW })[Symbol.asyncIterator]()
  const reasons = new Map<string, number>()
  let tried = 0
  for await (const verdict of over.verifyMany(texts, { now: NOW })) {
    const { value } = await alone.next()
    if (verdict.status === 'valid' || JSON.stringify(verdict) !== JSON.stringify(value))
      expect.fail(`text ${tried} of seed ${SEED}: ${JSON.stringify([verdict, value])}`)
    reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1)
    tried++
  }
  expect([tried, await alone.next()]).toEqual([COUNT, { done: true, value: undefined }])
  if (process.env.MUTANTS) console.log(SEED, reasons)
  // Half of them get as far as their signatures.
  expect(reasons.get('bad_signature')).toBeGreaterThan(COUNT / 10)
  expect(reasons.get('malformed')).toBeGreaterThan(COUNT / 10)
})
