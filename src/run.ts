export type { Signer } from './ed25519/signer.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Reservation, RunJob, RunSheet } from './node/run/job.ts'
export {
  type Reach,
  type ReserveOptions,
  readReservation,
  readReservations,
  reserveRun,
} from './node/run/journal.ts'
export type { Manifest } from './node/run/manifest.ts'
export {
  describeRun,
  type FinishedRun,
  filesOf,
  type RunProgress,
  type RunTools,
  resumeRun,
  startRun,
} from './node/run/run.ts'
export { type RunFault, type VerifiedRun, type VerifyRunOptions, verifyRun } from './node/run/verify-run.ts'
export { voidRun } from './node/run/void.ts'
export type { RevocationDraft } from './revocation/draft.ts'
export type { ScopeRange } from './trust/scope.ts'
