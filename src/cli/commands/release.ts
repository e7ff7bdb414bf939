import { sha256 } from '../../ed25519/sha2.ts'
import { isUri } from '../../gs1/facts.ts'
import { equalBytes, fromHex } from '../../lib/bytes.ts'
import { isTrouble } from '../../registry/kinds.ts'
import { runsOf, type SerialRange, serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'

import { glnIn, timeIn } from '../exports/cells.ts'
import { countOf, goodSerials } from '../lists/revocation-effect.ts'
import type { Config } from '../project/config.ts'
import { DEFAULT_OFFSET, dayAt } from '../project/desk-day.ts'
import { revocationContent } from '../project/list-files.ts'
import { withLists } from '../project/project-lock.ts'
import { parseSerials } from '../project/serial-text.ts'
import { findRun, usableRun } from '../runs/find-run.ts'
import {
  allReleases,
  heldSerials,
  noteRelease,
  noteUndo,
  type Release,
  releasesOf,
} from '../runs/releases.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface ReleaseOptions {
  /** A name, or a GLN. */
  readonly to?: string | undefined
  readonly gln?: string | undefined
  /** `5,10-20`: all that nobody got yet by default. */
  readonly serials?: string | undefined
  /** A day, or a day and a time: now by default. */
  readonly on?: string | undefined
  readonly document?: string | undefined
  /** Takes back the last release of the run, or the last one to `to`. */
  readonly undo?: boolean | undefined
}

/** Notes who got the stamps of a run: nothing twice, nothing revoked, and nothing above the watermark. */
export const releaseCommand = (context: Context, id: string, options: ReleaseOptions): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const { words } = context
    if (options.undo) return undoRelease(context, id, options)
    const { run } = usableRun(context, id)
    const releases = releasesOf(context)
    const whom = whomOf(context, options)
    const time = timeOf(context, config, options.on)
    const document = documentOf(context, options.document)
    const spans = spansOf(context, run, releases, options.serials)
    checkGood(context, run, spans)
    const count = spans.reduce((sum, { first, last }) => sum + (last - first + 1), 0)
    const told = serialsIn(spans)
    await confirm(context, words.records.releases(id, count, told, printable(whom.to), dayAt(context, time)))
    const own = unusedTime(time, whom.gln, allReleases(context))
    for (const { first, last } of spans) {
      const { facility, product } = run
      noteRelease(context, {
        run: id,
        facility,
        product,
        first,
        last,
        ...whom,
        time: own.toISOString(),
        document,
      })
    }
    context.report(
      { run: id, released: count, serials: told, ...whom, time: own.toISOString() },
      words.records.released(id, count, told, printable(whom.to)),
    )
    return EXIT.valid
  })

/** Takes back a release that was a mistake of the clerk: both stay on record. @throws Failure `misuse` or `not_released` */
async function undoRelease(context: Context, id: string, options: ReleaseOptions): Promise<ExitCode> {
  const { words, io } = context
  const { to, gln, serials, on, document } = options
  if ([gln, serials, on, document].some((each) => each !== undefined))
    throw new Failure('misuse', words.records.undoAlone, words.records.undoAloneHow)
  const run = findRun(context, id).id
  const whom = to === undefined ? undefined : whomOf(context, { to })
  const own = releasesOf(context).filter(
    (each) => each.run === run && (whom === undefined || each.to === whom.to || each.gln === to),
  )
  const last = own.at(-1)
  if (last === undefined)
    throw new Failure('not_released', words.records.nothingToUndo(id), words.records.nothingToUndoHow)
  const spans = own.filter((each) => each.time === last.time && each.gln === last.gln)
  const count = spans.reduce((sum, { first, last: end }) => sum + (end - first + 1), 0)
  const told = serialsIn(spans)
  const date = dayAt(context, last.time)
  await confirm(context, words.records.undoes(id, count, told, printable(last.to), date))
  noteUndo(context, last, io.now())
  context.report(
    { run: id, undone: count, serials: told, to: last.to, gln: last.gln, time: last.time },
    words.records.undone(id, count, told),
  )
  return EXIT.valid
}

const serialsIn = (spans: readonly SerialRange[]): string =>
  spans.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',')

