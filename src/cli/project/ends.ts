import { join } from 'node:path'
import type { IssuerDescription } from '../../trust/describe.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'
import { readConfig } from './config.ts'
import { dayAt } from './desk-day.ts'
import { isAtHand } from './keys.ts'
import { newestFiles, revocationContent } from './list-files.ts'
import { stateOf } from './real-path.ts'
import { waitingDrafts } from './waiting-drafts.ts'

/** When the project's lists end, and the keys that they name: said ahead, by every command. */

const DAY = 86_400_000
/** So many days ahead, if that is no more than half of the time that a list or a key has. */
const STAGES = [30, 7, 1]

export interface End {
  readonly kind: 'trust' | 'revocation' | 'issuer'
  /** The list's number. */
  readonly sequence?: number | undefined
  readonly issuer?: IssuerDescription | undefined
  readonly from: Date
  readonly until: Date
}

/** By what the newest lists say; one that can't be read gets its error where it is opened. */
export function endsOf(context: Context): End[] {
  return [...trustEnds(context), ...revocationEnds(context)]
}

function trustEnds(context: Context): End[] {
  return orNone(() => {
    const files = newestFiles(context, 'trust')
    if (files === undefined) return []
    const { sequence, issued, expires, issuers } = compareTrustLists(undefined, files)
    return [
      { kind: 'trust', sequence: sequence.to, from: new Date(issued.to!), until: new Date(expires.to!) },
      ...issuers.added.map(
        (issuer): End => ({
          ...{ kind: 'issuer', issuer },
          ...{ from: new Date(issuer.notBefore), until: new Date(issuer.notAfter) },
        }),
      ),
    ]
  })
}

function revocationEnds(context: Context): End[] {
  return orNone(() => {
    const list = revocationContent(context)
    if (list === undefined) return []
    const { sequence, issued, expires } = list
    return [{ kind: 'revocation', sequence, from: issued, until: expires }]
  })
}

function orNone(read: () => End[]): End[] {
  try {
    return read()
  } catch (error) {
    const { code = '' } = error as { code?: string | undefined }
    if (!['bad_document', 'slice_missing', 'slice_wrong'].includes(code)) throw error
    return []
  }
}

/** `ended`, or the stage that is reached: so many days before the end, or fewer. */
export function stageOf({ from, until }: End, now: Date): 'ended' | number | undefined {
  const left = until.getTime() - now.getTime()
  if (left <= 0) return 'ended'
  const whole = until.getTime() - from.getTime()
  return STAGES.filter((days) => 2 * days * DAY <= whole && left <= days * DAY).at(-1)
}

/** In whole days, rounded up: on the last day it is 1. */
export const daysLeft = ({ until }: End, now: Date): number =>
  Math.max(0, Math.ceil((until.getTime() - now.getTime()) / DAY))

/** What there is to say of an end today. Keys that ended long ago are no news. */
export function endText(context: Context, end: End): string | undefined {
  const { words, io } = context
  const now = io.now()
  const stage = stageOf(end, now)
  if (stage === undefined) return undefined
  const date = dayAt(context, end.until)
  const days = daysLeft(end, now)
  switch (end.kind) {
    case 'trust':
      return stage === 'ended'
        ? `${words.trustExpired(date)} (${trustHow(context)})`
        : words.trustEnds(date, days, trustHow(context))
    case 'revocation':
      return stage === 'ended'
        ? words.staleRevocation(end.sequence!, date, listHow(context))
        : words.status.revocationEnds(end.sequence!, date, days, listHow(context))
    case 'issuer':
      return stage === 'ended' ? undefined : words.issuerEnds(printable(end.issuer!.name), date)
  }
}

/** How the next trust list comes here: from the office, where it is made. */
function trustHow(context: Context): string {
  const { words, folder } = context
  const [draft] = waitingDrafts(context)
  if (draft !== undefined) return words.status.draftWaitsHow(draft)
  const isOffice = stateOf(join(folder, 'registry')) !== undefined
  return isOffice ? words.issuers.buildHow : words.status.newListHow
}

/** How the next revocation list does: from where its key is. */
function listHow(context: Context): string {
  const { words } = context
  const config = readConfig(context)
  const isOurs = config.revocation !== undefined && isAtHand(context, config, config.revocation)
  return isOurs ? words.listHow : words.status.newListHow
}

/** Warns of what ends within 30, 7 and 1 days. */
export function warnOfEnds(context: Context): void {
  for (const end of endsOf(context)) {
    const text = endText(context, end)
    if (text !== undefined) warn(context, text)
  }
}
