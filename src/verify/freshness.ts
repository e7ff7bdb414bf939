import type { AuthorityLists } from './lists.ts'
import type { IndeterminateReason, InvalidReason } from './reasons.ts'
import { DEPENDS_ON } from './reasons.ts'

/** How far the lists and the clock can be relied on at one moment (SPEC.md, "Verification", steps 14 to 16). */
export interface Freshness {
  /** What keeps the answer from being `valid`: the most telling. */
  readonly doubt: IndeterminateReason | undefined
  /** True when no newer list could say otherwise than this finding. */
  settles(finding: InvalidReason): boolean
}

/** What lists are judged by. */
export interface Moment {
  readonly now: Date
  /** False for a clock that is behind the newest `issued` of the loaded documents by more than is tolerated. */
  readonly clockGood: boolean
  /** The later of both, in milliseconds since 1970: a time that has surely come. */
  readonly reached: number
  /** Seconds after `issued` from which on a list is stale, whatever it says itself. */
  readonly maxListAge: number
}

export function freshnessOf(asked: readonly AuthorityLists[], moment: Moment): Freshness {
  const { clockGood } = moment
  const trustFresh = !asked.some(({ trustList }) => isStale(trustList, moment))
  const missing = asked.some(({ trustList, revocationList }) => trustList.revocationKey && !revocationList)
  const revocationFresh =
    !missing && !asked.some(({ revocationList }) => revocationList && isStale(revocationList, moment))
  const settled = {
    nothing: true,
    trust: clockGood && trustFresh,
    revocation: clockGood && revocationFresh,
  }
  const firstDoubt = (): IndeterminateReason | undefined => {
    if (!clockGood) return 'clock_suspect'
    if (!trustFresh) return 'trust_list_stale'
    if (missing) return 'revocation_list_missing'
    return revocationFresh ? undefined : 'revocation_list_stale'
  }
  return { doubt: firstDoubt(), settles: (finding) => settled[DEPENDS_ON[finding]] }
}

interface Dated {
  readonly issued: Date
  readonly expires: Date
}

/** True from `expires` on, and beyond the caller's greatest age. */
const isStale = ({ issued, expires }: Dated, { reached, maxListAge }: Moment): boolean =>
  reached >= +expires || reached - +issued > maxListAge * 1000
