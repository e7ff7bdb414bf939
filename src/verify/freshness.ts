import type { AuthorityLists } from './lists.ts'
import type { IndeterminateReason, InvalidReason } from './reasons.ts'
import { REASONS } from './reasons.ts'

/** How far the lists and the clock can be relied on at one moment (SPEC.md, steps 14 to 16). */
export interface Freshness {
  /** What keeps the answer from being `valid`, the most telling first. */
  readonly doubts: readonly IndeterminateReason[]
  /** True when no newer list could say otherwise than this finding. */
  settles(finding: InvalidReason): boolean
}

export interface FreshnessQuestion {
  readonly now: Date
  /** The newest `issued` among the loaded documents: no honest clock is behind it. */
  readonly floor: Date
  /** Seconds after `issued` from which on a list is stale, whatever it says itself. */
  readonly maxListAge: number
  /** The authorities that were asked. */
  readonly asked: readonly AuthorityLists[]
}

export function freshnessOf(question: FreshnessQuestion): Freshness {
  const { asked } = question
  const clockGood = question.now >= question.floor
  const trustFresh = !asked.some(({ trustList }) => isStale(trustList, question))
  const missing = asked.some(({ trustList, revocationList }) => trustList.revocationKey && !revocationList)
  const revocationFresh =
    !missing && !asked.some(({ revocationList }) => revocationList && isStale(revocationList, question))
  const doubts: IndeterminateReason[] = []
  if (!clockGood) doubts.push('clock_suspect')
  if (!trustFresh) doubts.push('trust_list_stale')
  if (!revocationFresh) doubts.push(missing ? 'revocation_list_missing' : 'revocation_list_stale')
  return {
    doubts,
    settles(finding) {
      const { dependsOn } = REASONS[finding]
      if (dependsOn === 'nothing') return true
      return clockGood && (dependsOn === 'trust' ? trustFresh : revocationFresh)
    },
  }
}

/** The later of the clock and the floor: a time that has surely come. */
export const surelyReached = (now: Date, floor: Date): Date => (now >= floor ? now : floor)

interface Dated {
  readonly issued: Date
  readonly expires: Date
}

/** True from `expires` on, and beyond the caller's greatest age. */
function isStale({ issued, expires }: Dated, { now, floor, maxListAge }: FreshnessQuestion): boolean {
  const time = surelyReached(now, floor)
  return time >= expires || time.getTime() - issued.getTime() > maxListAge * 1000
}
