import { sha256 } from '../ed25519/sha2.ts'
import type { Bytes } from '../lib/bytes.ts'
import { MAX_SLICE_LENGTH, type SlicedBody, type SliceEntry } from './slices.ts'

/** How writers cut lists into slices (docs/spec/slices.md, "Writing"): the same way each time, so that an edit changes few. */

/** An unsigned list and its slices, each a file of its own. */
export interface SlicedDocument {
  /** To be signed with `signDocument`. */
  readonly document: Bytes
  /** Ascending by key id, as the document names them. */
  readonly slices: readonly Bytes[]
}

/** The issuers that share a key id: no cut divides them. */
export interface IssuerGroup<Issuer> {
  readonly keyId: number
  readonly issuers: readonly Issuer[]
}

/** So many issuers hide in a slice that a server is asked for, where there are as many. */
export const MIN_ISSUERS = 32
const MAX_ISSUERS = 128

/** The issuers by their key ids, ascending. */
export function groupIssuers<Issuer extends { readonly keyId: number }>(
  issuers: readonly Issuer[],
): IssuerGroup<Issuer>[] {
  const groups = new Map<number, Issuer[]>()
  for (const issuer of issuers) groups.set(issuer.keyId, [...(groups.get(issuer.keyId) ?? []), issuer])
  return [...groups].map(([keyId, own]) => ({ keyId, issuers: own })).sort((a, b) => a.keyId - b.keyId)
}

/** A slice in the making. */
export interface SliceCut<Issuer> {
  readonly groups: readonly IssuerGroup<Issuer>[]
  readonly bytes: Bytes
}

/**
 * The slices of these issuers.
 * @param spell the slice of some groups; undefined where there is nothing to say of them
 * @returns without the groups whose slice would be too long even alone: what is said of them stays in the body
 */
export function cutSlices<Issuer>(
  groups: readonly IssuerGroup<Issuer>[],
  spell: (groups: readonly IssuerGroup<Issuer>[]) => Bytes | undefined,
): SliceCut<Issuer>[] {
  const within = (some: readonly IssuerGroup<Issuer>[]): SliceCut<Issuer>[] => {
    const bytes = spell(some)
    if (bytes === undefined) return []
    if (bytes.length <= MAX_SLICE_LENGTH) return [{ groups: some, bytes }]
    const middle = some.length >>> 1
    return middle === 0 ? [] : [...within(some.slice(0, middle)), ...within(some.slice(middle))]
  }
  return cutByCount(groups).flatMap(within)
}

/** As the body names them; a body without slices says nothing of them. */
export const slicesOfCuts = (cuts: readonly SliceCut<unknown>[]): SlicedBody =>
  cuts.length === 0 ? {} : { slices: cuts.map(entryOf) }

const entryOf = ({ groups, bytes }: SliceCut<unknown>): SliceEntry => [
  groups[0]!.keyId,
  groups.at(-1)!.keyId,
  bytes.length,
  sha256(bytes),
]

function cutByCount<Issuer>(groups: readonly IssuerGroup<Issuer>[]): IssuerGroup<Issuer>[][] {
  const runs: IssuerGroup<Issuer>[][] = []
  let run: IssuerGroup<Issuer>[] = []
  let count = 0
  for (const group of groups) {
    run.push(group)
    count += group.issuers.length
    if (count < MIN_ISSUERS || !(count >= MAX_ISSUERS || endsSlice(group.keyId))) continue
    runs.push(run)
    run = []
    count = 0
  }
  // Too few to hide in are with those before them.
  if (run.length > 0) runs.push([...(runs.pop() ?? []), ...run])
  return runs
}

/**
 * One key id in 32, scattered over them all: cuts stand at the same key ids whatever comes or goes elsewhere, where cuts at
 * every 32nd issuer would all move.
 */
const endsSlice = (keyId: number): boolean => ((keyId * 40_503) & 0xffff) < 2048
