import { loadEngine } from '../src/ed25519/wasm/wasm-engine.ts'
import { type Measurement, summary } from './lib/results.ts'
import { type ScaledSite, scaledSite } from './lib/scaled-site.ts'

/** The pages. They have types of their own, those of browsers, so they are not imported by name. */
const VISITS = new URL('../examples/consumer/bench/visits.ts', import.meta.url)
const WHOLE = new URL('../examples/kiosk/bench/whole-lists.ts', import.meta.url)

interface Visit {
  readonly milliseconds: number
  readonly requests: number
  readonly listBytes: number
}

interface Visits {
  readonly first: readonly Visit[]
  readonly next: readonly Visit[]
  readonly bytes: number
}

interface Page {
  timeVisits(count: number): Promise<Visits>
  timeLargeVisits(lists: ScaledSite, count: number): Promise<Visits>
}

interface Kiosk {
  timeWholeLists(lists: ScaledSite): Promise<WholeLists>
}

interface WholeLists {
  readonly milliseconds: number
  readonly againMilliseconds: number
  readonly megabytes: number
  readonly emptyMegabytes: number
}

const COUNT = 10
const SCALE = Number(process.env.SCALE ?? 1000)
const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/#'

/**
 * From the opened address to the verdict on the screen of a slow phone, beside the time that it may take: with the province's
 * lists, and with lists in slices of an authority that is 1,000 times as large, which a kiosk takes whole.
 */
export async function run(): Promise<Measurement[]> {
  const { timeVisits, timeLargeVisits } = (await import(VISITS.href)) as Page
  const { timeWholeLists } = (await import(WHOLE.href)) as Kiosk
  const { first, next, bytes } = await timeVisits(COUNT)
  const large = await scaledSite(SCALE, PREFIX, await loadEngine())
  const sliced = await timeLargeVisits(large, COUNT)
  const scaled = `lists at ${SCALE} times the province`
  return [
    rowOf('first visit', first, 1500, bytes),
    rowOf('next visit', next, 500, bytes),
    rowOf(`first visit, ${scaled}`, sliced.first, 2500, bytes),
    rowOf(`next visit, ${scaled}`, sliced.next, 1000, bytes),
    ...rowsOfKiosk(await timeWholeLists(large), scaled),
  ]
}

function rowOf(subject: string, visits: readonly Visit[], limit: number, bytesGzipped: number): Measurement {
  const { median, spread } = summary(visits.map(({ milliseconds }) => milliseconds))
  return {
    ...{ subject, peer: `${limit} ms`, ratio: limit / median, medianMicroseconds: 1000 * median, spread },
    ...{ requests: Math.max(...visits.map(({ requests }) => requests)), bytesGzipped },
    listBytesGzipped: Math.max(...visits.map(({ listBytes }) => listBytes)),
  }
}

function rowsOfKiosk(
  { milliseconds, againMilliseconds, megabytes, emptyMegabytes }: WholeLists,
  scaled: string,
): Measurement[] {
  const row = (subject: string, time: number): Measurement => ({
    ...{ subject, peer: '15000 ms', ratio: 15_000 / time, medianMicroseconds: 1000 * time, spread: null },
    ...{ heapMegabytes: Math.round(megabytes), emptyHeapMegabytes: Math.round(emptyMegabytes) },
  })
  return [
    row(`kiosk, first start, ${scaled}`, milliseconds),
    row(`kiosk, next start, ${scaled}`, againMilliseconds),
  ]
}
