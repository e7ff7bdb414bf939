import { equalBytes } from '../../lib/bytes.ts'
import type { IssuerEntry } from '../../trust/issuer-entry.ts'
import { findOverlap, type ScopeRange } from '../../trust/scope.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { nameOfKey } from '../project/key-names.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { rangesText } from './reach.ts'

/**
 * No stamp may belong to two keys: says which stamps would, of whom, and how to part them.
 * @param retired keys that keep what they signed
 * @throws Failure `scope_overlap`
 */
export function checkOverlap(
  context: Context,
  issuers: readonly IssuerEntry[],
  before: TrustList | undefined,
  retired: readonly string[],
): void {
  const { words } = context
  // Issuers without a scope of their own share their ranges, so each range is told by a copy.
  const owners = new Map(issuers.flatMap((issuer) => issuer.scope.map((range) => [{ ...range }, issuer])))
  const overlap = findOverlap([...owners.keys()])
  if (overlap === undefined) return
  const [one, other] = overlap.map((range) => owners.get(range)!)
  const shared = rangesText(context, [commonOf(...overlap)])
  const names = [one!, other!].map((issuer) => nameOfKey(context, issuer.publicKey))
  const isOld = ({ publicKey }: IssuerEntry) =>
    before?.issuers.some((each) => equalBytes(each.publicKey, publicKey)) ?? false
  const isSwapped = !isOld(one!) && isOld(other!)
  const [old, young] = (isSwapped ? [...names].reverse() : names) as [string, string]
  if (old === young)
    throw new Failure('scope_overlap', words.issuers.twice(old, shared), words.issuers.twiceHow(old))
  const [kept, working] = retired.includes(young) ? [young, old] : [old, young]
  const how = retired.includes(kept)
    ? words.issuers.overlapRetiredHow(kept, working)
    : words.issuers.overlapHow(old, young)
  throw new Failure('scope_overlap', words.issuers.overlap(old, young, shared), how)
}

/** The stamps of both ranges. */
function commonOf(a: ScopeRange, b: ScopeRange): ScopeRange {
  const product = a.product ?? b.product
  const MAX = Number.MAX_SAFE_INTEGER
  return {
    facility: a.facility,
    ...(product !== undefined && { product }),
    first: Math.max(a.first ?? 0, b.first ?? 0),
    last: Math.min(a.last ?? MAX, b.last ?? MAX),
  }
}
