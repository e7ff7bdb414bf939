import { readRevocationList } from '../../revocation/content.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import { type ListKind, newestBytes } from '../project/files.ts'
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
  const doubt = clockDoubt(context, issued)
  if (doubt !== undefined) await confirm(context, doubt)
}

/** What there is to say against a time. */
export function clockDoubt(context: Context, issued: Date): string | undefined {
  const { lists } = context.words
  const times = [issuedOf(context, 'trust'), issuedOf(context, 'revocation')].filter(
    (time) => time !== undefined,
  )
  if (times.length === 0) return undefined
  const newest = Math.max(...times)
  const shown = [issued, new Date(newest)].map(minuteOf) as [string, string]
  // Lists say whole seconds.
  if (Math.floor(issued.getTime() / 1000) * 1000 < newest) return lists.clockBack(...shown)
  return issued.getTime() > newest + YEAR ? lists.clockAhead(...shown) : undefined
}

const minuteOf = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ')

/** When the newest list was issued, by what it says; a list that can't be read gets its error where it is opened. */
function issuedOf(context: Context, kind: ListKind): number | undefined {
  const bytes = newestBytes(context, kind)
  if (bytes === undefined) return undefined
  try {
    if (kind === 'revocation') return readRevocationList(bytes).issued.getTime()
    return Date.parse(compareTrustLists(undefined, bytes).issued.to!)
  } catch (error) {
    if ((error as { code?: string | undefined }).code !== 'bad_document') throw error
    return undefined
  }
}
