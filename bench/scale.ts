import { gzipSync } from 'node:zlib'
import type { Engine } from '../src/ed25519/engine.ts'
import { nobleEngine } from '../src/ed25519/noble/engine.ts'
import { sha256 } from '../src/ed25519/sha2.ts'
import { loadEngine } from '../src/ed25519/wasm/wasm-engine.ts'
import { toHex } from '../src/lib/bytes.ts'
import { loadRevocationList } from '../src/revocation/load.ts'
import type { TrustListContent } from '../src/trust/content.ts'
import { loadTrustList } from '../src/trust/load.ts'
import { createVerifier } from '../src/verify/verifier.ts'
import { withSlice } from '../src/verify/with-slice.ts'
import type { Measurement } from './lib/results.ts'
import { AUTHORITY, contentOf, datesFrom, publish, ROOTS, type ScaledLists } from './lib/scaled-lists.ts'

/**
 * Lists in slices of an authority that is 1, 10, 100 and 1,000 times the province: bytes of bodies and slices, how long it
 * takes to load all of them and those of one stamp, and what a day's changes come to. SCALE=100 goes no further.
 */
const SCALES = [1, 10, 100, 1000].filter((scale) => scale <= Number(process.env.SCALE ?? 1000))
const DATES = datesFrom(new Date('2026-01-05T00:00:00Z'))
const NOW = new Date('2026-01-10T00:00:00Z')

export async function run(): Promise<Measurement[]> {
  const wasm = await loadEngine()
  const rows: Measurement[] = []
  for (const scale of SCALES) rows.push(...(await measure(scale, wasm)))
  return rows
}

async function measure(scale: number, wasm: Engine): Promise<Measurement[]> {
  const content = contentOf(scale, DATES)
  const files = await publish(content, { scale, dates: DATES, engine: wasm })
  const all = sizeOf([...files.bodies, ...files.slices])
  const base = { peer: null, ratio: null, medianMicroseconds: null, spread: null, scale }
  const whole = timed(() => load(files, wasm, files.slices))
  const lazy = (engine: Engine) => timed(() => load(files, engine, files.first))
  const [lazyWasm, lazyNoble] = [lazy(wasm), lazy(nobleEngine)]
  const visit = sizeOf([...files.bodies, ...files.first])
  const changed = async (isChanged: (place: number) => boolean) => {
    const known = new Set(files.slices.map(nameOf))
    const next = await publish(edited(content, isChanged), { scale, dates: DATES, engine: wasm })
    const fresh = next.slices.filter((slice) => !known.has(nameOf(slice)))
    return sizeOf([...next.bodies, ...fresh]).gzipped
  }
  const count = content.issuers.length
  const neighbours = await changed(
    (place) => place >= count / 2 && place < count / 2 + Math.max(1, count / 100),
  )
  const scattered = await changed((place) => place % 100 === 50 % count)
  const kilo = (bytes: number) => Math.round(bytes / 100) / 10
  return [
    {
      ...base,
      subject: `bytes at ${scale} times the province`,
      bodiesKB: kilo(sizeOf(files.bodies).bytes),
      bodiesGzippedKB: kilo(sizeOf(files.bodies).gzipped),
      slices: files.slices.length,
      allKB: kilo(all.bytes),
      allGzippedKB: kilo(all.gzipped),
      firstVisitGzippedKB: kilo(visit.gzipped),
      dayOfNeighboursPercent: Math.round((1000 * neighbours) / all.gzipped) / 10,
      dayScatteredPercent: Math.round((1000 * scattered) / all.gzipped) / 10,
    },
    {
      ...base,
      subject: `loading at ${scale} times the province`,
      wholeWasmMs: Math.round(whole.ms),
      lazyWasmMs: Math.round(lazyWasm.ms),
      lazyNobleMs: Math.round(lazyNoble.ms),
      rssMB: Math.round(process.memoryUsage().rss / 2 ** 20),
    },
  ]
}

function load(
  { bodies: [trust, revocation], slices, trustSlices }: ScaledLists,
  engine: Engine,
  some: readonly Uint8Array[],
): void {
  const loaded = loadTrustList(trust, { authority: AUTHORITY, roots: ROOTS, engine })
  if (!loaded.ok) throw new Error(loaded.reason)
  const own = new Set(slices.slice(0, trustSlices))
  const trustList = grown(
    loaded.trustList,
    some.filter((slice) => own.has(slice)),
  )
  const revoking = loadRevocationList(revocation, { trustList })
  if (!revoking.ok) throw new Error(revoking.reason)
  const revocationList = grown(
    revoking.revocationList,
    some.filter((slice) => !own.has(slice)),
  )
  const verifier = createVerifier({ trustLists: [trustList], revocationLists: [revocationList] })
  if (verifier.verify('HELLO', { now: NOW }).status !== 'invalid') throw new Error('no verdict')
}

function grown<List extends Parameters<typeof withSlice>[0]>(
  list: List,
  slices: readonly Uint8Array[],
): List {
  const loaded = withSlice(list, slices)
  if (!loaded.ok) throw new Error(`${loaded.reason} ${loaded.detail}`)
  return loaded.list
}

/** A day on which some issuers' facilities have another address and the products of these another watermark. */
const edited = (content: TrustListContent, isChanged: (place: number) => boolean): TrustListContent => ({
  ...content,
  sequence: 2,
  catalogue: {
    ...content.catalogue!,
    facilities: content.catalogue!.facilities.map((each, place) =>
      isChanged(place) ? { ...each, address: 'Hạ Long' } : each,
    ),
  },
})

const nameOf = (bytes: Uint8Array): string => toHex(sha256(bytes))
const sizeOf = (files: readonly Uint8Array[]) => ({
  bytes: files.reduce((sum, { length }) => sum + length, 0),
  gzipped: files.reduce((sum, file) => sum + gzipSync(file).length, 0),
})

function timed(work: () => void): { ms: number } {
  const from = performance.now()
  work()
  return { ms: performance.now() - from }
}
