import type { ScanMark, ScanRecord, ScanStatus } from '../scanlog/record.ts'

/** What a server keeps of what scanners say (docs/spec/intake.md). */

/** A scanner that a trust list names: its public key as 64 hexadecimal digits, and its place. */
export interface Witness {
  readonly scanner: string
  readonly place: string
}

/** The numbers of the server's own lists. */
export interface ListNumbers {
  readonly trust: number
  readonly revocation?: { readonly epoch: number; readonly sequence: number } | undefined
}

/** A document that a server took: what one scanner says, and when. Times are in seconds since 1970. */
export interface ScanDelivery extends Witness {
  readonly authority: string
  /** When the document was made, by the scanner's clock. */
  readonly issued: number
  /** When it was taken, by the server's. */
  readonly taken: number
  readonly lists: ListNumbers
  /** Ascending by time, then code. */
  readonly scans: readonly ScanRecord[]
  readonly undone: readonly ScanMark[]
}

/** A record with its witness, as it was first taken. */
export interface Word extends Witness {
  /** 32 hexadecimal digits. */
  readonly code: string
  readonly time: number
  readonly facility: number
  readonly product: number
  readonly serial: number
  /** The verdict's that the scanner told. */
  readonly status: ScanStatus
  readonly taken: number
  readonly lists: ListNumbers
}
