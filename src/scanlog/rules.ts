import { checkFields, checkInteger } from '../lib/checks.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'

/** What counts as strange. All of it speaks of one code: of a stamp and its copies. */
export interface ScanRules {
  /**
   * Faster than this between two places, in kilometres an hour, is `impossible_travel`. 900 by default, the
   * speed of goods that fly: where they go by road alone, 150 finds more.
   */
  readonly maxSpeed: number
  /** By how much the clocks of two scanners may differ, in seconds: given to the traveller. 300 by default. */
  readonly clockError: number
  /**
   * More scans than this within `ratePeriod`, in all places together, are `rate`. 20 by default. From 1,024 on one
   * place alone can't break it: the log keeps no more than 64 scans of a code at each then.
   */
  readonly maxScans: number
  /** In seconds; a day by default. */
  readonly ratePeriod: number
  /**
   * A code that stays in front of the camera is read again and again: within so many seconds of a scan that was
   * recorded at this place it is still that one. 10 by default; 0 for every scan to count.
   */
  readonly sameScan: number
}

const USUAL: ScanRules = { maxSpeed: 900, clockError: 300, maxScans: 20, ratePeriod: 86_400, sameScan: 10 }

/** The usual rules with those that are given in their place. @throws an argument error naming the rule */
export function checkRules(place: string, given: Partial<ScanRules> = {}): ScanRules {
  const rules = { ...USUAL, ...checkFields(place, given, USUAL) }
  for (const [name, value] of Object.entries(rules)) {
    if (typeof value !== 'number') throw argumentType(`${place}.${name}`, 'a number', value)
    if (!(value >= 0)) throw argumentRange(`${place}.${name}`, 'a number from 0', value)
  }
  if (Number.isFinite(rules.maxScans))
    checkInteger(`${place}.maxScans`, rules.maxScans, 0, Number.MAX_SAFE_INTEGER)
  return rules
}

/**
 * How many records of one code at one place are kept, the newest: enough for the rule of the rate to be broken there,
 * as far as that is bounded, and few enough to look through them at each scan.
 */
export const mostAlike = ({ maxScans }: ScanRules): number =>
  Math.min(Math.max(64, maxScans < 1024 ? maxScans + 1 : 0), 1024)
