import { signDocument } from '../../document/sign.ts'
import { toHex } from '../../lib/bytes.ts'
import { describeTrustList, type RootsDescription, type TrustListDescription } from '../../trust/describe.ts'
import type { VersionedRoots } from '../../trust/roots.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { clockDoubt } from '../lists/clock.ts'
import { pinnedRoots, trustListAtHand } from '../lists/lists.ts'
import { nextLine, publish } from '../lists/publish.ts'
import { tellChanges } from '../lists/trust-changes.ts'
import { type Config, checkKeyName } from '../project/config.ts'
import { newestBytes, readGiven } from '../project/files.ts'
import { publicKeyOf, signerOf } from '../project/keys.ts'
import { rewriteDraft } from '../project/output.ts'
import { withLists } from '../project/project-lock.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

/** Adds a signature to a draft once it was shown what that changes, and publishes the draft when it has enough. */
export const trustSignCommand = (
  context: Context,
  given: string,
  { key }: { readonly key: string },
): Promise<ExitCode> => withLists(context, (config) => signDraft(context, config, given, key))

async function signDraft(context: Context, config: Config, given: string, key: string): Promise<ExitCode> {
  const { words } = context
  const draft = readGiven(context, given)
  const newest = newestBytes(context, 'trust')
  const before = newest && trustListAtHand(context, config)
  const roots = rootsInForce(context, config, before)
  const list = describeDraft(context, given, draft, roots)
  checkDraft(context, config, given, list, roots, before)
  const publicKey = toHex(publicKeyOf(context, checkKeyName('key', key)))
  if (![list.roots, list.givenRoots].some((each) => isIn(each, publicKey)))
    throw new Failure(
      'no_root',
      words.changes.noRoot(key, given),
      words.changes.noRootHow(config.roots.keys.join(', ')),
    )
  const doubt = clockDoubt(context, new Date(list.issued))
  const told = await tellChanges(context, newest, draft, {
    always: true,
    more: doubt === undefined ? [] : [doubt],
  })
  const document = await signDocument(draft, await signerOf(context, config, key))
  const signed = describeDraft(context, given, document, roots)
  const missing = [signed.roots, signed.givenRoots!].find((each) => each.signed < each.threshold)
  if (missing === undefined) {
    publish(context, config, document, told, words.changes.carryBack)
    return EXIT.valid
  }
  rewriteDraft(context, given, document)
  const lines = [
    words.trustDraft(given, missing.signed, missing.threshold),
    nextLine(context, words.trustDraftHow(given)),
  ]
  const { signed: count, threshold } = missing
  context.report({ draft: given, signed: count, threshold, changes: told.changes }, lines.join('\n'))
  return EXIT.indeterminate
}

const isIn = (roots: RootsDescription | undefined, publicKey: string): boolean =>
  roots?.keys.some((each) => each.publicKey === publicKey) ?? false

/** Those that the newest list at hand left, or the project's own. */
function rootsInForce(context: Context, config: Config, before: TrustList | undefined): VersionedRoots {
  if (before === undefined) return pinnedRoots(context, config)
  const { version, threshold, keys } = before.roots
  return { version, threshold, keys: keys.map(({ publicKey }) => publicKey) }
}

/** @throws Failure `refused` for anything but a draft of one trust list */
function describeDraft(
  { words }: Context,
  given: string,
  bytes: Uint8Array,
  roots: VersionedRoots,
): TrustListDescription {
  const described = describeTrustList(bytes, { roots })
  if (!described.ok)
    throw new Failure(
      'refused',
      words.refused(given, described.reason, described.detail ?? ''),
      words.draftHow,
    )
  if (described.lists.length > 1) throw new Failure('refused', words.changes.manyLists(given), words.draftHow)
  return described.lists[0]!
}

/** @throws Failure `refused` for a draft that this project's verifiers would never take, however many sign it */
function checkDraft(
  { words }: Context,
  { authority }: Config,
  given: string,
  list: TrustListDescription,
  roots: VersionedRoots,
  before: TrustList | undefined,
): void {
  const { changes } = words
  const refuse = (message: string, how: string) => {
    throw new Failure('refused', message, how)
  }
  if (list.authority !== authority)
    refuse(changes.otherAuthority(given, list.authority, authority), changes.otherAuthorityHow)
  if (before !== undefined && list.sequence <= before.sequence)
    refuse(changes.oldDraft(given, list.sequence, before.sequence), changes.oldDraftHow)
  if (list.fault)
    refuse(words.refused(given, list.fault.reason, list.fault.detail ?? ''), changes.oldDraftHow)
  if (!follows(list, roots))
    refuse(changes.otherRoots(given, list.roots.version, roots.version), changes.otherRootsHow)
}

/** True for the roots in force, and for those of the next version. */
function follows({ roots, givenRoots }: TrustListDescription, { version }: VersionedRoots): boolean {
  if (roots.version === version + 1) return true
  const isSame =
    roots.threshold === givenRoots!.threshold &&
    roots.keys.length === givenRoots!.keys.length &&
    roots.keys.every(({ publicKey }) => isIn(givenRoots, publicKey))
  return roots.version === version && isSame
}
