import { compareTrustLists } from '../../trust/difference.ts'
import { encodePins, fingerprintOf, type Pins } from '../../trust/pins.ts'
import { reviseTrustContent } from '../../trust/revise.ts'
import { holdBackNew } from '../desk/start-at-zero.ts'
import { checkClock } from '../lists/clock.ts'
import { pinnedRoots, trustListAtHand } from '../lists/lists.ts'
import { daysAfter, draftNextTrust } from '../lists/next-trust.ts'
import { writePinsCode } from '../lists/pins-code.ts'
import { signAndPublish } from '../lists/publish.ts'
import { cutTrust, keepChoice, withChoice } from '../lists/slicing.ts'
import { changeLines, tellChanges } from '../lists/trust-changes.ts'
import { readConfig } from '../project/config.ts'
import { checkKeyName } from '../project/key-config.ts'
import { publicKeyOf } from '../project/keys.ts'
import { newestFiles } from '../project/list-files.ts'
import { openOutput } from '../project/output.ts'
import { withLists } from '../project/project-lock.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

/** The next trust list: drafted from the project, signed by the root keys that are at hand. */
export const trustBuildCommand = (
  context: Context,
  { font, slices }: { readonly font?: string | undefined; readonly slices?: boolean | undefined },
): Promise<ExitCode> =>
  withLists(context, async (before) => {
    const config = withChoice(before, slices)
    const { newest, draft } = await draftNextTrust(context, config, font)
    const told = newest ? await tellChanges(context, newest, draft) : { lines: [] }
    keepChoice(context, before, config)
    const exit = await signAndPublish(context, config, draft, told)
    await holdBackNew(context, config)
    return exit
  })

export interface RotateOptions {
  readonly keys: readonly string[]
  /** That of the roots before, by default. */
  readonly threshold?: number | undefined
}

/**
 * Replaces the root keys. Enough of the old and enough of the new ones must sign, here or where they are: whichever are at
 * hand sign now, and the rest is a draft to be carried.
 */
export const trustRotateCommand = (
  context: Context,
  { keys, threshold: asked }: RotateOptions,
): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const before = trustListAtHand(context, config)
    const issued = context.io.now()
    await checkClock(context, issued)
    const names = keys.map((name) => checkKeyName('keys', name))
    const threshold = await thresholdOf(context, before.roots.threshold, names.length, asked)
    const roots = { threshold, keys: names.map((name) => publicKeyOf(context, name)) }
    const expires = daysAfter(issued, config.days.trust)
    const draft = cutTrust(config, reviseTrustContent(before, { issued, expires, roots }))
    const changes = compareTrustLists(newestFiles(context, 'trust'), draft)
    return signAndPublish(context, config, draft, { changes, lines: changeLines(context, changes) })
  })

/**
 * As many as before, where nothing else is asked for; fewer only when people say so.
 * @throws Failure `argument_range`, `unconfirmed` or `declined`
 */
async function thresholdOf(
  context: Context,
  before: number,
  keys: number,
  asked: number | undefined,
): Promise<number> {
  const { ceremony } = context.words
  const threshold = asked ?? before
  if (asked === undefined && threshold > keys)
    throw new Failure('argument_range', ceremony.fewKeys(keys, threshold), ceremony.fewKeysHow(keys))
  // None at all is no choice to confirm: the draft refuses it.
  if (threshold > 0 && threshold < before) await confirm(context, ceremony.lowers(threshold, before))
  return threshold
}

export interface PinsOptions {
  readonly output?: string | undefined
  /** What the device calls itself in scan logs. */
  readonly place?: string | undefined
  /** Where the lists are published. */
  readonly lists?: string | undefined
  /** Where a picture of the pins goes, as a QR code. */
  readonly qr?: string | undefined
}

/** What a verifier is set up with, once, by hand: the authority and its root keys. */
export async function trustPinsCommand(
  context: Context,
  { output, place, lists, qr }: PinsOptions,
): Promise<ExitCode> {
  const config = readConfig(context)
  const pins: Pins = { authority: config.authority, roots: pinnedRoots(context, config), lists, place }
  const text = encodePins(pins)
  if (qr !== undefined) await writePinsCode(context, qr, pins)
  if (output === undefined && qr !== undefined) return EXIT.valid
  if (output === undefined) context.report(JSON.parse(text), text.trimEnd())
  else {
    const file = openOutput(context, output)
    await file.write([Buffer.from(text)])
    const fingerprint = fingerprintOf(pins)
    file.report(
      { pins: output, fingerprint },
      // Beside a code it was said already.
      qr === undefined
        ? `${context.words.wrote(output)}\n${context.words.fingerprint(fingerprint)}`
        : context.words.wrote(output),
    )
  }
  return EXIT.valid
}
