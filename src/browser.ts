export { type IndexedDbStore, openIndexedDbStore } from './browser/indexed-db-store.ts'
export type { DocumentKind, Seen, SeenRoots, SequenceStore } from './document/store.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
