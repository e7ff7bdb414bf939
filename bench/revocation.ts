import assert from 'node:assert/strict'
import { serialSetOf } from '../src/revocation/serial-set-algebra.ts'
import { interleave, type Timing } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'
import { assertExact, CODECS, codecsReady, EXACT_CODECS, type Loaded } from './lib/serial-codecs.ts'
import {
  halfRolls,
  leastRevoked,
  type Pattern,
  rollsWithHoles,
  seededRandom,
  uniform,
  wholeRolls,
} from './lib/serial-patterns.ts'

const ISSUED = [100_000, 1_000_000, 10_000_000]
const RATES = [0.0001, 0.001, 0.01, 0.1]
const PATTERNS = [uniform, wholeRolls, halfRolls, rollsWithHoles]

/** Bytes of revoked serials beside the information bound, and how long a list takes to load and to ask. */
export async function run(): Promise<Measurement[]> {
  await codecsReady()
  return [...measureSizes(), ...(await measureTimes())]
}

function measureSizes(): Measurement[] {
  return ISSUED.flatMap((issued) =>
    RATES.flatMap((rate) =>
      PATTERNS.filter((maker) => issued * rate >= leastRevoked(maker)).flatMap((maker) => {
        const random = seededRandom(issued + 1e7 * rate + PATTERNS.indexOf(maker))
        return measurePattern(maker(issued, Math.round(issued * rate), random), issued)
      }),
    ),
  )
}

function measurePattern({ name, serials, boundBits }: Pattern, issued: number): Measurement[] {
  const runs = serialSetOf(serials).firsts.length
  return Object.entries(CODECS).map(([codec, { encode }]) => {
    const bytes = encode(serials, issued)
    if (EXACT_CODECS.includes(codec as never)) assertExact(codec, bytes, serials, issued)
    return {
      subject: codec,
      peer: 'bound',
      ratio: Number(((8 * bytes.length) / boundBits).toFixed(4)),
      medianMicroseconds: null,
      spread: null,
      pattern: name,
      issued,
      revoked: serials.length,
      runs,
      bytes: bytes.length,
      boundBytes: Number((boundBits / 8).toFixed(1)),
      bitsARun: Number(((8 * bytes.length) / runs).toFixed(2)),
    }
  })
}

/** A million single serials, none beside another: loaded, then asked about. */
async function measureTimes(): Promise<Measurement[]> {
  const random = seededRandom(1)
  let highest = 0
  const serials = Uint32Array.from({ length: 1_000_000 }, () => {
    highest += 2 + Math.floor(random() * 18)
    return highest
  })
  const issued = highest + 1
  const files = EXACT_CODECS.map((codec) => [codec, CODECS[codec]!.encode(serials, issued)] as const)
  for (const [codec, bytes] of files) assertExact(codec, bytes, serials, issued)

  const loads = files.map(([codec, bytes]) => [codec, () => CODECS[codec]!.load(bytes).dispose?.()] as const)
  const loading = await interleave(Object.fromEntries(loads), { rounds: 11, items: 1 })

  const questions = Array.from({ length: 10_000 }, () => Math.floor(random() * issued))
  const known = new Set(serials)
  const yes = questions.filter((question) => known.has(question)).length
  const lists = files.map(([codec, bytes]) => [codec, CODECS[codec]!.load(bytes)] as const)
  const asks = lists.map(
    ([codec, list]) => [codec, () => assert.equal(countYes(list, questions), yes)] as const,
  )
  const asking = await interleave(Object.fromEntries(asks), { rounds: 50, items: questions.length })
  for (const [, list] of lists) list.dispose?.()
  return [
    ...compareTimes('load 1,000,000 single serials', loading),
    ...compareTimes('look up in 1,000,000 single serials', asking),
  ]
}

function countYes(list: Loaded, questions: readonly number[]): number {
  let yes = 0
  for (const question of questions) if (list.has(question)) yes++
  return yes
}

/** SerialSet beside each of the others, and alone what it takes. */
function compareTimes(pattern: string, timings: Record<string, Timing>): Measurement[] {
  const { median, spread } = timings.SerialSet!
  return EXACT_CODECS.filter((codec) => codec !== 'SerialSet').map((peer) => ({
    subject: 'SerialSet',
    peer,
    ratio: Number((timings[peer]!.median / median).toPrecision(3)),
    medianMicroseconds: Number(median.toPrecision(4)),
    spread: Number(spread.toFixed(3)),
    pattern,
  }))
}
