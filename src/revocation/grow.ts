import { openSlices, unite } from '../document/slices.ts'
import { toHex } from '../lib/bytes.ts'
import { type RevocationEntries, revocationSlice } from './body.ts'
import { ENTRIES, indexRevocationList, type RevocationList } from './revocation-list.ts'

/** The list with some of its slices. @throws as `indexRevocationList` and `openSlices` do */
export function growRevocationList(list: RevocationList, files: readonly Uint8Array[]): RevocationList {
  const { parts, missingSlices } = openSlices(files, list, revocationSlice)
  return indexRevocationList({ ...list, ...uniteEntries(list[ENTRIES]!, parts), missingSlices }, list)
}

/** What a body says, and slices of it. @throws Refusal `slices_disagree`, or Malformed */
export const uniteEntries = (
  body: RevocationEntries,
  parts: readonly RevocationEntries[],
): RevocationEntries =>
  unite<RevocationEntries>([body, ...parts], {
    revoked: (entry) => String(entry.slice(0, 4)),
    watermarks: keyOf,
    revokedKeys: keyOf,
  })

const keyOf = ([key]: readonly [Uint8Array, ...unknown[]]): string => toHex(key)
