/**
 * Verification of a chunk of signatures: R' = sB − hA for each, one inversion for all their Z, then the encoding of
 * R' compared with the bytes of R. The jobs of a chunk all go one way: by the tables of their keys, without, or by
 * the tree (tree-batch.ts).
 */
import { decodePoints } from './decode'
import { LANES, SIZE } from './field'
import * as hash from './hash'
import { startKeys } from './key'
import { startLeaves } from './leaf'
import {
  AFFINE, POINT, PROJECTIVE, addAffine, addLanes, addProjective, areEqual, double, encodePoints, setIdentity,
  writeAffine, writeIdentity, writeProjective,
} from './point'
import { SCALAR, digitCount, isReduced, reduce, writeDigits } from './scalar'
import { INVERSES, POINTS, buildTable, invertZs, tableSize, windowSize } from './table'

/** Most jobs of a chunk. */
export const CHUNK: usize = 256
/** Bytes of MESSAGE. */
export const PIECE: usize = 4096

/** 64 bytes a job: R and s. */
export const SIGNATURES = memory.data(64 * CHUNK, 16)
/** The affine entry of −A of each job, where it goes without a table. */
export const ENTRIES = memory.data(AFFINE * CHUNK, 16)
/** The public key that is being hashed. */
export const PUBLIC_KEY = memory.data(32, 16)
/** A piece of the message that is being hashed. */
export const MESSAGE = memory.data(PIECE, 16)
/** A byte a job: 1 where the signature holds. */
export const VERDICTS = memory.data(CHUNK, 16)

const BASE_WIDTH: u32 = 11
/** Without a table: digits of 4 bits, and the 9 multiples 0 … 8 of −A in each lane. */
const PLAIN_WIDTH: u32 = 4
const MULTIPLES = memory.data(2 * 9 * PROJECTIVE, 16)

const BASE_DIGITS: usize = (253 + BASE_WIDTH) / BASE_WIDTH
/** The addresses of a job's entries: its digits of s, then those of h (at most 64). */
const ROW: usize = 4 * (BASE_DIGITS + 64)
export const ROWS = memory.data(ROW * CHUNK, 16)
const SINGLE_ROW = memory.data(ROW, 16)
const IDENTITY = memory.data(AFFINE, 16)
const SUM = memory.data(POINT, 16)
export const SCALAR_S = memory.data(SCALAR, 16)
export const SCALAR_H = memory.data(SCALAR, 16)
const DIGEST = memory.data(72, 16)
const ENCODED = memory.data(32 * LANES, 16)

/** The table of B follows the static memory; what comes after it is the host's, for tables of keys. */
@inline function baseTable(): usize {
  return (__heap_base + 127) & ~127
}

/** The affine entry of B: the first but the identity's. */
export function baseEntry(): usize {
  return baseTable() + AFFINE
}

/** Where the host's memory begins. */
export function arena(): usize {
  return baseTable() + tableSize(BASE_WIDTH)
}

/** Makes the table of B. The memory must reach to `arena()`. */
export function startBatch(): void {
  writeIdentity(IDENTITY, false)
  // B has y = 4/5 and an even x (RFC 8032 §5.1): its encoding is 58 66 66 … 66.
  memory.fill(PUBLIC_KEY, 0x66, 32)
  store<u8>(PUBLIC_KEY, 0x58)
  decodePoints(SUM, PUBLIC_KEY, PUBLIC_KEY)
  startKeys(SUM)
  startLeaves()
  memory.copy(POINTS, SUM, POINT)
  invertZs(1)
  writeAffine(ENTRIES, ENTRIES, SUM, INVERSES)
  buildTable(baseTable(), BASE_WIDTH, ENTRIES)
}

/** Begins job i, whose signature is in SIGNATURES and its key in PUBLIC_KEY. */
export function beginJob(i: usize): void {
  hash.begin()
  hash.update(SIGNATURES + 64 * i, 32)
  hash.update(PUBLIC_KEY, 32)
}

/** Takes in the next `count` bytes of the message, from MESSAGE. */
export function absorb(count: usize): void {
  hash.update(MESSAGE, count)
}

/** Ends job i, whose key has a table. */
export function endTabledJob(i: usize, table: usize, width: u32): void {
  endJob(i)
  writeBaseDigits(i)
  writeDigits(ROWS + ROW * i + 4 * BASE_DIGITS, SCALAR_H, width, table, windowSize(width), AFFINE)
}

/** Ends job i, whose key's entry is in ENTRIES. */
export function endPlainJob(i: usize): void {
  endJob(i)
  writeBaseDigits(i)
  const lane = LANES == 2 ? i & 1 : 0
  const table = MULTIPLES + lane * 9 * PROJECTIVE
  writeDigits(ROWS + ROW * i + 4 * BASE_DIGITS, SCALAR_H, PLAIN_WIDTH, table, 0, PROJECTIVE)
}

