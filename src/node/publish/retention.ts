import { namedSlices, sliceFileName } from '../../document/named-slices.ts'
import { describeRevocationList } from '../../revocation/describe.ts'
import { describeTrustList } from '../../trust/describe.ts'
import type { Base } from './bases.ts'
import { type ListFile, listFilesIn, readIn } from './site-files.ts'

/** The older lists of both kinds, the newest first. */
export interface BasesOfKinds {
  readonly trust: readonly Base[]
  readonly revocation: readonly Base[]
}

/**
 * The files that nobody needs any more, beside those of a new index. A slice is needed for as long as a list is that names it.
 */
export function notNeeded(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  bases: BasesOfKinds,
  now: Date,
): (file: ListFile) => boolean {
  const old = listFilesIn(folder).filter(({ name, kind }) => kind !== 'slice' && !files.has(name))
  const kept = old.filter((file) => isNeeded(folder, file, bases, now)).map(({ name }) => name)
  const named = kept.flatMap((name) => namedSlices(readIn(folder, name) ?? new Uint8Array()))
  const needed = new Set([...files.keys(), ...kept, ...named.map(([, , , digest]) => sliceFileName(digest))])
  return ({ name }) => !needed.has(name)
}

/**
 * Whether a file is still needed beside those of the new index. Caches on the way have the old one for a while: so lists
 * stay until they expire, and the deltas and patches to the list before this one stay with it.
 */
function isNeeded(
  folder: string,
  { kind, name, sequence }: ListFile,
  bases: BasesOfKinds,
  now: Date,
): boolean {
  if (kind === 'slice') return false
  if (kind === 'delta' || kind === 'revocation-patches')
    return sequence === bases.revocation[0]?.list.sequence
  if (kind === 'trust-patches') return sequence === bases.trust[0]?.list.sequence
  const expires = expiryOf(kind, readIn(folder, name))
  return expires !== undefined && expires > now
}

/** What a list says of itself; undefined for what is none. */
function expiryOf(kind: 'trust' | 'revocation', bytes: Uint8Array | undefined): Date | undefined {
  if (bytes === undefined) return undefined
  if (kind === 'trust') {
    const described = describeTrustList(bytes)
    return described.ok ? new Date(described.lists.at(-1)!.expires) : undefined
  }
  const described = describeRevocationList(bytes)
  return described.ok ? new Date(described.list.expires) : undefined
}
