/**
 * What an app needs to check stamps without a network: load lists, verify, say the answer in words, check hidden codes.
 *
 * The examples speak of what an app has: `authority` and `roots` are its pins; `trustListFile`, `revocationListFile` and
 * `deltaFile` bytes that it was sent; `trustList` and `revocationList` what it loaded of them; `verifier` what
 * `createVerifier` makes of these; `scanned` the text that a camera read.
 * @module veristamp/verify
 */

export type { CborValue } from './codec/cbor-value.ts'
export type { Refused } from './document/refusal.ts'
export type { SliceEntry } from './document/slices.ts'
export {
  type DocumentKind,
  memoryStore,
  type Seen,
  type SeenRoots,
  type SequenceStore,
} from './document/store.ts'
export type { Engine, ImportedKey, KeyFault, VerifyJob, VerifyKey } from './ed25519/engine.ts'
export { nobleEngine } from './ed25519/noble/engine.ts'
export type { Source } from './lib/chunks.ts'
export type { DocumentReason } from './lib/document-reason.ts'
export type {
  ArgumentDetails,
  DocumentFacts,
  ErrorDetails,
  FitFacts,
  ProductFacts,
  SigningFacts,
} from './lib/error-details.ts'
export {
  type AnyVeristampError,
  ArgumentRangeError,
  ArgumentTypeError,
  type ErrorCode,
  VeristampError,
} from './lib/errors.ts'
export type { Language, LanguageOrMessages, Messages } from './lib/language.ts'
export type { LockFacts, RunFacts } from './lib/run-facts.ts'
export type { RevocationReason } from './revocation/body.ts'
export { type AppliedDeltas, applyDeltas } from './revocation/delta.ts'
export {
  type LoadedRevocationList,
  type LoadRevocationListOptions,
  loadRevocationList,
  type RevocationTrust,
} from './revocation/load.ts'
export type { KeyRecord, Revocation, RevocationList } from './revocation/revocation-list.ts'
export type { Carrier } from './stamp/carrier.ts'
export { type SealReason, type SealResult, verifySeal } from './stamp/seal.ts'
export type { Stamp } from './stamp/stamp.ts'
export { tidyScan } from './stamp/tidy.ts'
export type { Catalogue, Facility, Product } from './trust/catalogue.ts'
export type { IssuerEntry } from './trust/issuer-entry.ts'
export { type LoadedTrustList, type LoadTrustListOptions, loadTrustList } from './trust/load.ts'
export type { Roots, VersionedRoots } from './trust/roots.ts'
export type { ScannerEntry } from './trust/scanner-entry.ts'
export type { ScopeRange } from './trust/scope.ts'
export type { TrustedIssuer, TrustList } from './trust/trust-list.ts'
export { explain, explainWarning } from './verify/messages.ts'
export type { VerifierOptions, VerifyManyOptions, VerifyOptions } from './verify/options.ts'
export { type IndeterminateRule, type InvalidRule, REASONS } from './verify/reason-table.ts'
export type { IndeterminateReason, InvalidReason, Reason } from './verify/reasons.ts'
export type {
  Indeterminate,
  Invalid,
  ListAge,
  RevocationListAge,
  Signed,
  Valid,
  Verdict,
  Warning,
} from './verify/verdict.ts'
export {
  createVerifier,
  type Verifier,
} from './verify/verifier.ts'
export { type LoadedSlice, withSlice } from './verify/with-slice.ts'
