/**
 * Remembers scans on a device, learns from other devices, and says what looks like a copy.
 *
 * In the examples, `scanned` is the text that a camera read, `verifier` what `createVerifier` makes, `table` a file with its
 * SHA-256 in `tableDigest`, and `deviceSigner` signs with the device's own key.
 * @module veristamp/scanlog
 */

export { MAX_PLACE_LENGTH } from './document/place.ts'
export { explainReason } from './document/reason-messages.ts'
export type { Refused } from './document/refusal.ts'
export type { Engine } from './ed25519/engine.ts'
export type { Signer } from './ed25519/signer.ts'
export type { DocumentReason } from './lib/document-reason.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Language, LanguageOrMessages, Messages } from './lib/language.ts'
export type {
  ExportOptions,
  Merged,
  MergeOptions,
  RefusedScans,
  ScanLog,
  ScanLogOptions,
  ScannedVerdict,
} from './scanlog/api.ts'
export {
  type CheckReport,
  type CheckReportOptions,
  type OpenedCheckReport,
  openCheckReport,
  type ReportFile,
  signCheckReport,
} from './scanlog/check-report.ts'
export type {
  DoubleIssued,
  Evidence,
  ImpossibleTravel,
  PlaceSightings,
  Rate,
  ScanAnswer,
  ScanFinding,
  Sighting,
  Sightings,
} from './scanlog/evidence.ts'
export type { ScanId, ScanRecord, ScanStatus } from './scanlog/record.ts'
export type { ScanRules } from './scanlog/rules.ts'
export { openScanLog } from './scanlog/scan-log.ts'
export type { Scanner, ScannerList } from './scanlog/scanner.ts'
export { memoryScanStore, type ScanStore } from './scanlog/store.ts'
