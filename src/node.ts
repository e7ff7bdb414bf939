export type { DocumentKind, Seen, SeenRoots, SequenceStore } from './document/store.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type FileStoreOptions, fileStore } from './node/file-store.ts'
