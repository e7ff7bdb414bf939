/**
 * What needs Node: print runs that survive a crash, key files, signers, stores in files, worker threads.
 *
 * In the examples, `folder` is a folder of your own and `keyFile` a file that `createKeyFile` made; other names are those
 * of `veristamp/verify`.
 * @module veristamp/node
 */

export type { DocumentKind, Seen, SeenRoots, SequenceStore } from './document/store.ts'
export type { Engine, ImportedKey, KeyFault, VerifyJob, VerifyKey } from './ed25519/engine.ts'
export type { Signer } from './ed25519/signer.ts'
export type { CaptureJob, CaptureNote, CaptureStore } from './gs1/capture-store.ts'
export type { KeeperStore } from './keeper/store.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type CertificateOptions, certificateFetch } from './node/certificate-fetch.ts'
export type { KeyDerivation } from './node/keys/encrypted-key.ts'
export {
  createKeyFile,
  describeKeyFile,
  type KeyFileOptions,
  readKeyFile,
  writeKeyFile,
} from './node/keys/key-file.ts'
export { nativeEngine } from './node/native-engine.ts'
export type { PooledVerifier } from './node/pool/pooled-verifier.ts'
export type { CountManyOptions, VerdictCounts } from './node/pool/verify-over.ts'
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './node/pool/worker-pool.ts'
export { type PublishedLists, type PublishListsOptions, publishLists } from './node/publish/publish-lists.ts'
export { type CommandSignerOptions, commandSigner } from './node/signers/command-signer.ts'
export { keyObjectSigner } from './node/signers/key-object-signer.ts'
export { type SodiumNative, sodiumSigner } from './node/signers/sodium-signer.ts'
export { fileCaptureStore } from './node/stores/file-capture-store.ts'
export {
  type FileScanStore,
  type FileScanStoreOptions,
  fileScanStore,
} from './node/stores/file-scan-store.ts'
export { type FileStoreOptions, fileStore } from './node/stores/file-store.ts'
export { folderKeeperStore } from './node/stores/folder-keeper-store.ts'
export type { RevocationDraft } from './revocation/draft.ts'
export type { FinishedRun } from './run/folder.ts'
export type { Reservation, RunJob, RunSheet } from './run/job.ts'
export type { Reach, ReserveOptions, TakenSerials } from './run/ledger/reach.ts'
export type { Journal, JournalFault, JournalFaultKind, RunProduct } from './run/ledger/survey.ts'
export type { Manifest } from './run/manifest.ts'
export type { StartTools } from './run/run.ts'
export type { RunFault } from './run/run-fault.ts'
export {
  openRuns,
  type RunDescription,
  type Runs,
  type VoidedRun,
  type VoidReason,
} from './run/runs.ts'
export type { RunProgress, RunTools } from './run/tools.ts'
export type { RunFiles, VerifiedRun, VerifyRunOptions } from './run/verify-run.ts'
export type { ScanStore } from './scanlog/store.ts'
export type { Pins } from './trust/pins.ts'
export type { Roots, VersionedRoots } from './trust/roots.ts'
export type { ScopeRange } from './trust/scope.ts'
