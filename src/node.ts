export type { DocumentKind, Seen, SeenRoots, SequenceStore } from './document/store.ts'
export type { Engine, ImportedKey, KeyFault, VerifyJob, VerifyKey } from './ed25519/engine.ts'
export type { Signer } from './ed25519/signer.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type CommandSignerOptions, commandSigner } from './node/command-signer.ts'
export { type FileScanStore, type FileScanStoreOptions, fileScanStore } from './node/file-scan-store.ts'
export { type FileStoreOptions, fileStore } from './node/file-store.ts'
export { keyObjectSigner } from './node/key-object-signer.ts'
export type { KeyDerivation } from './node/keys/encrypted-key.ts'
export {
  createKeyFile,
  describeKeyFile,
  type KeyFileOptions,
  readKeyFile,
  writeKeyFile,
} from './node/keys/key-file.ts'
export { nativeEngine } from './node/native-engine.ts'
export { type FinishedRun, filesOf } from './node/run/folder.ts'
export type { Reservation, RunJob, RunSheet } from './node/run/job.ts'
export { planRun, readReservations, reserveRun } from './node/run/journal.ts'
export type { Manifest } from './node/run/manifest.ts'
export type { Reach, ReserveOptions, TakenSerials } from './node/run/reach.ts'
export { readReservation } from './node/run/record.ts'
export { describeRun, resumeRun, startRun } from './node/run/run.ts'
export { type Journal, type JournalFault, type JournalFaultKind, surveyJournal } from './node/run/survey.ts'
export type { RunProgress, RunTools } from './node/run/tools.ts'
export { type RunFault, type VerifiedRun, type VerifyRunOptions, verifyRun } from './node/run/verify-run.ts'
export { declareVoid, voidRun } from './node/run/void.ts'
export { type SodiumNative, sodiumSigner } from './node/sodium-signer.ts'
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './node/worker-pool.ts'
export type { RevocationDraft } from './revocation/draft.ts'
export type { ScanStore } from './scanlog/store.ts'
export type { ScopeRange } from './trust/scope.ts'
