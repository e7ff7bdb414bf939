import { orRefused, type Refused } from '../document/refusal.ts'
import { MAX_SLICE_LENGTH } from '../document/slices.ts'
import { kindOf } from '../lib/arguments.ts'
import { copyBounded } from '../lib/checks.ts'
import { growRevocationList } from '../revocation/grow.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import { growTrustList } from '../trust/grow.ts'
import type { TrustList } from '../trust/trust-list.ts'

export type LoadedSlice<List> = { readonly ok: true; readonly list: List } | Refused

const aLoadedList = /* @__PURE__ */ kindOf('a loaded list', (value) => !!Object(value).missingSlices)

/**
 * Adds slices to a list that was loaded (docs/spec/slices.md). They may come from anywhere: the list names the length and
 * the hash of each. One that is loaded already changes nothing.
 * @param list a trust list or a revocation list. It stays as it is
 * @param slices a slice's file, at most 256 KiB, or an array of such files in any order: many at once take less time than
 * one after the other
 * @returns a new list, to make a verifier of; or the reason why one of the slices is refused: `wrong_slice` for bytes that
 * the list does not name, and all those of loading the list
 * @throws ArgumentTypeError for anything but a loaded list and bytes
 * @example
 * ```ts
 * import { loadTrustList, withSlice } from 'veristamp/verify'
 *
 * const loaded = loadTrustList(slicedListFile, { authority, roots })
 * if (!loaded.ok) throw new Error(loaded.reason)
 * loaded.trustList.missingSlices.length // → 1
 * const grown = withSlice(loaded.trustList, sliceFile)
 * if (!grown.ok) throw new Error(grown.reason)
 * grown.list.missingSlices.length // → 0
 * ```
 */
export function withSlice<List extends TrustList | RevocationList>(
  list: List,
  slices: Uint8Array | readonly Uint8Array[],
): LoadedSlice<List> {
  aLoadedList('list', list)
  const files = [slices].flat() as readonly Uint8Array[]
  const own = files.map((file) => copyBounded('slices', file, MAX_SLICE_LENGTH))
  const grow = 'ofKey' in list ? growRevocationList : growTrustList
  return orRefused(() => ({ ok: true, list: grow(list as never, own) as List }))
}
