import { timeOf } from '../lib/dates.ts'
import type { DoubleIssued, Evidence, ScanAnswer, ScanFinding } from './evidence.ts'
import { type FindOptions, findStrange, inOrder, sum, sumByPlace } from './findings.ts'
import type { LoggedScan } from './record.ts'
import { isVerified, type ScanMemory } from './scan-memory.ts'

/** What a scan of which nothing is known gets for an answer. */
export const notRecorded: Evidence = { answer: 'not_recorded', elsewhere: [], findings: [] }

export interface WeighOptions extends FindOptions {
  /** The slot of this very scan, where it was recorded already. */
  readonly except?: number
}

/** What a memory knows of a scan. */
export function weigh(memory: ScanMemory, scan: Required<LoggedScan>, options: WeighOptions): Evidence {
  const others = inOrder(memory.seen(scan.code, options.except))
  const all = inOrder([...others, scan])
  const here = sum(others.filter(({ place }) => place === scan.place))
  const elsewhere = sumByPlace(others.filter(({ place }) => place !== scan.place))
  const twin = findTwin(memory, scan)
  const findings = [...(twin === undefined ? [] : [twin]), ...findStrange(all, options)]
  const { since } = memory
  return {
    answer: answerOf(findings, elsewhere.length > 0, here !== undefined),
    ...(here && { here }),
    elsewhere,
    findings,
    ...(since && { since }),
  }
}

function answerOf([gravest]: readonly ScanFinding[], isElsewhere: boolean, isHere: boolean): ScanAnswer {
  if (gravest !== undefined) return gravest.kind
  if (isElsewhere) return 'seen_elsewhere'
  return isHere ? 'seen_here' : 'first_seen'
}

function findTwin({ table }: ScanMemory, scan: Required<LoggedScan>): DoubleIssued | undefined {
  if (!isVerified(scan)) return undefined
  const times = table.twinsOf(scan).map((slot) => table.time(slot))
  if (times.length === 0) return undefined
  return { kind: 'double_issued', last: timeOf(Math.max(...times)) }
}
