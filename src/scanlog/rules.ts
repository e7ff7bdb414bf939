/** What counts as strange. All of it speaks of one code: of a stamp and its copies. */
export interface ScanRules {
  /** Faster than this between two places, in kilometres an hour, is `impossible_travel`. Goods that fly: 900. */
  readonly maxSpeed: number
  /** By how much the clocks of two scanners may differ, in seconds: given to the traveller. 300 unless given. */
  readonly clockError: number
  /** More scans than this within `ratePeriod`, in all places together, are `rate`. 20 unless given. */
  readonly maxScans: number
  /** In seconds; a day unless given. */
  readonly ratePeriod: number
  /**
   * A code that stays in front of the camera is scanned again and again: within so many seconds of the last
   * scan at this place it is still that one. 10 unless given; 0 for every scan to count.
   */
  readonly sameScan: number
}
