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
export { type SodiumNative, sodiumSigner } from './node/sodium-signer.ts'
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './node/worker-pool.ts'
export type { ScanStore } from './scanlog/store.ts'
