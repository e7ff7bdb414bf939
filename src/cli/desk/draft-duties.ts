import { basename, join } from 'node:path'
import { describeDraft, draftStanding } from '../lists/drafts.ts'
import { missingOf, rootsAtHand } from '../lists/root-keys.ts'
import { signaturesText } from '../lists/signatures-text.ts'
import type { Config } from '../project/config.ts'
import { shown } from '../project/files.ts'
import { openListFile } from '../project/list-files.ts'
import { waitingDrafts } from '../project/waiting-drafts.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Drafts that wait: who signed, who is to sign, and what is done here next. */
export function draftDuties(context: Context, config: Config): string[] {
  return waitingDrafts(context).map((draft) => {
    const file = join(context.folder, draft)
    try {
      return dutyOf(context, config, draft, shown(context, file))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return context.words.status.draftBad(draft, error.message)
    }
  })
}

function dutyOf(context: Context, config: Config, draft: string, given: string): string {
  const { status } = context.words
  const standing = draftStanding(context, config)
  const list = describeDraft(context, given, openListFile(context, given), standing.roots)
  const open = [list.roots, list.givenRoots].flatMap((each) =>
    each === undefined ? [] : each.keys.filter(({ signature }) => signature === 'missing'),
  )
  const keys = open.map(({ publicKey }) => new Uint8Array(Buffer.from(publicKey, 'hex')))
  const canSign =
    keys.length > 0 && rootsAtHand(context, config, { version: 1, threshold: 1, keys }).length > 0
  const how =
    missingOf(list) === undefined
      ? status.mergeHow(draft)
      : canSign
        ? status.signHow(draft)
        : status.carryHow(basename(draft))
  return `${status.draft(draft, signaturesText(context, list))}: ${how}`
}
