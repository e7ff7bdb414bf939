/**
 * Keeps in IndexedDB what must outlast a page: a keeper's lists, which lists were seen, and scan logs.
 * @module veristamp/browser
 */

export { type IndexedDbKeeperStore, indexedDbKeeperStore } from './browser/indexed-db-keeper-store.ts'
export { type IndexedDbScanStore, openIndexedDbScanStore } from './browser/indexed-db-scan-store.ts'
export { type IndexedDbStore, openIndexedDbStore } from './browser/indexed-db-store.ts'
export type { DocumentKind, Seen, SeenRoots, SequenceStore } from './document/store.ts'
export type { KeeperStore } from './keeper/store.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { ScanStore } from './scanlog/store.ts'
