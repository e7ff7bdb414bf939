/** Sums of leaves (leaf.ts) for a whole chunk, level by level with one inversion each, and what they encode to. */
import { LANES, ONE, SIZE, add, encode, isZero, mul, putLane, subWide } from './field'
import { SCALE } from './key'
import { NODE, gatherLeaves, v } from './leaf'
import {
  NODES, addNodes, difference, forgetIdentities, invertProducts, multiplyDifferences, takeInverse,
} from './node'
import { areEqual } from './point'

/** Leaves of each job that are added to as many sums at a time: what the nodes have room for. */
const WIDTH: usize = 8
/** Nodes whose leaves are fetched together. */
const TOUCHED: usize = 32

const S = memory.data(SIZE, 16)
const T = memory.data(SIZE, 16)
const ENCODED = memory.data(64, 16)

/** The first of NODES = the sums of `leaves` columns of addresses, two jobs in each. */
export function sumLeaves(columns: usize, columnSize: usize, leaves: usize, packs: usize): void {
  const width = NODE * packs
  for (let first: usize = 0; first < leaves; first += WIDTH) {
    const count = min(WIDTH, leaves - first), added = NODES + (first ? WIDTH * width : 0)
    for (let k: usize = 0; k < count; k++) {
      gatherColumn(added + width * k, columns + columnSize * (first + k), packs)
    }
    if (first) addNodes(NODES, added, packs * count)
  }
  for (let k = WIDTH / 2; k > 0; k /= 2) addNodes(NODES, NODES + width * k, packs * k)
}

function gatherColumn(nodes: usize, column: usize, packs: usize): void {
  for (let i: usize = 0; i < packs; i++) {
    if (i % TOUCHED == 0) touchLeaves(column + 8 * i)
    gatherLeaves(nodes + NODE * i, load<u32>(column + 8 * i), load<u32>(column + 8 * i, 4))
  }
}

/**
 * Reads from both cache lines of leaves for the next nodes, so that those that miss are fetched together, not in turn. What
 * stands beyond the last job is an address of earlier, or 0.
 */
function touchLeaves(column: usize): void {
  for (let at: usize = 0; at < 8 * TOUCHED; at += 4) {
    const leaf = load<u32>(column + at)
    load<u8>(leaf)
    load<u8>(leaf, 64)
  }
}

/** Compares the encodings of the first nodes with R, the first half of each signature: a verdict is 0 where they differ. */
export function compareNodes(packs: usize, signatures: usize, verdicts: usize): void {
  for (let i: usize = 0; i < packs; i++) {
    add(T, NODES + NODE * i, ONE)
    mul(difference(i), T, v(NODES + NODE * i))
  }
  if (!multiplyDifferences(packs)) {
    settleIdentities(packs)
    multiplyDifferences(packs)
  }
  invertProducts()
  for (let i = packs; i-- > 0; ) {
    encodeNode(NODES + NODE * i, i)
    for (let lane: usize = 0; lane < LANES; lane++) {
      const job = LANES * i + lane // beyond the last job where that has no other for its pack
      if (!areEqual(ENCODED + 32 * lane, signatures + 64 * job)) store<u8>(verdicts + job, 0)
    }
  }
  forgetIdentities()
}

/** 1 where (u + 1) v = 0, which is at the identity: (0, 0) gives x = 0 and y = 1 then. */
function settleIdentities(packs: usize): void {
  for (let i: usize = 0; i < packs; i++) {
    for (let lane: usize = 0; lane < LANES; lane++) {
      if (isZero(difference(i), lane)) putLane(difference(i), ONE, lane)
    }
  }
}

/** ENCODED = the bytes of node i (RFC 8032 §5.1.2): x = √−(A + 2) · u/v and y = 1 − 2/(u + 1). */
function encodeNode(node: usize, i: usize): void {
  takeInverse(T, i)
  add(S, node, ONE)
  mul(S, S, T)
  mul(S, S, node)
  mul(S, S, SCALE)
  mul(T, T, v(node))
  add(T, T, T)
  subWide(T, ONE, T)
  for (let lane: usize = 0; lane < LANES; lane++) {
    const bytes = ENCODED + 32 * lane
    encode(bytes, S, lane)
    const sign = load<u64>(bytes) << 63
    encode(bytes, T, lane)
    store<u64>(bytes, load<u64>(bytes, 24) | sign, 24)
  }
}
