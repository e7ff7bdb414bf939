export type { Signer } from './ed25519/signer.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type FinishedRun, filesOf } from './node/run/folder.ts'
export type { Reservation, RunJob, RunSheet } from './node/run/job.ts'
export {
  planRun,
  type Reach,
  type ReserveOptions,
  readReservations,
  reserveRun,
  type TakenSerials,
} from './node/run/journal.ts'
export type { Manifest } from './node/run/manifest.ts'
export { readReservation } from './node/run/record.ts'
export {
  describeRun,
  type RunProgress,
  type RunTools,
  resumeRun,
  startRun,
} from './node/run/run.ts'
export { type Journal, type JournalFault, type JournalFaultKind, surveyJournal } from './node/run/survey.ts'
export { type RunFault, type VerifiedRun, type VerifyRunOptions, verifyRun } from './node/run/verify-run.ts'
export { declareVoid, voidRun } from './node/run/void.ts'
export type { RevocationDraft } from './revocation/draft.ts'
export type { ScopeRange } from './trust/scope.ts'
