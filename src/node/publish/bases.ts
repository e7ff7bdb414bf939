import { compareSeen } from '../../document/store.ts'
import { MAX_INDEXED_DELTAS } from '../../keeper/lists-index.ts'
import { copyBytes } from '../../lib/checks.ts'
import { isOurs } from '../../lib/errors.ts'
import { loadRevocationList } from '../../revocation/load.ts'
import { makeDelta } from '../../revocation/make-delta.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { hashOfFile } from './site-files.ts'

/** A list, as it came and as it was read. */
export interface OpenedList<List> {
  readonly bytes: Uint8Array
  readonly list: List
}

/** An older list that verifiers may still have, and what leads from it to the newest, where that is worth its bytes. */
export interface Base extends OpenedList<RevocationList> {
  readonly delta: Uint8Array | undefined
}

/** The lists before the newest that have not expired, the newest first: 64 at most. Others are passed over. */
export function basesOf(
  older: readonly Uint8Array[],
  newest: OpenedList<RevocationList>,
  { trustList, now }: { readonly trustList: TrustList; readonly now: Date },
): Base[] {
  const bases = new Map<string, OpenedList<RevocationList>>()
  for (const bytes of older) {
    const loaded = loadRevocationList(bytes, { trustList })
    if (!loaded.ok || loaded.revocationList.expires <= now) continue
    if (compareSeen(loaded.revocationList, newest.list) < 0)
      bases.set(hashOfFile(bytes), { bytes: copyBytes('before', bytes), list: loaded.revocationList })
  }
  return [...bases.values()]
    .sort((a, b) => compareSeen(b.list, a.list))
    .slice(0, MAX_INDEXED_DELTAS)
    .map((base) => ({ ...base, delta: worthyDelta(base.bytes, newest.bytes) }))
}

/** Less than half of the list; undefined for a longer one, and where no delta can lead from one to the other. */
function worthyDelta(from: Uint8Array, to: Uint8Array): Uint8Array | undefined {
  try {
    const delta = makeDelta(from, to)
    return delta.length * 2 < to.length ? delta : undefined
  } catch (error) {
    if (isOurs(error, 'revocation_permanent') || isOurs(error, 'bad_document')) return undefined
    throw error
  }
}
