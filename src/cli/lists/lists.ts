import { join } from 'node:path'
import type { Refused } from '../../document/refusal.ts'
import type { SequenceStore } from '../../document/store.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { fileStore } from '../../node/stores/file-store.ts'
import { loadRevocationList } from '../../revocation/load.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import { loadTrustList } from '../../trust/load.ts'
import type { VersionedRoots } from '../../trust/roots.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { withSlice } from '../../verify/with-slice.ts'
import type { Config } from '../project/config.ts'
import { newestList, ownState, shown } from '../project/files.ts'
import { publicKeyOf } from '../project/keys.ts'
import { openListFile } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** The project's newest lists, verified: what its runs and its checks go by. */

/** The root keys that the project pins. */
export const pinnedRoots = (context: Context, { roots }: Config): VersionedRoots => ({
  version: roots.version,
  threshold: roots.threshold,
  keys: roots.keys.map((name) => publicKeyOf(context, name)),
})

/** What this project has seen, so that an older list in its folder is noticed. */
export const storeOf = (context: Context): SequenceStore => fileStore(join(ownState(context), 'seen'))

/** @throws Failure `no_trust_list`, `slice_missing`, `slice_wrong`, or `refused` with the reason */
export function trustListAtHand(context: Context, config: Config, given?: string): TrustList {
  const { words } = context
  const file = given === undefined ? newestList(context, 'trust') : context.path(given)
  if (file === undefined) throw new Failure('no_trust_list', words.noTrust, words.noTrustHow)
  const roots = pinnedRoots(context, config)
  const { authority } = config
  const { document, slices } = openListFile(context, file)
  const loaded = loadTrustList(document, {
    authority,
    roots,
    engine: nativeEngine,
    store: storeOf(context),
  })
  if (loaded.ok) return wholeList(context, file, loaded.trustList, slices)
  throw refused(context, file, loaded)
}

/** The newest revocation list; undefined where there is none yet. @throws Failure as `trustListAtHand` does */
export function revocationListAtHand(
  context: Context,
  trustList: TrustList,
  given?: string,
): RevocationList | undefined {
  const file = given === undefined ? newestList(context, 'revocation') : context.path(given)
  if (file === undefined) return undefined
  const { document, slices } = openListFile(context, file)
  const loaded = loadRevocationList(document, { trustList, store: storeOf(context) })
  if (loaded.ok) return wholeList(context, file, loaded.revocationList, slices)
  throw refused(context, file, loaded)
}

/** The list with all its slices. @throws Failure `refused` */
export function wholeList<List extends TrustList | RevocationList>(
  context: Context,
  file: string,
  list: List,
  slices: readonly Uint8Array[],
): List {
  if (slices.length === 0) return list
  const grown = withSlice(list, slices)
  if (grown.ok) return grown.list
  throw refused(context, file, grown)
}

export function refused(context: Context, file: string, { reason, detail = '' }: Refused): Failure {
  const { words } = context
  return new Failure('refused', words.refused(shown(context, file), reason, detail), words.refusedHow)
}
