import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ListFiles } from '../../document/named-slices.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { joinChain } from '../../trust/join-chain.ts'
import { loadTrustList } from '../../trust/load.ts'
import type { Config } from '../project/config.ts'
import { listFile, newestBytes, replaceOwn, shown, writeList } from '../project/files.ts'
import { isAtHand } from '../project/keys.ts'
import { keepSlices } from '../project/list-files.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { pinnedRoots, trustListAtHand, wholeList } from './lists.ts'
import {
  describeUnder,
  keepRoots,
  type MissingSignatures,
  missingOf,
  rootsAtHand,
  rootsOfList,
  signWith,
} from './root-keys.ts'
import { signaturesText } from './signatures-text.ts'
import { besideLines, recutLine } from './slicing.ts'
import type { ToldChanges } from './trust-changes.ts'

/** Signs a draft with the root keys that are at hand, old and new, and publishes it if these are enough. */
export async function signAndPublish(
  context: Context,
  config: Config,
  { document: draft, slices }: ListFiles,
  told: ToldChanges,
): Promise<ExitCode> {
  const { words } = context
  const isFirst = newestBytes(context, 'trust') === undefined
  const inForce = isFirst ? pinnedRoots(context, config) : rootsOfList(trustListAtHand(context, config))
  const { roots } = describeUnder(draft, inForce)
  const own = {
    ...roots,
    keys: roots.keys.map(({ publicKey }) => new Uint8Array(Buffer.from(publicKey, 'hex'))),
  }
  const document = await signWith(context, config, draft, rootsAtHand(context, config, inForce, own))
  const list = describeUnder(document, inForce)
  const missing = missingOf(list)
  const files = { document, slices }
  const who = signaturesText(context, list)
  if (missing !== undefined) return keepDraft(context, files, { ...missing, who }, told)
  const isPrinter = config.issuers.some(({ key }) => isAtHand(context, config, key))
  // A device counts once the kiosks have the list; of the first list nobody has anything to check yet.
  const isForKiosks = told.changes !== undefined && changesScanners(told.changes)
  const nextOf = isFirst && isPrinter ? () => words.issueHow : words.changes.carryOut
  publish(context, config, files, told, isForKiosks ? () => words.changes.publishIt : nextOf)
  return EXIT.valid
}

const changesScanners = ({ scanners, issuers }: NonNullable<ToldChanges['changes']>): boolean =>
  scanners.added.length + scanners.removed.length + scanners.changed.length > 0 && issuers.added.length === 0

/** A draft that waits for more signatures, with its slices beside it. @returns 3 */
export async function keepDraft(
  context: Context,
  { document, slices }: ListFiles,
  { signed, threshold, who }: MissingSignatures & { readonly who: string },
  told: ToldChanges,
  isMerged = false,
): Promise<ExitCode> {
  const { words } = context
  const file = join(context.folder, 'lists', `trust-${sequenceOf(document)}.draft.cbor`)
  const name = shown(context, file)
  if (!isMerged && isSigned(file)) await confirm(context, words.draftReplaced(name))
  keepSlices(context, slices)
  replaceOwn(context, file, document)
  const lines = [
    ...told.lines,
    words.trustDraft(name, signed, threshold, who),
    ...besideLines(context, slices),
    nextLine(context, words.trustDraftHow(name)),
  ]
  context.report({ draft: name, signed, threshold, ...changesOf(told) }, lines.join('\n'))
  return EXIT.indeterminate
}

/** True where signatures would go with a draft. */
function isSigned(file: string): boolean {
  if (!existsSync(file)) return false
  const described = describeTrustList(readBoundedFile(file, 2 ** 22) ?? new Uint8Array())
  return !described.ok || described.lists.some(({ roots }) => roots.signed > 0)
}

const changesOf = ({ changes }: ToldChanges): Pick<ToldChanges, 'changes'> => (changes ? { changes } : {})

export const nextLine = ({ words }: Context, next: string): string => `${words.next}: ${next}`

const sequenceOf = (document: Uint8Array): number =>
  describeUnder(document, { version: 1, threshold: 1, keys: [new Uint8Array(32)] }).sequence

/**
 * Gives a signed list its name, with the rotations that lead to it before it, and puts its slices beside it.
 * @throws Failure `refused` for one that no verifier would take, `exists`
 */
export function publish(
  context: Context,
  config: Config,
  { document, slices }: ListFiles,
  told: ToldChanges,
  nextOf: (file: string) => string,
): void {
  const { words } = context
  const before = newestBytes(context, 'trust')
  const chain = before === undefined ? document : joinChain(before, document)
  const sequence = sequenceOf(document)
  const file = listFile(context, 'trust', sequence)
  const name = shown(context, file)
  const { authority } = config
  const loaded = loadTrustList(chain, {
    authority,
    roots: pinnedRoots(context, config),
    engine: nativeEngine,
  })
  if (!loaded.ok)
    throw new Failure(
      'refused',
      words.refused(name, loaded.reason, loaded.detail ?? ''),
      words.changes.otherRootsHow,
    )
  wholeList(context, file, loaded.trustList, slices)
  keepSlices(context, slices)
  writeList(context, file, chain)
  // Read as a verifier reads it, and remembered as seen.
  const trustList = trustListAtHand(context, config)
  keepRoots(context, config, trustList)
  const lines = [
    ...told.lines,
    words.trustSigned(name, sequence),
    ...besideLines(context, slices),
    nextLine(context, recutLine(context, config, trustList) ?? nextOf(name)),
  ]
  context.report({ trustList: name, sequence, ...changesOf(told) }, lines.join('\n'))
}