/** Leaves s, or 0 where it is not reduced, at SCALAR_S, and h = SHA-512(R ‖ A ‖ M) mod L at SCALAR_H. */
export function endJob(i: usize): void {
  const s = SIGNATURES + 64 * i + 32
  memory.copy(SCALAR_S, s, 32)
  const reduced = isReduced(s)
  store<u8>(VERDICTS + i, <u8>reduced)
  if (!reduced) memory.fill(SCALAR_S, 0, 32)
  hash.finish(DIGEST)
  reduce(SCALAR_H, DIGEST)
}

function writeBaseDigits(i: usize): void {
  writeDigits(ROWS + ROW * i, SCALAR_S, BASE_WIDTH, baseTable(), windowSize(BASE_WIDTH), AFFINE)
}

/** Reads from both cache lines of a row's entries, so that those that miss are fetched together, not in turn. */
@inline function touchRow(row: usize, count: usize): void {
  for (let at: usize = 0; at < 4 * count; at += 4) {
    const entry = <usize>load<u32>(row + at) & ~1
    load<u8>(entry)
    load<u8>(entry, 64)
  }
}

/** SUM += the affine entries of two rows. */
@inline function addRows(row0: usize, row1: usize, count: usize): void {
  touchRow(row0, count)
  if (LANES == 2) touchRow(row1, count)
  for (let at: usize = 0; at < 4 * count; at += 4) addAffine(SUM, load<u32>(row0 + at), load<u32>(row1 + at))
}

/** Verifies the first `count` jobs, whose keys have tables of this width. */
export function verifyTabled(count: usize, width: u32): void {
  const digits = BASE_DIGITS + digitCount(width)
  let at = POINTS
  for (let i: usize = 0; i < count; i += LANES) {
    const row = ROWS + ROW * i
    if (i + 1 < count || LANES == 1) {
      setIdentity(SUM)
      addRows(row, row + ROW, digits)
    } else sumSplit(row, digits - BASE_DIGITS)
    memory.copy(at, SUM, POINT)
    at += POINT
  }
  compare(count)
}

/** SUM = one job's sum, with sB in lane 0 and −hA in lane 1 up to the last addition. */
function sumSplit(row: usize, keyDigits: usize): void {
  const count = max(keyDigits, BASE_DIGITS)
  memory.copy(SINGLE_ROW, row, 4 * (BASE_DIGITS + keyDigits))
  for (let j = BASE_DIGITS; j < count; j++) store<u32>(SINGLE_ROW + 4 * j, <u32>IDENTITY)
  for (let j = keyDigits; j < count; j++) store<u32>(row + 4 * (BASE_DIGITS + j), <u32>IDENTITY)
  setIdentity(SUM)
  addRows(SINGLE_ROW, row + 4 * BASE_DIGITS, count)
  addLanes(SUM, MULTIPLES, MULTIPLES + PROJECTIVE)
}

/** Verifies the first `count` jobs without tables of their keys. */
export function verifyPlain(count: usize): void {
  let at = POINTS
  for (let i: usize = 0; i < count; i += LANES) {
    const other = min(i + LANES, count) - 1
    sumPlain(ROWS + ROW * i, ROWS + ROW * other, ENTRIES + AFFINE * i, ENTRIES + AFFINE * other)
    memory.copy(at, SUM, POINT)
    at += POINT
  }
  compare(count)
}

/** SUM = sB − hA, by four doublings a digit of h and then the digits of s. */
function sumPlain(row0: usize, row1: usize, entry0: usize, entry1: usize): void {
  writeMultiples(entry0, entry1)
  setIdentity(SUM)
  for (let j = digitCount(PLAIN_WIDTH); j-- > 0; ) {
    double(SUM, false)
    double(SUM, false)
    double(SUM, false)
    double(SUM, true)
    const at = 4 * (BASE_DIGITS + j)
    addProjective(SUM, load<u32>(row0 + at), load<u32>(row1 + at))
  }
  addRows(row0, row1, BASE_DIGITS)
}

function writeMultiples(entry0: usize, entry1: usize): void {
  setIdentity(SUM)
  for (let k: usize = 0; k < 9; k++) {
    const at = MULTIPLES + k * PROJECTIVE
    writeProjective(at, at + 9 * PROJECTIVE, SUM)
    addAffine(SUM, entry0, entry1)
  }
}

/** Compares the encodings of the points at POINTS with R. */
function compare(count: usize): void {
  const packs = (count + LANES - 1) / LANES
  invertZs(packs)
  for (let pack: usize = 0; pack < packs; pack++) {
    encodePoints(ENCODED, POINTS + POINT * pack, INVERSES + SIZE * pack)
    for (let lane: usize = 0; lane < LANES; lane++) {
      const i = LANES * pack + lane // beyond the last job where that has no other for its pack
      if (!areEqual(ENCODED + 32 * lane, SIGNATURES + 64 * i)) store<u8>(VERDICTS + i, 0)
    }
  }
}
