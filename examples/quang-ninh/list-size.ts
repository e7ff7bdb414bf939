import { deflateSync } from 'node:zlib'
import type { Signer } from 'veristamp'
import {
  addSerials,
  draftRevocationList,
  type RevocationDraftHeader,
  signRevocationList,
} from 'veristamp/authority'

/** What a year of bad luck takes: of 135,000 stamps every hundredth is revoked, and three rolls were lost. */

const ISSUED = 135_000
const ROLL = 1_000
const LOST_ROLLS = [12, 57, 101]
const SINGLES = ISSUED / 100

export async function tellListSize(header: RevocationDraftHeader, revoker: Signer): Promise<void> {
  const lost = LOST_ROLLS.map((roll) => ({ first: roll * ROLL, last: roll * ROLL + ROLL - 1 }))
  const singles = drawSingles(lost)
  const product = { facility: 12, product: 104, date: '2026-01-05' }
  let draft = draftRevocationList(header)
  draft = addSerials(draft, { ...product, reason: 'lost', serials: lost })
  draft = addSerials(draft, { ...product, reason: 'damaged', serials: singles })
  const list = await signRevocationList(draft, revoker)

  const bits = new Uint8Array(Math.ceil(ISSUED / 8))
  const revoke = (serial: number) => {
    bits[serial >> 3]! |= 1 << (serial & 7)
  }
  for (const { first, last } of lost) for (let serial = first; serial <= last; serial++) revoke(serial)
  for (const serial of singles) revoke(serial)
  const statusList = deflateSync(bits, { level: 9 })

  console.log(
    `\nOf ${count(ISSUED)} stamps, ${count(singles.length)} are revoked one by one, and three lost rolls:`,
  )
  console.log(`  ${bytes(list.length)}  our list, with dates, reasons and signature`)
  console.log(`  ${bytes(statusList.length)}  a Token Status List's bits under zlib, with none of these`)
  console.log(`  ${bytes(leastBytes())}  what any exact spelling of these serials takes on average`)
}

/** Serials at random, the same each time, none of them in a lost roll. */
function drawSingles(lost: readonly { readonly first: number; readonly last: number }[]): number[] {
  const drawn = new Set<number>()
  // Numerical Recipes' linear congruential generator: good enough to scatter serials.
  let state = 1
  while (drawn.size < SINGLES) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const serial = Math.floor((state / 2 ** 32) * ISSUED)
    if (!lost.some(({ first, last }) => serial >= first && serial <= last)) drawn.add(serial)
  }
  return [...drawn]
}

/** The logarithm of the number of such sets: which rolls, and which of the other serials. */
function leastBytes(): number {
  const rolls = LOST_ROLLS.length
  const bits = log2Choose(ISSUED / ROLL, rolls) + log2Choose(ISSUED - rolls * ROLL, SINGLES)
  return Math.ceil(bits / 8)
}

/** log2 of the number of ways to choose `k` of `n`. */
function log2Choose(n: number, k: number): number {
  let bits = 0
  for (let i = 0; i < k; i++) bits += Math.log2((n - i) / (k - i))
  return bits
}

const count = (number: number): string => number.toLocaleString('en')
const bytes = (length: number): string => `${count(length).padStart(7)} bytes`
