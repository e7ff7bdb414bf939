import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, fromHex } from '../../lib/bytes.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { restoredDoubt } from '../lists/clock.ts'
import { recutLine } from '../lists/slicing.ts'
import type { Config } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { daysLeft, endsOf, endText, stageOf } from '../project/ends.ts'
import { newestList, reservationsOf } from '../project/files.ts'
import { isAtHand, publicKeyOf } from '../project/keys.ts'
import { namesFleet } from '../project/ledger.ts'
import { revocationContent } from '../project/list-files.ts'
import { orphansIn } from '../project/products.ts'
import { waitingDrafts } from '../project/waiting-drafts.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { releasesOf } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'
import { draftDuties } from './draft-duties.ts'
import { type IssuerRow, issuerRows } from './issuer-rows.ts'
import { newerIssuers } from './old-file.ts'
import { isOffice, isOurRun } from './roles.ts'
import { type RunStanding, standingOf } from './run-state.ts'
import { marksOwed } from './start-at-zero.ts'
import { voidDuties } from './void-duties.ts'

/** How a project stands today, and what to do next. */

export interface Duty {
  /** `now`: kiosks can't do their work, or a run can't be begun, before it is done. */
  readonly when: 'now' | 'soon'
  readonly text: string
}

export interface Status {
  readonly lists: readonly ListStatus[]
  readonly issuers: readonly IssuerRow[]
  readonly runs: readonly RunStanding[]
  /** Products whose runs go beyond what the newest revocation list lets out. */
  readonly behind: readonly Behind[]
  /** Products that no key may stamp, in a sentence each. */
  readonly orphans: readonly string[]
  readonly scanners: number
  readonly duties: readonly Duty[]
}

export interface ListStatus {
  readonly kind: 'trust' | 'revocation'
  readonly sequence: number
  readonly until: string
  readonly days: number
}

export interface Behind {
  readonly facility: number
  readonly product: number
  readonly key: string
  readonly reached: number
  readonly watermark?: number | undefined
}

export function statusOf(context: Context, config: Config, trustList: TrustList | undefined): Status {
  const now = context.io.now()
  const releases = releasesOf(context)
  const revocation = revocationContent(context)
  const runs = reservationsOf(context).map((run) => standingOf(context, run, releases, revocation))
  const behind = config.revocation === undefined ? [] : behindOf(context)
  const lists = endsOf(context).flatMap((end): ListStatus[] =>
    end.kind === 'issuer'
      ? []
      : [
          {
            kind: end.kind,
            sequence: end.sequence!,
            until: dayAt(context, end.until),
            days: daysLeft(end, now),
          },
        ],
  )
  return {
    ...{ lists, runs, behind },
    issuers: issuerRows(context, config, trustList),
    orphans: trustList === undefined ? [] : orphansOf(context, config, trustList),
    scanners: trustList?.scanners.length ?? 0,
    duties: dutiesOf(context, config, trustList, runs, behind, releases.length > 0),
  }
}

function dutiesOf(
  context: Context,
  config: Config,
  trustList: TrustList | undefined,
  runs: readonly RunStanding[],
  behind: readonly Behind[],
  isReleasing: boolean,
): Duty[] {
  const { words, io } = context
  const { status } = words
  const duties: Duty[] = []
  const add = (when: Duty['when'], text: string) => duties.push({ when, text })
  const hasNone = newestList(context, 'trust') === undefined
  if (hasNone && waitingDrafts(context).length === 0) add('now', status.noList(words.issuers.buildHow))
  else if (!hasNone && config.revocation !== undefined && newestList(context, 'revocation') === undefined)
    add('now', status.noList(words.listHow))
  const newer = trustList === undefined ? [] : newerIssuers(context, config, trustList)
  if (newer.length > 0) add('now', words.issuers.oldFile(newer.join(', ')))
  const restored = restoredDoubt(context)
  if (restored !== undefined && isOffice(context, config)) add('now', `${restored} ${status.restoredHow}`)
  for (const { text } of journalFaultsOf(context)) add('now', text)
  for (const text of voidDuties(context, config)) add('now', text)
  for (const text of openDuties(context, config, trustList)) add('now', text)
  for (const end of endsOf(context)) {
    const text = endText(context, end)
    if (text !== undefined) add(stageOf(end, io.now()) === 'ended' ? 'now' : 'soon', text)
  }
  const recut = trustList && recutLine(context, config, trustList)
  if (recut !== undefined) add('now', recut)
  for (const text of draftDuties(context, config)) add(hasNone ? 'now' : 'soon', text)
  const isOurs = isOurRun(context, config)
  const { unfinished } = namesFleet(config) ? words.fleet : status
  for (const { run, state } of runs.filter((each) => isOurs(each.run))) {
    if (state === 'unfinished') add('soon', unfinished(run.id))
    if (isReleasing && (state === 'finished' || state === 'partly_released')) add('soon', status.held(run.id))
  }
  if (behind.length > 0 && newestList(context, 'revocation') !== undefined)
    add(
      'soon',
      isAtHand(context, config, config.revocation!)
        ? status.raise(behind.length)
        : status.raiseElsewhere(behind.length),
    )
  return duties
}

function orphansOf(context: Context, config: Config, { issuers, catalogue }: TrustList): string[] {
  const retired = config.issuers
    .filter((each) => each.retired !== undefined)
    .map(({ key }) => publicKeyOf(context, key))
  const working = issuers.filter(({ publicKey }) => !retired.some((key) => equalBytes(key, publicKey)))
  return orphansIn(
    context,
    catalogue.products,
    working.flatMap(({ scope }) => scope),
  )
}

/** Keys and products that are to begin at a watermark of 0, and for which the newest list has none. */
function openDuties(context: Context, config: Config, trustList: TrustList | undefined): string[] {
  const { words } = context
  const content = config.revocation === undefined ? undefined : revocationContent(context)
  if (content === undefined || trustList === undefined) return []
  const open = marksOwed(context, config, trustList, content.watermarks).length
  if (open === 0) return []
  const isOurs = isAtHand(context, config, config.revocation!)
  return [`${words.issuers.open(open)}: ${isOurs ? words.listHow : words.status.newListHow}`]
}

/** Where runs go beyond the watermarks of the newest list. */
function behindOf(context: Context): Behind[] {
  const marks = revocationContent(context)?.watermarks ?? []
  const highest = new Map<string, Behind>()
  for (const { facility, product, publicKey: key, last } of reservationsOf(context)) {
    const name = `${key} ${facility} ${product}`
    const reached = Math.max(last, highest.get(name)?.reached ?? 0)
    const own = sha256(fromHex(key))
    const watermark = marks.find(
      (mark) => mark.facility === facility && mark.product === product && equalBytes(mark.key, own),
    )?.serial
    highest.set(name, { facility, product, key, reached, watermark })
  }
  return [...highest.values()].filter(({ reached, watermark }) => (watermark ?? -1) < reached)
}
