import { strict as assert } from 'node:assert'
import {
  createEventMaker,
  EPCIS_CONTEXT,
  epcisDocument,
  epcisLines,
  eventHash,
  traceCsv,
  traceRows,
} from '../src/gs1.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

/** A year's stamps for other systems, from facts to text: EPCIS events, as runs and one serial a row; rows for portals. */
const STAMPS = 135_000
const ROUNDS = 5

const product = { id: 104, facility: 12, name: 'Chả mực', gtin: '08935000000120' }
const facility = { id: 12, name: 'HTX Thống Nhất', gln: '8935000000014' }
const catalogue = { facilities: [facility], products: [product] }
const maker = createEventMaker({ catalogue, offset: '+07:00' })
const time = new Date('2026-11-29T08:00:00Z')

function* runs() {
  yield { product: 104, first: 1, last: STAMPS, lot: 'L7', expires: '2027-11-29', time }
}
const rows = () =>
  traceRows(
    { runs: [{ facility: 12, product: 104, first: 1, last: STAMPS, lot: 'L7', time }] },
    { authority: 'quang-ninh.example', catalogue },
  )
function* singles() {
  for (let serial = 1; serial <= STAMPS; serial++)
    yield { product: 104, first: serial, last: serial, time, to: '8935000000021' }
}

export async function run(): Promise<Measurement[]> {
  await check()
  let memory = 0
  const exported = (make: () => AsyncIterable<string>) => async () => {
    let [letters, pieces] = [0, 0]
    for await (const piece of make()) {
      letters += piece.length
      if (pieces++ % 100 === 0) memory = Math.max(memory, process.memoryUsage.rss())
    }
    assert.ok(letters > STAMPS * 40)
  }
  const timings = await interleave(
    {
      'a run, commissioned': exported(() => epcisDocument(maker.commissioned(runs()), time)),
      'single serials, shipped': exported(() => epcisDocument(maker.shipped(singles()), time)),
      'a run, as rows for portals': exported(() => traceCsv(rows())),
    },
    { rounds: ROUNDS, items: STAMPS },
  )
  return Object.entries(timings).map(([subject, { median, spread }]) => ({
    ...{ subject, peer: null, ratio: null, medianMicroseconds: median, spread },
    stamps: STAMPS,
    seconds: (median * STAMPS) / 1e6,
    residentMegabytes: Math.round(memory / 1e6),
  }))
}

/** All stamps are there, once, in events whose ids are their hashes. */
async function check(): Promise<void> {
  const seen = new Set<string>()
  for await (const line of epcisLines(maker.commissioned(runs()))) {
    const event = JSON.parse(line)
    assert.equal(eventHash(event, { context: EPCIS_CONTEXT }), event.eventID)
    for (const epc of event.epcList) seen.add(epc)
  }
  assert.equal(seen.size, STAMPS)
  let count = 0
  for await (const { traceCode } of rows()) count += seen.has(traceCode) ? 1 : 0
  assert.equal(count, STAMPS)
}
