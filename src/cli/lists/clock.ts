import { join } from 'node:path'
import { readSerialLog } from '../../run/ledger/serial-log.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import { dayAt, secondAt } from '../project/desk-day.ts'
import type { ListKind } from '../project/files.ts'
import { newestFiles, revocationContent } from '../project/list-files.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'

/** A year, in milliseconds: no list is older when the next one is signed, unless a clock is wrong. */
const YEAR = 365 * 86_400_000

/**
 * Asks before a list is signed with a time that is behind the newest list at hand, or more than a year ahead of it:
 * what is signed with a wrong clock stays signed.
 * @param issued the time that the list is to say
 * @throws Failure `unconfirmed` or `declined`
 */
export async function checkClock(context: Context, issued: Date): Promise<void> {
  const doubts = [clockDoubt(context, issued), restoredDoubt(context)].filter((doubt) => doubt !== undefined)
  if (doubts.length > 0) await confirm(context, doubts.join('\n'))
}

/**
 * What there is to say where a project was brought back and has not signed since: lists that were signed after
 * the backup may be missing, and another of their number would contradict them.
 */
export function restoredDoubt(context: Context): string | undefined {
  const { restored } = readSerialLog(join(context.folder, 'state', 'serials.log'))
  const last = restored.at(-1)
  const newest = Math.max(
    0,
    ...[issuedOf(context, 'trust'), issuedOf(context, 'revocation')].map((t) => t ?? 0),
  )
  if (last === undefined || newest >= Date.parse(last.time)) return undefined
  return context.words.lists.restored(dayAt(context, last.backup))
}

/** What there is to say against a time. */
export function clockDoubt(context: Context, issued: Date): string | undefined {
  const { lists } = context.words
  const times = [issuedOf(context, 'trust'), issuedOf(context, 'revocation')].filter(
    (time) => time !== undefined,
  )
  if (times.length === 0) return undefined
  const newest = Math.max(...times)
  const shown = [issued, newest].map((time) => secondAt(context, time)) as [string, string]
  // Lists say whole seconds.
  if (Math.floor(issued.getTime() / 1000) * 1000 < newest) return lists.clockBack(...shown)
  return issued.getTime() > newest + YEAR ? lists.clockAhead(...shown) : undefined
}

/** When the newest list was issued, by what it says; a list that can't be read gets its error where it is opened. */
function issuedOf(context: Context, kind: ListKind): number | undefined {
  try {
    if (kind === 'revocation') return revocationContent(context)?.issued.getTime()
    const files = newestFiles(context, 'trust')
    return files && Date.parse(compareTrustLists(undefined, files).issued.to!)
  } catch (error) {
    if ((error as { code?: string | undefined }).code !== 'bad_document') throw error
    return undefined
  }
}