/** A GLN in the place of a name is one too. @throws Failure `argument_range` */
function whomOf(
  { words }: Context,
  { to, gln }: Pick<ReleaseOptions, 'to' | 'gln'>,
): Pick<Release, 'to' | 'gln'> {
  if (to === undefined) throw new Failure('misuse', words.records.toWhom, words.records.badWhomHow)
  const name = to.trim().normalize('NFC')
  if (name === '' || name.length > 200 || /[\p{Cc}\p{Cf}]/u.test(name))
    throw new Failure('argument_range', words.records.badWhom, words.records.badWhomHow)
  const key = gln ?? (/^\d{13}$/.test(name) ? name : undefined)
  if (key === undefined) return { to: name }
  const read = glnIn(key)
  if (read === undefined || isTrouble(read))
    throw new Failure('argument_range', words.records.badGln(key), words.records.badGlnHow)
  return { to: name, gln: read }
}

function timeOf({ words, io }: Context, config: Config, text: string | undefined): Date {
  if (text === undefined) return new Date(Math.floor(io.now().getTime() / 1000) * 1000)
  const time = timeIn(config.epcis?.offset ?? DEFAULT_OFFSET)(text)
  if (time === undefined || time > io.now())
    throw new Failure('argument_range', words.records.badTime(text), words.records.badTimeHow)
  return time
}

function documentOf({ words }: Context, text: string | undefined): string | undefined {
  if (text === undefined || isUri(text)) return text
  throw new Failure('argument_range', words.records.badDocument(text), words.records.badDocumentHow)
}

/** The serials that are asked for, all of which are still here. @throws Failure `released` or `argument_range` */
function spansOf(
  context: Context,
  run: Reservation,
  releases: readonly Release[],
  text: string | undefined,
): SerialRange[] {
  const { words } = context
  const held = heldSerials(run, releases)
  const asked = text === undefined ? held : serialSetOf(parseSerials(context, text))
  const all = serialSetOf([{ first: run.first, last: run.last }])
  const [outside] = runsOf(subtractSet(asked, all))
  if (outside !== undefined)
    throw new Failure(
      'argument_range',
      words.records.notOfRun(run.id, outside.first, run.first, run.last),
      words.records.notOfRunHow,
    )
  const [gone] = runsOf(subtractSet(asked, held))
  const first = gone?.first ?? run.first
  const before = releases.find((each) => each.run === run.id && each.first <= first && first <= each.last)
  if (before !== undefined && (gone !== undefined || countOf(asked) === 0))
    throw new Failure(
      'released',
      words.records.goneTo(
        before.run,
        before.first,
        before.last,
        printable(before.to),
        dayAt(context, before.time),
      ),
      words.records.goneToHow,
    )
  return [...runsOf(asked)]
}

/** @throws Failure `revoked` or `above_watermark` */
function checkGood(context: Context, run: Reservation, spans: readonly SerialRange[]): void {
  const { words } = context
  const revocation = revocationContent(context)
  if (revocation === undefined) return
  const asked = serialSetOf(spans)
  const key = fromHex(run.publicKey)
  const [revoked] = runsOf(subtractSet(asked, goodSerials(revocation, key, run, asked)))
  if (revoked !== undefined)
    throw new Failure('revoked', words.records.isRevoked(revoked.first), words.records.isRevokedHow)
  const { facility, product } = run
  const mark = revocation.watermarks.find(
    (each) => each.facility === facility && each.product === product && equalBytes(each.key, sha256(key)),
  )
  const last = spans.at(-1)!.last
  if (mark !== undefined && last > mark.serial)
    throw new Failure(
      'above_watermark',
      words.records.aboveMark(last, mark.serial),
      words.records.aboveMarkHow(facility, product, last),
    )
}

/** Two releases to one place at one moment would be one event for other systems: the later one gets the next second. */
function unusedTime(time: Date, gln: string | undefined, releases: readonly Release[]): Date {
  const taken = new Set(releases.filter((each) => each.gln === gln).map((each) => Date.parse(each.time)))
  let own = time.getTime()
  while (taken.has(own)) own += 1000
  return new Date(own)
}
