import type { Engine } from '../ed25519/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import type { Bytes } from '../lib/bytes.ts'
import type { DocumentReason } from '../lib/document-reason.ts'
import type { Evidence } from './evidence.ts'
import type { ScanId, ScanRecord, ScanStatus } from './record.ts'
import type { ScanRules } from './rules.ts'
import type { ScannerList } from './scanner.ts'
import type { ScanStore } from './store.ts'

export interface ScanLogOptions {
  /** Where this device stands, as the trust lists call it: 1 to 200 characters. */
  readonly place: string
  /** The loaded trust lists: they name the scanners whose documents count, and where places lie. */
  readonly trustLists?: readonly ScannerList[]
  /** Where the log is kept. Without one it lasts as long as the process. */
  readonly store?: ScanStore
  /** Other rules than the usual ones, as many as are given. */
  readonly rules?: Partial<ScanRules>
  /**
   * How many scans are remembered, 1,000,000 by default: the newest of this device's own, and as many of what
   * others say, which never push out its own; and beside them, up to an eighth as many older ones that prove a copy.
   * Of one code at one place the newest 64, or as many as break the rule `maxScans` if that is below 1,024.
   */
  readonly limit?: number
  /** What verifies documents, noble by default. */
  readonly engine?: Engine
}

/** What the log takes of a verdict: a `Verdict` is one. */
export interface ScannedVerdict {
  readonly status: ScanStatus
  /** The moment of the scan. */
  readonly checkedAt: Date
  /** Present only where the signature held. */
  readonly authority?: string
  readonly stamp?: { readonly facility: number; readonly product: number; readonly serial: number }
}

export interface ScanLog {
  /** Scans in memory. */
  readonly size: number
  /** Where the log is full: scans from before this moment were forgotten. */
  readonly since: Date | undefined

  /**
   * What is known of a code so far; then remembers this scan of it. Give the text and the verdict of the same
   * scan: one whose signature did not hold is answered `not_recorded`, whatever its text. Throws on no verdict
   * that `verify` gives.
   * @throws an argument error for a text and a verdict that can't belong together
   */
  scan(text: string, verdict: ScannedVerdict): Evidence
  /** The same answer, without remembering the scan. */
  look(text: string, verdict: ScannedVerdict): Evidence
  /**
   * Takes back a scan of this place that was a mistake. It stays in the log, with a mark that travels with the
   * next export, and counts for nothing from then on. A scan of the code in that same second stays undone too.
   * @returns false where this place has no such scan
   */
  undo(id: ScanId): boolean
  /** The newest scans of this place that were not undone, the newest first. */
  recent(max: number): (ScanRecord & { readonly id: ScanId })[]

  /**
   * This place's scans and undo marks as a file for other devices: signed documents, one after another. `signer`
   * is this device's key, which the authority's trust list names with this place.
   * @throws an argument error; what `signDocument` throws; VeristampError `does_not_fit` above 64 documents
   */
  export(signer: Signer, options: ExportOptions): Promise<Bytes>
  /**
   * Adds the scans of other devices from a file that `export` made, or several such files one after another. All
   * documents are checked before the first is added. Files may come in any order and more than once: in the end
   * all devices that have seen the same files answer alike (docs/spec/scan-logs.md, "Scan logs").
   */
  merge(file: Uint8Array, options: MergeOptions): Merged | RefusedScans

  /** The newest trust lists, in place of those before: scans that were merged before stay. */
  useTrustLists(trustLists: readonly ScannerList[]): void
  /**
   * Resolves when all that was scanned, undone and merged is in the store; tries again what failed before.
   * @throws what the store throws
   */
  flush(): Promise<void>
}

export interface ExportOptions {
  /** The authority whose stamps, and whose scanners. */
  readonly authority: string
  /** Written into the documents as the moment they were made. */
  readonly now: Date
  /** Only scans from this moment on. Undo marks are given all. */
  readonly since?: Date
}

export interface MergeOptions {
  /** The moment of the merge: records of more than a day later are refused. */
  readonly now: Date
}

export interface Merged {
  readonly ok: true
  /** Whose scans they are. */
  readonly places: readonly string[]
  /** Records that were new, that the log had already, and that were refused for lying in the future. */
  readonly added: number
  readonly known: number
  readonly future: number
  /** Undo marks that were new. */
  readonly undone: number
}

/**
 * A file of which nothing was added: `unknown_scanner`, `bad_signature`, `wrong_place`, … (docs/spec/scan-logs.md,
 * "Scan logs").
 */
export interface RefusedScans {
  readonly ok: false
  readonly reason: DocumentReason
  readonly detail?: string
}
