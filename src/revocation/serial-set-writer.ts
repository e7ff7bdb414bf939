import type { Bytes } from '../lib/bytes.ts'
import { argumentRange } from '../lib/errors.ts'
import { NumberModel } from './number-model.ts'
import { RangeEncoder } from './range-encoder.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'

/**
 * The one spelling of the set (docs/spec/revocation.md, "Serial set").
 * @throws ArgumentRangeError for more than 2^22 runs
 */
export function encodeSerialSet({ firsts, lasts }: SerialSet): Bytes {
  const runCount = firsts.length
  if (runCount > MAX_RUNS) throw argumentRange('serials', `at most ${MAX_RUNS} runs`, runCount)
  const encoder = new RangeEncoder()
  encoder.number(new NumberModel(), runCount)
  const gaps = new NumberModel()
  const lengths = new NumberModel()
  let lowest = 0
  for (let i = 0; i < runCount; i++) {
    encoder.number(gaps, firsts[i]! - lowest)
    encoder.number(lengths, lasts[i]! - firsts[i]!)
    lowest = lasts[i]! + 2
  }
  return encoder.finish()
}
