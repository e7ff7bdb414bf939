import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { decodeEnvelope } from '../../document/envelope.ts'
import { mergeSignatures } from '../../document/sign.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import type { TrustListDescription } from '../../trust/describe.ts'
import { holdBackNew } from '../desk/start-at-zero.ts'
import { clockDoubt } from '../lists/clock.ts'
import {
  checkDraft,
  type DraftStanding,
  describeDraft,
  draftStanding,
  pinnedStanding,
} from '../lists/drafts.ts'
import { keepDraft, nextLine, publish } from '../lists/publish.ts'
import { missingOf, rootsAtHand, signWith } from '../lists/root-keys.ts'
import { signaturesText } from '../lists/signatures-text.ts'
import { besideLines } from '../lists/slicing.ts'
import { checkNoneDies } from '../lists/stamps-at-stake.ts'
import { tellChanges } from '../lists/trust-changes.ts'
import { checkKeyName } from '../project/key-config.ts'
import { publicKeyOf } from '../project/keys.ts'
import { openListFile } from '../project/list-files.ts'
import { rewriteDraft } from '../project/output.ts'
import { withLists } from '../project/project-lock.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface SignOptions {
  /** The root key that signs: all that are at hand by default. */
  readonly key?: string | undefined
  /** The authority and its root keys, for a folder that is no project. */
  readonly pins?: string | undefined
  /** The list before, for the same. */
  readonly before?: string | undefined
}

/** Adds signatures to a draft once it was shown what that changes, and publishes the draft when it has enough. */
export async function trustSignCommand(
  context: Context,
  given: string,
  options: SignOptions,
): Promise<ExitCode> {
  const { words } = context
  if (options.pins !== undefined)
    return signDraft(context, pinnedStanding(context, options.pins, options.before), given, options)
  if (options.before !== undefined)
    throw new Failure('misuse', words.ceremony.beforeNeedsPins, words.ceremony.beforeNeedsPinsHow)
  return withLists(context, (config) => signDraft(context, draftStanding(context, config), given, options))
}

async function signDraft(
  context: Context,
  standing: DraftStanding,
  given: string,
  { key }: SignOptions,
): Promise<ExitCode> {
  const { words } = context
  const { fingerprint } = standing
  const draft = openListFile(context, given)
  const list = describeDraft(context, given, draft, standing.roots)
  checkDraft(context, standing, given, list)
  const names = signersOf(context, standing, given, list, key)
  const doubt = clockDoubt(context, new Date(list.issued))
  if (standing.newest !== undefined) checkNoneDies(context, standing.newest, draft)
  const told = await tellChanges(context, standing.newest, draft, {
    always: true,
    first: [
      ...(fingerprint === undefined ? [] : [words.ceremony.pins(fingerprint)]),
      words.ceremony.digest(list.digest.match(/.{8}/g)!.join(' ')),
    ],
    more: doubt === undefined ? [] : [doubt],
  })
  const { slices } = draft
  const document = await signWith(context, standing, draft.document, names)
  const files = { document, slices }
  const signed = describeDraft(context, given, files, standing.roots)
  const missing = missingOf(signed)
  if (missing === undefined && standing.config !== undefined) {
    publish(context, standing.config, files, told, words.changes.carryBack)
    await holdBackNew(context, standing.config)
    return EXIT.valid
  }
  rewriteDraft(context, given, document)
  if (missing === undefined) {
    context.report(
      { draft: given, complete: true, changes: told.changes },
      `${words.ceremony.complete(given)}\n${nextLine(context, words.ceremony.carryDraftBack(given))}`,
    )
    return EXIT.valid
  }
  const { signed: count, threshold } = missing
  const lines = [
    words.trustDraft(given, count, threshold, signaturesText(context, signed)),
    ...besideLines(context, slices),
    nextLine(context, words.ceremony.carryOn(given)),
  ]
  context.report({ draft: given, signed: count, threshold, changes: told.changes }, lines.join('\n'))
  return EXIT.indeterminate
}

/** The key that is named, or all root keys at hand, old and new. @throws Failure `no_root` */
function signersOf(
  context: Context,
  standing: DraftStanding,
  given: string,
  { roots, givenRoots }: TrustListDescription,
  key: string | undefined,
): string[] {
  const { words } = context
  const keys = [roots, givenRoots].flatMap((each) => each?.keys ?? []).map(({ publicKey }) => publicKey)
  const all = { version: 1, threshold: 1, keys: keys.map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))) }
  const atHand = rootsAtHand(context, standing, all)
  if (key === undefined) {
    if (atHand.length > 0) return atHand
    throw new Failure('no_root', words.ceremony.noneAtHand(given), words.ceremony.noneAtHandHow)
  }
  if (keys.includes(toHex(publicKeyOf(context, checkKeyName('key', key))))) return [key]
  const names = standing.config?.roots.keys ?? atHand
  throw new Failure('no_root', words.changes.noRoot(key, given), words.changes.noRootHow(names.join(', ')))
}

/** Puts the signatures of several copies of a draft together, and publishes it when it has enough. */
export const trustMergeCommand = (context: Context, files: readonly string[]): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const { words } = context
    const standing = draftStanding(context, config)
    const copies = files.map((file) => {
      const copy = openListFile(context, file)
      const list = describeDraft(context, file, copy, standing.roots)
      checkDraft(context, standing, file, list)
      return { ...copy, list }
    })
    const [{ slices, list, ...first }] = copies as [(typeof copies)[0]]
    const own = ownDraft(context, first.document, list.sequence)
    const document = [...own, ...copies.map((copy) => copy.document)].reduce(mergeSignatures)
    const draft = { document, slices }
    if (standing.newest !== undefined) checkNoneDies(context, standing.newest, draft)
    const told = await tellChanges(context, standing.newest, draft)
    const merged = describeDraft(context, files[0]!, draft, standing.roots)
    const missing = missingOf(merged)
    const who = signaturesText(context, merged)
    if (missing !== undefined) return keepDraft(context, draft, { ...missing, who }, told, true)
    publish(context, config, draft, told, words.changes.carryOut)
    await holdBackNew(context, config)
    return EXIT.valid
  })

/** The draft that is here, where it says the same: its signatures stay. */
function ownDraft({ folder }: Context, copy: Uint8Array, sequence: number): Uint8Array[] {
  const file = join(folder, 'lists', `trust-${sequence}.draft.cbor`)
  const bytes = existsSync(file) ? readBoundedFile(file, 2 ** 22) : undefined
  const isSame = bytes !== undefined && equalBytes(decodeEnvelope(bytes).body, decodeEnvelope(copy).body)
  return isSame ? [bytes] : []
}
