import { concatBytes } from '../lib/bytes.ts'
import { argumentRange } from '../lib/errors.ts'
import { NumberModel } from './number-model.ts'
import { RangeEncoder } from './range-encoder.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'

/** The one spelling of the set (SPEC.md, "Serial set"). @throws ArgumentRangeError for more than 2^22 runs */
export function encodeSerialSet({ firsts, lasts }: SerialSet): Uint8Array {
  const runCount = firsts.length
  if (runCount > MAX_RUNS) throw argumentRange('serials', `at most ${MAX_RUNS} runs`, runCount)
  const header = encodeRunCount(runCount)
  if (runCount === 0) return header

  const encoder = new RangeEncoder()
  const gaps = new NumberModel()
  const lengths = new NumberModel()
  let lowest = 0
  for (let i = 0; i < runCount; i++) {
    encoder.number(gaps, firsts[i]! - lowest)
    encoder.number(lengths, lasts[i]! - firsts[i]!)
    lowest = lasts[i]! + 2
  }
  return concatBytes(header, encoder.finish())
}

function encodeRunCount(runCount: number): Uint8Array {
  const header: number[] = []
  let rest = runCount
  for (; rest > 127; rest >>>= 7) header.push((rest & 127) | 128)
  return Uint8Array.of(...header, rest)
}
