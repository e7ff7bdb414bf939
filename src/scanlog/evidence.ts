import type { ScanId } from './record.ts'

/**
 * What a log knows of a code that was scanned. It stands beside the verdict and never changes its status: a
 * stamp that was never seen before can be a copy, and one that was seen often the original.
 */
export interface Evidence {
  /** The gravest thing to say, for a headline. */
  readonly answer: ScanAnswer
  /** Names this scan, for `undo`. Absent where nothing was recorded: the signature did not hold, or `look`. */
  readonly id?: ScanId
  /** Earlier scans at this place, where there are any. */
  readonly here?: Sightings
  /** Scans at each other place, the latest first. */
  readonly elsewhere: readonly PlaceSightings[]
  /** What is strange, the gravest first. */
  readonly findings: readonly ScanFinding[]
  /** Where the log is full: scans from before this moment were forgotten, except those that found a copy. */
  readonly since?: Date
}

/**
 * `not_recorded`: no signature held, so there is no stamp to remember. Below, from nothing to say to the gravest.
 */
export type ScanAnswer =
  | 'not_recorded'
  | 'first_seen'
  | 'seen_here'
  | 'seen_elsewhere'
  | 'rate'
  | 'impossible_travel'
  | 'double_issued'

export interface Sightings {
  /** How often, without this scan, as far as the log remembers: of one place the newest 64 or so (`limit`). */
  readonly count: number
  readonly first: Date
  readonly last: Date
}

export interface PlaceSightings extends Sightings {
  readonly place: string
}

export type ScanFinding = DoubleIssued | ImpossibleTravel | Rate

/** Another payload with the same authority, facility, product and serial, which was `valid` here as this one is. */
export interface DoubleIssued {
  readonly kind: 'double_issued'
  /** When the other was last scanned here. */
  readonly last: Date
}

/** Two scans of this code, one after the other, between which nothing could have gone from place to place. */
export interface ImpossibleTravel {
  readonly kind: 'impossible_travel'
  readonly from: Sighting
  readonly to: Sighting
  /** Along the great circle. */
  readonly kilometres: number
  /** From the one scan to the other, by the scanners' clocks. */
  readonly seconds: number
}

/** More scans of this code than the rules allow in their period. */
export interface Rate {
  readonly kind: 'rate'
  /** How many there were from `first` to `last`. */
  readonly count: number
  readonly first: Date
  readonly last: Date
}

export interface Sighting {
  readonly place: string
  readonly time: Date
}
