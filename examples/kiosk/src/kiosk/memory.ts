import type { Verdict } from 'veristamp/verify'

/** What the scan log says of a stamp: it stands beside the verdict. */
export interface Evidence {
  readonly answer: string
  readonly id?: string
  readonly here?: { readonly count: number; readonly first: Date; readonly last: Date }
  readonly elsewhere: readonly { readonly place: string; readonly count: number; readonly last: Date }[]
  readonly findings: readonly { readonly kind: 'double_issued' | 'impossible_travel' | 'rate' }[]
  readonly since?: Date
}

/** The memory of scans. */
export interface Memory {
  scan(text: string, verdict: Verdict): Evidence
  undo(id: string): boolean
}
