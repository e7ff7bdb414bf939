import { ageOf } from '../verify/check.ts'
import type { ListAge } from '../verify/verdict.ts'
import type { KeeperFault } from './fault.ts'
import type { Held } from './held.ts'
import type { AlarmKind, AuthorityState, KeeperAlarm, KeeperFailure } from './state.ts'
import { type LastTry, WEEK, waitAfter } from './timing.ts'

/** How things stand with an authority: what went well and what did not, and what its people should hear of. */
export interface Watch {
  /** When to ask next, in milliseconds since 1970. */
  readonly due: number
  /** A fault that does not keep the lists from being fresh. */
  note(fault: KeeperFault, now: Date): void
  /** How a refresh went. */
  settle(outcome: Refreshed, held: Held, now: Date): void
  /** Looks at the dates of the lists in use. */
  look(held: Held, now: Date): void
  state(held: Held, now: Date): AuthorityState
}

/** A refresh that has ended. */
export interface Refreshed {
  readonly faults: readonly KeeperFault[]
  readonly requests: number
  /** Whether the server has older lists; undefined where that is not known. */
  readonly isStale: boolean | undefined
}

/** Alarms that stay: what was signed stays signed. */
const LASTING: readonly string[] = ['rollback', 'equivocation', 'store_corrupt'] satisfies AlarmKind[]

export function createWatch(
  authority: string,
  clockTolerance: number,
  onAlarm: (alarm: KeeperAlarm) => void,
): Watch {
  const alarms = new Set<AlarmKind>()
  let [due, failures, staleCopy] = [0, 0, false]
  let lastSuccess: Date | undefined
  let lastFailure: KeeperFailure | undefined

  const raise = (kind: AlarmKind, detail?: string): void => {
    if (alarms.has(kind)) return
    alarms.add(kind)
    onAlarm({ authority, kind, ...(detail && { detail }) })
  }
  const note = ({ reason, detail }: KeeperFault, at: Date): void => {
    lastFailure = { at, reason, ...(detail && { detail }) }
    if (LASTING.includes(reason)) raise(reason as AlarmKind, detail)
  }
  return {
    get due() {
      return due
    },
    note,
    settle({ faults, requests, isStale = staleCopy }, held, now) {
      for (const fault of faults) note(fault, now)
      failures = faults.length > 0 ? failures + 1 : 0
      if (failures === 0) lastSuccess = now
      staleCopy = isStale
      const last: LastTry = {
        now: now.getTime(),
        next: held.revocationList?.next.getTime(),
        failures,
        requests,
      }
      due = now.getTime() + waitAfter(last)
    },
    look(held, now) {
      const live = alarmsOfDates(held, now, clockTolerance)
      for (const kind of alarms) if (!LASTING.includes(kind) && !live.includes(kind)) alarms.delete(kind)
      for (const kind of live) raise(kind)
    },
    state: ({ trustList, revocationList }, now) => ({
      authority,
      ...(trustList && { trustList: ageOf(trustList, now) }),
      ...(revocationList && { revocationList: { ...ageOf(revocationList, now), next: revocationList.next } }),
      ...(lastSuccess && { lastSuccess }),
      ...(lastFailure && { lastFailure }),
      staleCopy,
      alarms: [...alarms],
      due: new Date(due),
    }),
  }
}

/** What the dates of the lists in use say. */
function alarmsOfDates({ trustList, revocationList }: Held, now: Date, clockTolerance: number): AlarmKind[] {
  const lists = [trustList, revocationList].filter((list) => list !== undefined)
  const time = now.getTime()
  const alarms: AlarmKind[] = []
  if (lists.some(({ issued }) => time + clockTolerance * 1000 < issued.getTime())) alarms.push('clock')
  if (lists.some((list) => isNearEnd(list, time))) alarms.push('expiry_near')
  return alarms
}

/** In its last week, or in the last quarter of its life where that is shorter. */
const isNearEnd = ({ issued, expires }: Pick<ListAge, 'issued' | 'expires'>, time: number): boolean =>
  time > expires.getTime() - Math.min(WEEK, (expires.getTime() - issued.getTime()) / 4)
