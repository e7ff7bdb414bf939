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
import type { Config } from '../project/config.ts'
import { newestList, ownState, readGiven, shown } from '../project/files.ts'
import { publicKeyOf } from '../project/keys.ts'
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

/** @throws Failure `no_trust_list`, or `refused` with the reason */
export function trustListAtHand(context: Context, config: Config, given?: string): TrustList {
  const { words } = context
  const file = given === undefined ? newestList(context, 'trust') : context.path(given)
  if (file === undefined) throw new Failure('no_trust_list', words.noTrust, words.noTrustHow)
  const roots = pinnedRoots(context, config)
  const { authority } = config
  const loaded = loadTrustList(readGiven(context, file), {
    authority,
    roots,
    engine: nativeEngine,
    store: storeOf(context),
  })
  if (loaded.ok) return loaded.trustList
  throw refused(context, file, loaded)
}

/** The newest revocation list; undefined where there is none yet. @throws Failure `refused` */
export function revocationListAtHand(
  context: Context,
  trustList: TrustList,
  given?: string,
): RevocationList | undefined {
  const file = given === undefined ? newestList(context, 'revocation') : context.path(given)
  if (file === undefined) return undefined
  const loaded = loadRevocationList(readGiven(context, file), { trustList, store: storeOf(context) })
  if (loaded.ok) return loaded.revocationList
  throw refused(context, file, loaded)
}

function refused(context: Context, file: string, { reason, detail = '' }: Refused): Failure {
  const { words } = context
  return new Failure('refused', words.refused(shown(context, file), reason, detail), words.refusedHow)
}
