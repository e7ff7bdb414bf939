import type { ListFiles } from '../../document/named-slices.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { describeTrustList, type RootsDescription, type TrustListDescription } from '../../trust/describe.ts'
import { loadTrustList } from '../../trust/load.ts'
import { decodePins, fingerprintOf, MAX_PINS_LENGTH } from '../../trust/pins.ts'
import type { VersionedRoots } from '../../trust/roots.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { readGiven } from '../project/files.ts'
import { newestFiles, openListFile } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { pinnedRoots, trustListAtHand, wholeList } from './lists.ts'
import { rootsOfList } from './root-keys.ts'

/** Whether a draft is one that these hands should sign: asked in a project, or of pins that were carried. */
export interface DraftStanding extends Pick<Config, 'commands'> {
  readonly authority: string
  /** Those in force. */
  readonly roots: VersionedRoots
  /** The list before, its files and loaded. */
  readonly newest: ListFiles | undefined
  readonly before: TrustList | undefined
  /** Of the pins that were carried here. */
  readonly fingerprint?: string | undefined
  /** Absent in a folder that is no project. */
  readonly config?: Config | undefined
}

export function draftStanding(context: Context, config: Config): DraftStanding {
  const newest = newestFiles(context, 'trust')
  const before = newest && trustListAtHand(context, config)
  const roots = before === undefined ? pinnedRoots(context, config) : rootsOfList(before)
  const { authority, commands } = config
  return { authority, commands, roots, newest, before, config }
}

export interface GivenPins {
  readonly authority: string
  readonly roots: VersionedRoots
}

/** @throws Failure `bad_pins` */
export function readPins(context: Context, file: string): GivenPins {
  const { words } = context
  const decoded = decodePins(new TextDecoder().decode(readGiven(context, file, 4 * MAX_PINS_LENGTH)))
  if (decoded.ok) return decoded.pins
  throw new Failure('bad_pins', words.ceremony.badPins(file, decoded.reason), words.ceremony.badPinsHow)
}

/** @throws Failure `bad_pins`, or `refused` for a list before that these pins don't accept */
export function pinnedStanding(context: Context, file: string, given: string | undefined): DraftStanding {
  const { words } = context
  const pins = readPins(context, file)
  const { authority, roots } = pins
  const fingerprint = fingerprintOf(pins)
  if (given === undefined)
    return { authority, roots, commands: {}, newest: undefined, before: undefined, fingerprint }
  const newest = openListFile(context, given)
  const loaded = loadTrustList(newest.document, { authority, roots, engine: nativeEngine })
  if (!loaded.ok)
    throw new Failure('refused', words.refused(given, loaded.reason, loaded.detail ?? ''), words.refusedHow)
  const before = wholeList(context, given, loaded.trustList, newest.slices)
  return { authority, commands: {}, roots: rootsOfList(before), newest, before, fingerprint }
}

/** @throws Failure `refused` for anything but a draft of one trust list */
export function describeDraft(
  { words }: Context,
  given: string,
  { document, slices }: ListFiles,
  roots: VersionedRoots,
): TrustListDescription {
  const described = describeTrustList(document, { roots, slices, engine: nativeEngine })
  if (!described.ok)
    throw new Failure(
      'refused',
      words.refused(given, described.reason, described.detail ?? ''),
      words.draftHow,
    )
  if (described.lists.length > 1) throw new Failure('refused', words.changes.manyLists(given), words.draftHow)
  return described.lists[0]!
}

/** @throws Failure `refused` for a draft that this authority's verifiers would never take, however many sign it */
export function checkDraft(
  { words }: Context,
  { authority, roots, before }: DraftStanding,
  given: string,
  list: TrustListDescription,
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

const isIn = (roots: RootsDescription | undefined, publicKey: string): boolean =>
  roots?.keys.some((each) => each.publicKey === publicKey) ?? false

/** True for the roots in force, and for those of the next version. */
function follows({ roots, givenRoots }: TrustListDescription, { version }: VersionedRoots): boolean {
  if (roots.version === version + 1) return true
  const isSame =
    roots.threshold === givenRoots!.threshold &&
    roots.keys.length === givenRoots!.keys.length &&
    roots.keys.every(({ publicKey }) => isIn(givenRoots, publicKey))
  return roots.version === version && isSame
}
