import { gzipSync } from 'node:zlib'
import { makeSlicePatches } from '../src/document/make-patches.ts'
import { namedSlices } from '../src/document/named-slices.ts'
import { applySlicePatches, encodeSlicePatches } from '../src/document/slice-patches.ts'
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
 * takes to load all of them and those of one stamp, and what a day comes to on which 1 % of the issuers changed, neighbours or
 * scattered: slice by slice, and with patches. SCALE=100 goes no further.
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
  const dayOf = async (day: string, isChanged: (place: number) => boolean): Promise<Measurement> => {
    const raised = new Set(content.catalogue!.facilities.filter((_, at) => isChanged(at)).map(({ id }) => id))
    const next = await publish(edited(content, raised), { scale, dates: DATES, engine: wasm, raised })
    return {
      ...{ ...base, subject: `a day at ${scale} times the province, ${day}` },
      ...(await changeOf(files, next, all.gzipped)),
    }
  }
  const count = content.issuers.length
  const neighbours = await dayOf(
    'neighbours',
    (place) => place >= count / 2 && place < count / 2 + Math.max(1, count / 100),
  )
  const scattered = await dayOf('scattered', (place) => place % 100 === 50 % count)
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
    },
    neighbours,
    scattered,
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

/** What a kiosk takes of a day's lists: slice by slice, and with patches. */
async function changeOf(before: ScaledLists, after: ScaledLists, allGzipped: number) {
  const files = new Map([...before.slices, ...after.slices].map((slice) => [nameOf(slice), slice]))
  const known = new Set(before.slices.map(nameOf))
  const fresh = after.slices.filter((slice) => !known.has(nameOf(slice)))
  const patching = timed(() =>
    after.bodies.map((body, at) =>
      encodeSlicePatches(
        makeSlicePatches(namedSlices(before.bodies[at]!), namedSlices(body), (name) => files.get(name)),
      ),
    ),
  )
  const patches = patching.made.map((file) => file!)
  const from = performance.now()
  const made = new Set<string>()
  for (const [at, file] of patches.entries()) {
    const patched = await applySlicePatches(file, namedSlices(after.bodies[at]!), async (name) =>
      files.get(name),
    )
    if (!patched.ok) throw new Error(patched.detail)
    for (const slice of patched.slices) made.add(nameOf(slice))
  }
  const applyPatchesMs = Math.round(performance.now() - from)
  const plain = sizeOf([...after.bodies, ...fresh])
  const patched = sizeOf([...after.bodies, ...patches, ...fresh.filter((slice) => !made.has(nameOf(slice)))])
  const percent = (bytes: number) => Math.round((1000 * bytes) / allGzipped) / 10
  return {
    changedSlices: fresh.length,
    patches: made.size,
    slicesKB: kilo(plain.bytes),
    slicesGzippedKB: kilo(plain.gzipped),
    slicesGzippedPercent: percent(plain.gzipped),
    patchedKB: kilo(patched.bytes),
    patchedGzippedKB: kilo(patched.gzipped),
    patchedGzippedPercent: percent(patched.gzipped),
    makePatchesMs: Math.round(patching.ms),
    applyPatchesMs,
  }
}

/** A day on which some facilities have another address: the products of these have another watermark too. */
const edited = (content: TrustListContent, raised: ReadonlySet<number>): TrustListContent => ({
  ...content,
  sequence: 2,
  catalogue: {
    ...content.catalogue!,
    facilities: content.catalogue!.facilities.map((each) =>
      raised.has(each.id) ? { ...each, address: 'Hạ Long' } : each,
    ),
  },
})

const nameOf = (bytes: Uint8Array): string => toHex(sha256(bytes))
const sizeOf = (files: readonly Uint8Array[]) => ({
  bytes: files.reduce((sum, { length }) => sum + length, 0),
  gzipped: files.reduce((sum, file) => sum + gzipSync(file).length, 0),
})

const kilo = (bytes: number): number => Math.round(bytes / 100) / 10

function timed<T>(work: () => T): { readonly ms: number; readonly made: T } {
  const from = performance.now()
  const made = work()
  return { ms: performance.now() - from, made }
}
