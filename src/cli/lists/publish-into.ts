import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isOurs } from '../../lib/errors.ts'
import {
  type PublishedLists,
  type PublishListsOptions,
  publishLists,
} from '../../node/publish/publish-lists.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { readGiven } from '../project/files.ts'
import { newestFiles } from '../project/list-files.ts'
import { ownedPart } from '../project/property.ts'
import { leadsTo, stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { pinnedRoots, revocationListAtHand, trustListAtHand } from './lists.ts'

/** Publishes the project's newest lists into a folder. @throws Failure where there are none, or newer ones stand there */
export function publishInto(
  context: Context,
  config: Config,
  folder: string,
): { readonly published: PublishedLists; readonly trustList: TrustList } {
  const { words } = context
  const trustList = trustListAtHand(context, config)
  const revocationList = trustList.revocationKey && revocationListAtHand(context, trustList)
  const trust = newestFiles(context, 'trust')!
  const revocation = revocationList && newestFiles(context, 'revocation')
  if (trustList.revocationKey !== undefined && revocationList === undefined)
    throw new Failure('no_revocation_list', words.publishing.noList, words.listHow)
  const published = publishOr(context, folder, {
    pins: { authority: config.authority, roots: pinnedRoots(context, config) },
    trustList: trust.document,
    revocationList: revocation?.document,
    slices: [...trust.slices, ...(revocation?.slices ?? [])],
    before: earlierLists(context),
    now: context.io.now(),
  })
  return { published, trustList }
}

/** A folder to write for a web server. @throws Failure `owned` or `not_a_folder` */
export function checkFolder(context: Context, given: string): void {
  const { words } = context
  const folder = leadsTo(context.path(given))
  const owned = ownedPart(context.folder, folder)
  if (owned !== undefined) throw new Failure('owned', words.owned(given, owned), words.publishing.folderHow)
  const state = stateOf(folder)
  if (state === undefined || state.isDirectory()) return
  throw new Failure('not_a_folder', words.publishing.notAFolder(given), words.publishing.folderHow)
}

/** All revocation lists that the project has signed: verifiers may have any of them. */
function earlierLists(context: Context): Uint8Array[] {
  const folder = join(context.folder, 'lists')
  const names = readdirSync(folder).filter((name) => /^revocation-\d+\.cbor$/.test(name))
  return names.map((name) => readGiven(context, join(folder, name)))
}

/** @throws Failure `published_newer`, `other_index` or `revocation_hidden` */
function publishOr(context: Context, given: string, options: PublishListsOptions): PublishedLists {
  const { publishing, errors, slices } = context.words
  try {
    return publishLists(context.path(given), options)
  } catch (error) {
    const details = isOurs(error, 'bad_document') ? error.details : undefined
    if (details?.fault === 'revocation_hidden')
      throw new Failure('revocation_hidden', errors.bad_document(details), slices.hiddenHow)
    if (details?.fault !== 'refused') throw error
    if (details.document === 'document')
      throw new Failure('other_index', publishing.otherIndex(given), publishing.folderHow)
    throw new Failure('published_newer', publishing.newerThere(given), publishing.newerThereHow)
  }
}
