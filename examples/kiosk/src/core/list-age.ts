import { daysBetween } from '../../../shared/answer.ts'

interface Dated {
  readonly issued: Date
  readonly expires: Date
  readonly rollbackProtected: boolean
}

/** What is known of the lists of one authority. */
export interface KnownLists {
  readonly trustList: (Dated & { readonly revocationKey?: unknown }) | undefined
  readonly revocationList: Dated | undefined
  /** The slices that are not here. */
  readonly missing?: readonly unknown[]
}

export type ListFault = 'none' | 'clock' | 'stale' | 'no_revocation' | 'incomplete' | 'unprotected'

export interface ListAge {
  /** Whole days since the oldest list was issued; undefined where the clock can't tell. */
  readonly days: number | undefined
  readonly faults: readonly ListFault[]
}

/** What verifiers tolerate unless they are told otherwise (SPEC.md, "Verification"). */
const CLOCK_TOLERANCE_MS = 300_000

/** How far the lists can be relied on. The oldest one says how old the kiosk's knowledge is. */
export function ageOf({ trustList, revocationList, missing = [] }: KnownLists, now: Date): ListAge {
  if (trustList === undefined) return { days: undefined, faults: ['none'] }
  const lists = revocationList === undefined ? [trustList] : [trustList, revocationList]
  const isBehind = lists.some(({ issued }) => now.getTime() + CLOCK_TOLERANCE_MS < issued.getTime())
  const faults: readonly (ListFault | false)[] = [
    isBehind && 'clock',
    lists.some(({ expires }) => now >= expires) && 'stale',
    trustList.revocationKey !== undefined && revocationList === undefined && 'no_revocation',
    missing.length > 0 && 'incomplete',
    lists.some(({ rollbackProtected }) => !rollbackProtected) && 'unprotected',
  ]
  const days = Math.max(0, ...lists.map(({ issued }) => daysBetween(issued, now)))
  return { days: isBehind ? undefined : days, faults: faults.filter((fault) => fault !== false) }
}
