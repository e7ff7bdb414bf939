import { join } from 'node:path'
import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { appendCheckedLine, readCheckedLines } from '../../node/files/checked-lines.ts'
import type { SerialSet } from '../../revocation/serial-set.ts'
import { serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import { ownState, reservationsOf } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

/** Who got which serials, and when: a line each in `state/releases.log`, never changed. */
export interface Release {
  readonly run: string
  readonly facility: number
  readonly product: number
  readonly first: number
  readonly last: number
  /** A name, for people. */
  readonly to: string
  /** Its GLN, where it has one: then other systems are told of it. */
  readonly gln?: string | undefined
  /** ISO 8601. */
  readonly time: string
  /** A delivery note or an invoice, as a URI. */
  readonly document?: string | undefined
}

/** A release that was a mistake. Both stay on record. */
export interface UndoneRelease extends Release {
  /** ISO 8601. */
  readonly undone: string
}

/** Which release was a mistake: no two to one receiver have one time. */
interface Undo {
  readonly run: string
  readonly time: string
  readonly gln?: string | undefined
  readonly undone: string
}

const LOG = 'releases.log'
const MAX_LOG = 2 ** 28

/** Those that stand. @throws VeristampError `store_corrupt` for anything but a file */
export const releasesOf = (context: Context): Release[] =>
  allReleases(context).filter((release) => !isUndone(release))

/** All that were ever noted, in their order. @throws as `releasesOf` does */
export const allReleases = ({ folder }: Context): (Release | UndoneRelease)[] => releasesIn(folder)

/** Those that a project's folder has. @throws as `releasesOf` does */
function releasesIn(folder: string): (Release | UndoneRelease)[] {
  const releases: (Release | UndoneRelease)[] = []
  for (const line of readCheckedLines(join(folder, 'state', LOG), MAX_LOG)) {
    const release = readRelease(line)
    if (release !== undefined) releases.push(release)
    const undo = release === undefined ? readUndo(line) : undefined
    if (undo === undefined) continue
    for (const [i, each] of releases.entries())
      if (!isUndone(each) && isOfUndo(each, undo)) releases[i] = { ...each, undone: undo.undone }
  }
  return releases
}

export const isUndone = (release: Release | UndoneRelease): release is UndoneRelease => 'undone' in release

const isOfUndo = ({ run, time, gln }: Release, undo: Undo): boolean =>
  run === undo.run && time === undo.time && gln === undo.gln

export const noteRelease = (context: Context, release: Release): void =>
  appendCheckedLine(join(ownState(context), LOG), { release })

/** Notes that a release was a mistake: all of its serials are here again. */
export const noteUndo = (context: Context, { run, time, gln }: Release, undone: Date): void =>
  appendCheckedLine(join(ownState(context), LOG), {
    undo: { run, time, gln, undone: undone.toISOString() } satisfies Undo,
  })

function readUndo(line: unknown): Undo | undefined {
  try {
    const { undo } = checkObject('line', line) as { readonly undo: Undo }
    const { run, time, gln, undone } = undo
    if (Number.isNaN(Date.parse(undone))) return undefined
    return { run: checkText('run', run, 1, 60), time, gln, undone }
  } catch {
    return undefined
  }
}

function readRelease(line: unknown): Release | undefined {
  try {
    const { release } = checkObject('line', line) as { readonly release: Release }
    const { run, facility, product, first, last, to, gln, time, document } = release
    for (const number of [facility, product, first, last]) checkInteger('release', number, 0, MAX_ID)
    checkText('to', to, 1, 200)
    if (Number.isNaN(Date.parse(time))) return undefined
    return { run: checkText('run', run, 1, 60), facility, product, first, last, to, gln, time, document }
  } catch {
    return undefined
  }
}

/**
 * Takes in what another desk noted of runs that are here: releases, and which of them were mistakes. Twice is once.
 * @param from that desk's folder
 * @returns how many are new here
 */
export function takeReleases(context: Context, from: string): number {
  const nameOf = ({ run, first, last, to, gln, time }: Release) =>
    JSON.stringify([run, first, last, to, gln, time])
  const known = new Map(allReleases(context).map((each) => [nameOf(each), each]))
  const runs = new Map(reservationsOf(context).map((run) => [run.id, run]))
  const undone = new Set<string>()
  let count = 0
  for (const theirs of releasesIn(from)) {
    if (!isWithin(runs.get(theirs.run), theirs)) continue
    const here = known.get(nameOf(theirs))
    const { undone: when, ...release } = theirs as UndoneRelease
    if (here === undefined) noteRelease(context, release)
    const isNews = when !== undefined && (here === undefined || !isUndone(here))
    const mistake = JSON.stringify([theirs.run, theirs.time, theirs.gln])
    if (isNews && !undone.has(mistake)) noteUndo(context, theirs, new Date(when))
    if (isNews) undone.add(mistake)
    if (here === undefined || isNews) count++
    known.set(nameOf(theirs), theirs)
  }
  return count
}

const isWithin = (run: Reservation | undefined, { facility, product, first, last }: Release): boolean =>
  run?.facility === facility &&
  run.product === product &&
  run.first <= first &&
  first <= last &&
  last <= run.last

const setOf = (spans: readonly Pick<Release, 'first' | 'last'>[]): SerialSet =>
  serialSetOf(spans.map(({ first, last }) => ({ first, last })))

/** The serials of a run that nobody got yet. */
export const heldSerials = ({ id, first, last }: Reservation, releases: readonly Release[]): SerialSet =>
  subtractSet(setOf([{ first, last }]), setOf(releases.filter(({ run }) => run === id)))
