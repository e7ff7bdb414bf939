import type { Refused } from '../../document/refusal.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { loadRevocationList } from '../../revocation/load.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import { loadTrustList } from '../../trust/load.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { openListFile } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { type GivenPins, readPins } from './drafts.ts'
import { wholeList } from './lists.ts'

/** The lists of one authority, as whoever checks its stamps has them. */
export interface ListSet {
  readonly trustList: TrustList
  readonly revocationList?: RevocationList | undefined
}

export interface PinnedFiles {
  readonly pins: readonly string[]
  readonly trust: readonly string[]
  readonly revocation: readonly string[]
}

/**
 * Lists without a project: of each authority whose pins are given, its trust list and its revocation list, whatever the
 * order of the files.
 * @throws Failure `bad_pins`; `refused` for a file that no pins accept; `no_trust_list` for pins without a list;
 *   `misuse` for two lists of one kind and authority
 */
export function pinnedLists(context: Context, { pins, trust, revocation }: PinnedFiles): ListSet[] {
  const { words } = context
  const authorities = pins.map((file) => readPins(context, file))
  const trustLists = trust.map((file) => trustListUnder(context, authorities, file))
  for (const { authority } of authorities)
    if (!trustLists.some((list) => list.authority === authority))
      throw new Failure('no_trust_list', words.pinned.noTrust(authority), words.pinned.noTrustHow)
  checkOneEach(context, trustLists)
  const revocationLists = revocation.map((file) => revocationListUnder(context, trustLists, file))
  checkOneEach(context, revocationLists)
  return trustLists.map((trustList) => ({
    trustList,
    revocationList: revocationLists.find(({ authority }) => authority === trustList.authority),
  }))
}

function trustListUnder(context: Context, pins: readonly GivenPins[], file: string): TrustList {
  const { document, slices } = openListFile(context, file)
  const refusals: Refused[] = []
  for (const { authority, roots } of pins) {
    const loaded = loadTrustList(document, { authority, roots, engine: nativeEngine })
    if (loaded.ok) return wholeList(context, file, loaded.trustList, slices)
    refusals.push(loaded)
  }
  throw underNone(context, file, refusals)
}

function revocationListUnder(
  context: Context,
  trustLists: readonly TrustList[],
  file: string,
): RevocationList {
  const { document, slices } = openListFile(context, file)
  const refusals: Refused[] = []
  for (const trustList of trustLists) {
    const loaded = loadRevocationList(document, { trustList })
    if (loaded.ok) return wholeList(context, file, loaded.revocationList, slices)
    refusals.push(loaded)
  }
  throw underNone(context, file, refusals)
}

/** Of one authority the reason says most; of several nobody knows which of them the file says that it is of. */
function underNone({ words }: Context, file: string, refusals: readonly Refused[]): Failure {
  const [first, ...others] = refusals
  const why =
    others.length === 0 ? words.refused(file, first!.reason, first!.detail ?? '') : words.pinned.ofNone(file)
  return new Failure('refused', why, words.pinned.refusedHow)
}

function checkOneEach({ words }: Context, lists: readonly (TrustList | RevocationList)[]): void {
  const twice = lists.find(
    ({ authority }, i) => lists.findIndex((other) => other.authority === authority) < i,
  )
  if (twice !== undefined) throw new Failure('misuse', words.pinned.twice(twice.authority))
}
