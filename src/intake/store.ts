import type { CopyFinding } from './copies.ts'
import type { ScanDelivery, Witness, Word } from './word.ts'

/** Whose word counts, and what makes it worth a look: by the newest trust list and the rules of scan logs. */
export interface Counting {
  readonly authority: string
  readonly witnesses: readonly Witness[]
  /** More sightings of a code than this may break the rule of the rate. */
  readonly maxScans: number
  /** So many sightings of a code at one place are looked at, the newest. */
  readonly mostAlike: number
}

/**
 * Where a server keeps what scanners say, and what was found in it: files, or PostgreSQL. It judges nothing itself: the
 * rules are those of scan logs, and what it hands out is enough for them.
 */
export interface IntakeStore {
  /**
   * Keeps a document, whole or not at all, and answers once that is durable. Words that were there stay as they were.
   * @throws VeristampError `does_not_fit` where there is no room left; what the file system or the database throws
   */
  keep(delivery: ScanDelivery): Promise<KeptScans>

  /** Of these codes all that could break a rule, told at two places or more than `maxScans` times; and others, if that is quicker. */
  doubtful(counting: Counting, codes: readonly string[]): Promise<string[]>
  /** All such codes, and those of which something was found, in portions. */
  everyDoubtful(counting: Counting): AsyncIterable<string[]>
  /** Codes of documents that were kept, but not `settled`, in portions: their server was stopped in between. */
  unsettled(counting: Counting): AsyncIterable<string[]>
  /** Says that all is found that a document had. */
  settled(kept: Pick<KeptScans, 'number'>): Promise<void>

  /**
   * Has codes judged by their words that count and were not undone, and keeps what is found in place of what was. No two
   * judge at once, so that what was taken last is seen by whoever judges last.
   */
  judge(
    counting: Counting,
    codes: readonly string[],
    judge: (words: readonly Word[]) => CopyFinding[],
  ): Promise<void>
  /** What is found and rests on nobody's word but theirs that count, the newest first. */
  findings(counting: Counting, options: FindingsAsked): Promise<CopyFinding[]>

  /** By what the findings were last judged in full: a text that `markJudged` was given. */
  judgedBy(authority: string): Promise<string | undefined>
  markJudged(authority: string, by: string): Promise<void>

  /** Every scanner that something was taken from, whether it counts or not. */
  scanners(authority: string): Promise<ScannerState[]>
  /** Scans a day and place by all scanners, from a day on, each witness's apart. Days are those of `dayOffset`. */
  days(authority: string, from: number): Promise<ScanDay[]>
  close(): Promise<void>
}

export interface KeptScans {
  /** The document's number in the store. */
  readonly number: number
  /** Records that were new, and that were known. */
  readonly added: number
  readonly known: number
  /** Undo marks that were new. */
  readonly undone: number
  /** The latest time of all records of this witness. */
  readonly newest: number | undefined
}

export interface FindingsAsked {
  readonly max: number
  /** So many of the newest are passed over. */
  readonly skip?: number | undefined
}

export interface ScannerState extends Witness {
  /** When something was last taken from it, in seconds. */
  readonly taken: number
  /** The latest time of its records. */
  readonly newest: number | undefined
  /** How many records it is the witness of. */
  readonly scans: number
}

export interface ScanDay extends Witness {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly valid: number
  readonly invalid: number
  readonly indeterminate: number
}

/** Seconds by which days of stores begin before those of UTC: those of Vietnam, where markets open before midnight UTC. */
export const DAY_OFFSET = 7 * 3600

/** The day of a second. */
export const dayOfScan = (time: number): number => Math.floor((time + DAY_OFFSET) / 86_400)
