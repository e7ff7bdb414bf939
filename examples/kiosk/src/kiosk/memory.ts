import type { Verdict } from 'veristamp/verify'

/** What a scan log holds against a stamp, or knows of it. */
export interface Evidence {
  /** True where it should make people look closer. */
  readonly suspicious: boolean
  readonly firstSeen: boolean
  readonly here: { readonly count: number; readonly last: Date } | undefined
  readonly elsewhere: readonly { readonly place: string; readonly time: Date }[]
  readonly alarms: readonly ('impossible_travel' | 'rate' | 'double_issued')[]
  /** The time from which on the log is complete, where it had to forget. */
  readonly since: Date | undefined
}

export interface Remembered {
  readonly evidence: Evidence
  readonly scan: Uint8Array
}

/** The memory of scans. */
export interface Memory {
  /** Remembers a stamp whose signature held, and says what was known of it before. */
  remember(text: string, verdict: Verdict): Promise<Remembered | undefined>
  undo(scan: Uint8Array): Promise<void>
}
