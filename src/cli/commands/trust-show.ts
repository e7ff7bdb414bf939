import { join } from 'node:path'
import { nativeEngine } from '../../node/native-engine.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import type { VersionedRoots } from '../../trust/roots.ts'
import { pinnedStanding } from '../lists/drafts.ts'
import { pinnedRoots } from '../lists/lists.ts'
import { changeLines } from '../lists/trust-changes.ts'
import { trustText } from '../lists/trust-text.ts'
import { CONFIG_FILE, readConfig } from '../project/config.ts'
import { newestList } from '../project/files.ts'
import { openListFile } from '../project/list-files.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

/** Says what a list, a chain or a draft says: in words, or as JSON with `--json`. */
export function trustShowCommand(
  context: Context,
  given: string | undefined,
  { pins }: { readonly pins?: string | undefined } = {},
): ExitCode {
  const { words } = context
  const file = given ?? newestFile(context)
  const roots =
    pins === undefined ? rootsHere(context, given) : pinnedStanding(context, pins, undefined).roots
  const { document, slices } = openListFile(context, file)
  const described = describeTrustList(document, { roots, slices, engine: nativeEngine })
  context.report(
    described,
    described.ok
      ? trustText(context, described)
      : words.refused(file, described.reason, described.detail ?? ''),
  )
  if (!described.ok) return EXIT.invalid
  return described.loads?.ok === false ? EXIT.invalid : EXIT.valid
}

/** Those of the project. A keeper's folder is none, and shows what a draft says all the same. */
const rootsHere = (context: Context, given: string | undefined): VersionedRoots | undefined =>
  given !== undefined && stateOf(join(context.folder, CONFIG_FILE)) === undefined
    ? undefined
    : pinnedRoots(context, readConfig(context))

/** Says in words what one list changes compared with another: with the newest one here by default. */
export function trustDiffCommand(context: Context, given: string, other: string | undefined): ExitCode {
  const [before, after] = other === undefined ? [newestFile(context), given] : [given, other]
  const changes = compareTrustLists(openListFile(context, before), openListFile(context, after))
  context.report(changes, changeLines(context, changes).join('\n'))
  return EXIT.valid
}

function newestFile(context: Context): string {
  const { words } = context
  const file = newestList(context, 'trust')
  if (file === undefined) throw new Failure('no_trust_list', words.noTrust, words.noTrustHow)
  return file
}
