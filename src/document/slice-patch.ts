import { newBytes } from '../lib/bytes.ts'
import { MAX_SLICE_LENGTH } from './slices.ts'

/** What leads from one slice to another (docs/spec/slices.md, "Patches"), in both directions. */

/** Copies some bytes of the old slice, then adds others. */
export type PatchStep = readonly [offset: number, length: number, added: Uint8Array]

/** Bytes that are looked for at once. What is shorter isn't worth a step of its own. */
const BLOCK = 16
/** Places of the old slice that are tried for a block: more of the same are passed over. */
const MAX_TRIES = 16

/**
 * The steps from one slice to another: the same for the same two.
 * @param from,to at most 256 KiB each, and not empty
 */
export function makePatch(from: Uint8Array, to: Uint8Array): PatchStep[] {
  const placesOf = findBlocks(from)
  const steps: PatchStep[] = []
  let copy: Copy = { at: 0, offset: 0, length: 0 }
  const endStep = (end: number): void => {
    const added = to.slice(copy.at + copy.length, end)
    if (copy.length + added.length > 0) steps.push([copy.offset, copy.length, added])
  }
  for (let at = 0; at + BLOCK <= to.length; ) {
    const done = copy.at + copy.length
    // Where as many bytes were changed as stood there before, the old slice goes on here.
    const next = copy.offset + at - copy.at
    const found = longest(from, to, [next, ...placesOf(to, at)], { at, done })
    if (found === undefined) at++
    else {
      endStep(found.at)
      copy = found
      at = found.at + found.length
    }
  }
  endStep(to.length)
  return steps
}

/**
 * The slice that the steps lead to; undefined where the old one is too short for them, or where what they make has another
 * length than expected. Its hash says whether it is the right one.
 */
export function applyPatch(
  from: Uint8Array,
  steps: readonly PatchStep[],
  expected: number,
): Uint8Array | undefined {
  const length = steps.reduce((sum, [, copied, added]) => sum + copied + added.length, 0)
  if (length !== expected || length > MAX_SLICE_LENGTH) return undefined
  const to = newBytes(length)
  let at = 0
  for (const [offset, copied, added] of steps) {
    if (offset + copied > from.length) return undefined
    to.set(from.subarray(offset, offset + copied), at)
    to.set(added, at + copied)
    at += copied + added.length
  }
  return to
}

/** The same bytes in both: where they stand in the new slice, and where in the old one. */
interface Copy {
  readonly at: number
  readonly offset: number
  readonly length: number
}

/** The blocks of the old slice, one behind the other. @returns the places where one may stand that is in `to` at a place */
function findBlocks(from: Uint8Array): (to: Uint8Array, at: number) => readonly number[] {
  const places = new Map<number, number[]>()
  for (let offset = 0; offset + BLOCK <= from.length; offset += BLOCK) {
    const sum = checksum(from, offset)
    const same = places.get(sum)
    if (same === undefined) places.set(sum, [offset])
    else if (same.length < MAX_TRIES) same.push(offset)
  }
  return (to, at) => places.get(checksum(to, at)) ?? []
}

function checksum(bytes: Uint8Array, at: number): number {
  let sum = 0
  for (let i = at; i < at + BLOCK; i++) sum = (Math.imul(sum, 0x01000193) + bytes[i]!) | 0
  return sum
}

/** The longest copy that holds what is in `to` at a place; the first of equal ones. It begins no earlier than `done`. */
function longest(
  from: Uint8Array,
  to: Uint8Array,
  offsets: readonly number[],
  { at, done }: { readonly at: number; readonly done: number },
): Copy | undefined {
  let best: Copy | undefined
  for (const offset of offsets) {
    let ahead = 0
    while (at + ahead < to.length && offset + ahead < from.length && from[offset + ahead] === to[at + ahead])
      ahead++
    if (ahead < BLOCK) continue
    let back = 0
    while (at - back > done && offset - back > 0 && from[offset - back - 1] === to[at - back - 1]) back++
    const copy = { at: at - back, offset: offset - back, length: ahead + back }
    if (best === undefined || copy.length > best.length) best = copy
  }
  return best
}
