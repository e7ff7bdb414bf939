import { daysBetween } from '../core/answer.ts'
import type { Words } from '../core/words.ts'
import type { Lists } from '../kiosk/lists.ts'
import { h } from './dom.ts'

interface Chip {
  readonly text: string
  readonly level: 'fine' | 'alarm'
}

/** How far the lists can be relied on, always in sight. */
export function statusBar(lists: Lists | undefined, words: Words, now: Date): HTMLElement {
  const chips = lists === undefined ? [] : chipsOf(lists, words, now)
  return h(
    'div',
    { class: 'status', role: 'status' },
    ...chips.map(({ text, level }) => h('span', { class: `chip ${level}` }, text)),
  )
}

/** What verifiers tolerate unless they are told otherwise (SPEC.md, "Verification"). */
const CLOCK_TOLERANCE_MS = 300_000

function chipsOf({ trustList, revocationList }: Lists, words: Words, now: Date): Chip[] {
  if (trustList === undefined) return [{ text: words.listsNone, level: 'alarm' }]
  const lists = [trustList, ...(revocationList === undefined ? [] : [revocationList])]
  // The oldest list says how old the kiosk's knowledge is.
  const days = Math.max(...lists.map(({ issued }) => daysBetween(issued, now)))
  const chips: Chip[] = [{ text: words.listAge(days), level: 'fine' }]
  const alarm = (text: string) => chips.push({ text, level: 'alarm' })
  if (lists.some(({ issued }) => now.getTime() + CLOCK_TOLERANCE_MS < issued.getTime()))
    alarm(words.clockBehind)
  if (lists.some(({ expires }) => now >= expires)) alarm(words.listsStale)
  if (trustList.revocationKey !== undefined && revocationList === undefined) alarm(words.noRevocationList)
  if (lists.some(({ rollbackProtected }) => !rollbackProtected)) alarm(words.unprotected)
  return chips
}
