/** From the bytes of points to points (RFC 8032 §5.1.3). */
import {
  LANES, ONE, SINGLE, SIZE, addTight, copy, encode, extract, gather, isEqual, isZero, mul, mulAdd, powerForRoot, setWords,
  square, subTight, turnLanes,
} from './field'
import { D, ONE_LANE, ROOT_LANE, areEqual, multiplyLanes, t, y, z } from './point'

const A = memory.data(SIZE, 16)
const B = memory.data(SIZE, 16)
const U = memory.data(SIZE, 16)
const V = memory.data(SIZE, 16)
const WORDS = memory.data(96, 16)

/**
 * p = the points with the encodings at bytes0 (lane 0) and bytes1 (lane 1). Returns the lanes, as bits, where RFC 8032
 * §5.1.3 fails to decode: y ≥ p, not on the curve, or the sign bit of x = 0.
 */
export function decodePoints(p: usize, bytes0: usize, bytes1: usize): u32 {
  setY(p, bytes0, bytes1)
  copy(z(p), ONE)
  let failed: u32 = isCanonical(y(p), bytes0, 0) ? 0 : 1
  if (LANES == 2 && !isCanonical(y(p), bytes1, 1)) failed |= 2
  square(A, y(p))
  subTight(U, A, ONE) // u = y² − 1
  mulAdd(V, A, D, ONE) // v = dy² + 1
  square(A, V)
  mul(A, A, V)
  mul(A, A, U) // uv³
  square(B, V)
  square(B, B)
  mul(B, B, A) // uv⁷
  powerForRoot(B, B)
  mul(p, A, B)
  failed |= fixRoots(p)
  failed |= fixSigns(p, signOf(bytes0), signOf(bytes1))
  mul(t(p), p, y(p))
  return failed
}

@inline function signOf(bytes: usize): u32 {
  return <u32>(load<u64>(bytes, 24) >> 63)
}

/** The y of each encoding. */
function setY(p: usize, bytes0: usize, bytes1: usize): void {
  setNumber(A, bytes0)
  extract(WORDS, A, 0)
  setNumber(A, bytes1)
  extract(WORDS + 48, A, 0)
  gather(y(p), WORDS, WORDS + 48)
}

function setNumber(o: usize, bytes: usize): void {
  setWords(o, load<u64>(bytes), load<u64>(bytes, 8), load<u64>(bytes, 16), load<u64>(bytes, 24) & ~(<u64>1 << 63))
}

function isCanonical(y: usize, bytes: usize, lane: usize): bool {
  encode(WORDS, y, lane)
  store<u64>(WORDS, load<u64>(WORDS, 24) | (<u64>signOf(bytes) << 63), 24)
  return areEqual(WORDS, bytes)
}

/** Makes x, a candidate for √(u/v), that root: by √−1 where v x² = −u. Returns the lanes where u/v has none. */
function fixRoots(x: usize): u32 {
  let failed: u32 = 0
  square(A, x)
  mul(A, A, V)
  addTight(B, A, U)
  let factor0 = ONE_LANE, factor1 = ONE_LANE
  for (let lane: usize = 0; lane < LANES; lane++) {
    if (isEqual(A, U, lane)) continue
    if (!isZero(B, lane)) failed |= 1 << <u32>lane
    if (lane == 0) factor0 = ROOT_LANE
    else factor1 = ROOT_LANE
  }
  multiplyLanes(x, factor0, factor1)
  return failed
}

/** Gives each x the sign that is asked for. Returns the lanes where x = 0 should be odd. */
function fixSigns(x: usize, sign0: u32, sign1: u32): u32 {
  encode(WORDS, x, 0)
  const turn0 = (<u32>load<u64>(WORDS) & 1) ^ sign0
  let turn1: u32 = 0
  if (LANES == 2) {
    encode(WORDS, x, 1)
    turn1 = (<u32>load<u64>(WORDS) & 1) ^ sign1
  }
  const failed: u32 = (turn0 && isZero(x, 0) ? 1 : 0) | (turn1 && isZero(x, 1) ? 2 : 0)
  turnLanes(x, turn0, turn1)
  return failed
}
