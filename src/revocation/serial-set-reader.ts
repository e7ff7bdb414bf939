import { Malformed } from '../lib/errors.ts'
import { NumberModel } from './number-model.ts'
import { rangeDecoder } from './range-decoder.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'

/** A run takes more than 8/1024 bits: each of its two numbers holds a decision that costs 0.0055 or more. */
const MAX_RUNS_A_BYTE = 1024

/**
 * The set that the bytes spell (docs/spec/revocation.md, "Serial set"): the number of runs, then gap and length of
 * each, range coded. Time is bounded by the bytes, and memory by them and `mostRuns`, before any is taken.
 * @throws Malformed for anything but what encodeSerialSet writes
 */
export function decodeSerialSet(bytes: Uint8Array, mostRuns = MAX_RUNS): SerialSet {
  const decoder = rangeDecoder(bytes)
  const runCount = decoder.number(new NumberModel())
  if (runCount > Math.min(mostRuns, bytes.length * MAX_RUNS_A_BYTE)) throw new Malformed('serial_set_runs')

  const firsts = new Float64Array(runCount)
  const lasts = new Float64Array(runCount)
  const gaps = new NumberModel()
  const lengths = new NumberModel()
  // The end of the run before, and the one missing serial after it.
  let lowest = 0
  for (let i = 0; i < runCount; i++) {
    const first = sumOfSerials(lowest, decoder.number(gaps))
    const last = sumOfSerials(first, decoder.number(lengths))
    firsts[i] = first
    lasts[i] = last
    lowest = last + 2
  }
  decoder.finish()
  return { firsts, lasts }
}

function sumOfSerials(from: number, step: number): number {
  if (step > Number.MAX_SAFE_INTEGER - from) throw new Malformed('serial_set_range')
  return from + step
}
