import { Malformed } from '../lib/errors.ts'
import { NumberModel } from './number-model.ts'
import { RangeDecoder } from './range-decoder.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'

/** A run takes more than 8/1024 bits: each of its two numbers holds a decision that costs 0.0055 or more. */
const MOST_RUNS_A_BYTE = 1024

/**
 * The set that the bytes spell (SPEC.md, "Serial set"): the number of runs, then gap and length of each, range
 * coded. Time is bounded by the bytes, and memory by them and `mostRuns`, before any is taken.
 * @throws Malformed for anything but what encodeSerialSet writes
 */
export function decodeSerialSet(bytes: Uint8Array, mostRuns = MAX_RUNS): SerialSet {
  const { runCount, coded } = splitRunCount(bytes)
  if (runCount > mostRuns) throw new Malformed('serial_set_runs')
  if (runCount > coded.length * MOST_RUNS_A_BYTE) throw new Malformed('serial_set_truncated')
  const firsts = new Float64Array(runCount)
  const lasts = new Float64Array(runCount)
  if (runCount > 0) readRuns(new RangeDecoder(coded), firsts, lasts)
  else if (coded.length > 0) throw new Malformed('serial_set_spelling')
  return { firsts, lasts }
}

function readRuns(decoder: RangeDecoder, firsts: Float64Array, lasts: Float64Array): void {
  const gaps = new NumberModel()
  const lengths = new NumberModel()
  // The end of the run before, and the one missing serial after it.
  let lowest = 0
  for (let i = 0; i < firsts.length; i++) {
    firsts[i] = sumOfSerials(lowest, decoder.number(gaps))
    lasts[i] = sumOfSerials(firsts[i]!, decoder.number(lengths))
    lowest = lasts[i]! + 2
  }
  decoder.finish()
}

function sumOfSerials(from: number, step: number): number {
  if (step > Number.MAX_SAFE_INTEGER - from) throw new Malformed('serial_set_range')
  return from + step
}

/** The number of runs: seven bits a byte, the lowest first, the top bit set on all but the last (LEB128). */
function splitRunCount(bytes: Uint8Array): { runCount: number; coded: Uint8Array } {
  let runCount = 0
  for (let i = 0; i < 4; i++) {
    const byte = bytes[i]
    if (byte === undefined) throw new Malformed('serial_set_truncated')
    runCount |= (byte & 127) << (7 * i)
    if (byte > 127) continue
    if (byte === 0 && i > 0) break
    return { runCount, coded: bytes.subarray(i + 1) }
  }
  throw new Malformed('serial_set_runs')
}
