import { hashOf, nameOf } from '../core/slices.ts'
import type { Lists } from './lists.ts'
import { readUpTo } from './read-up-to.ts'

/** Requests under way. */
const AT_ONCE = 8
/** Milliseconds for one slice, which is at most 256 kB. */
const DEADLINE = 60_000

/** As the keeper asks for lists: no cookie, no referrer, no other host. */
const POLITE = {
  redirect: 'error',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const

/**
 * Brings the slices that an authority's lists lack from the server that its pins name. Each is kept as it comes, so that
 * nothing is asked for twice; at the end the lists use them.
 * @returns whether all are here
 */
export async function bringSlices(lists: Lists, address: string): Promise<boolean> {
  const kept = await lists.slices.names()
  const wanted = lists.missing.filter((entry) => !kept.has(nameOf(entry)))
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE).map(async (entry) => {
      const [name, [, , length]] = [nameOf(entry), entry]
      const request = { ...POLITE, signal: AbortSignal.timeout(DEADLINE) }
      const answer = await fetch(new URL(`slice-${name}.cbor`, address), request)
      const bytes = await readUpTo(answer, length)
      if (!answer.ok || hashOf(bytes) !== name) throw new Error(`another file than slice-${name}.cbor`)
      return [name, bytes] as const
    })
    const come = (await Promise.allSettled(some)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value] : [],
    )
    // Where none of some comes, the server is not asked for hundreds more.
    if (come.length === 0) break
    await lists.slices.put(new Map(come))
  }
  await lists.tidySlices()
  return lists.missing.length === 0
}
