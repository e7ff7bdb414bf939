import type { CopyFinding } from '../../intake/copies.ts'
import type { ListedScanner } from '../../intake/intake.ts'
import { dayOfScan, type ScanDay } from '../../intake/store.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { ServerParts } from './parts.ts'
import type { RunAtHand } from './runs-at-hand.ts'

/** What the office's page shows, in one answer. Moments are ISO 8601, days since 1970-01-01. */
export interface OfficeData {
  readonly authority: string
  readonly now: string
  readonly lists: readonly {
    readonly kind: 'trust' | 'revocation'
    readonly sequence: number
    readonly issued: string
    readonly expires: string
  }[]
  readonly findings: readonly CopyFinding[]
  /** By day and place, all scanners of a place together. */
  readonly days: readonly Omit<ScanDay, 'scanner'>[]
  readonly today: number
  readonly scanners: readonly ListedScanner[]
  readonly runs: readonly RunAtHand[]
  /** The names of all products that findings and runs are about. */
  readonly products: Readonly<Record<number, string>>
}

const MAX_FINDINGS = 100
/** The days of a chart. */
export const OFFICE_DAYS = 30

export async function officeData({ intake, lists, runs, now }: ServerParts): Promise<OfficeData> {
  const { trustList, revocationList } = lists.current()
  const moment = now()
  const today = dayOfScan(moment.getTime() / 1000)
  const [findings, days, scanners, own] = await Promise.all([
    intake.findings({ max: MAX_FINDINGS }),
    intake.days(today - OFFICE_DAYS + 1),
    intake.scanners(),
    runs(),
  ])
  return {
    authority: trustList.authority,
    now: moment.toISOString(),
    lists: [
      { kind: 'trust' as const, ...datesOf(trustList) },
      ...(revocationList === undefined ? [] : [{ kind: 'revocation' as const, ...datesOf(revocationList) }]),
    ],
    ...{ findings, days: byPlace(days), today, scanners, runs: own },
    products: namesOf(trustList, [...findings, ...own]),
  }
}

const datesOf = ({ sequence, issued, expires }: Pick<TrustList, 'sequence' | 'issued' | 'expires'>) => ({
  sequence,
  issued: issued.toISOString(),
  expires: expires.toISOString(),
})

function byPlace(days: readonly ScanDay[]): Omit<ScanDay, 'scanner'>[] {
  const sums = new Map<string, Omit<ScanDay, 'scanner'>>()
  for (const { scanner: _, ...day } of days) {
    const key = `${day.day} ${day.place}`
    const sum = sums.get(key)
    sums.set(key, {
      ...day,
      valid: day.valid + (sum?.valid ?? 0),
      invalid: day.invalid + (sum?.invalid ?? 0),
      indeterminate: day.indeterminate + (sum?.indeterminate ?? 0),
    })
  }
  return [...sums.values()]
}

const namesOf = (
  trustList: TrustList,
  all: readonly { readonly product: number }[],
): Record<number, string> =>
  Object.fromEntries(
    [...new Set(all.map(({ product }) => product))].flatMap((id) => {
      const name = trustList.product(id)?.name
      return name === undefined ? [] : [[id, name] as const]
    }),
  )
