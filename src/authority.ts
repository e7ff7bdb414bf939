/**
 * What an authority needs: draft lists, sign them on one machine or several, revoke, and make deltas.
 *
 * In the examples, `rootSigner`, `secondRootSigner` and `revocationSigner` are the authority's keys and `signer` an
 * issuer's; `issued`, `next` and `expires` are dates, `issuers` entries of a trust list, and `draft` a revocation list
 * in the making. `trustListFile` and `revocationListFile` are signed lists, and `trustList` is the loaded one.
 * @module veristamp/authority
 */

export type { CborValue } from './codec/cbor-value.ts'
export type { SlicedDocument } from './document/cut.ts'
export type { SliceDescription } from './document/named-slices.ts'
export { explainReason } from './document/reason-messages.ts'
export type { Refused } from './document/refusal.ts'
export { mergeSignatures, signDocument } from './document/sign.ts'
export { seedSigner } from './ed25519/noble/signer.ts'
export type { Signer } from './ed25519/signer.ts'
export type { DocumentReason } from './lib/document-reason.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Language, LanguageOrMessages, Messages } from './lib/language.ts'
export {
  draftRevocationList,
  type RevocationDraftHeader,
  type RevocationListChanges,
  reviseRevocationList,
} from './revocation/begin.ts'
export type { RevocationReason } from './revocation/body.ts'
export {
  type ProductSerial,
  type RevocationContent,
  type RevocationEdits,
  type RevokedKey,
  type RevokedSerials,
  readRevocationList,
  type Watermark,
} from './revocation/content.ts'
export { type AppliedDeltas, applyDeltas } from './revocation/delta.ts'
export {
  type DescribeRevocationListOptions,
  describeRevocationList,
  type RevocationListDescription,
  type RevocationListFileDescription,
} from './revocation/describe.ts'
export {
  addSerials,
  type RevocationDraft,
  removeSerials,
  restoreKey,
  revokeKey,
  setWatermark,
} from './revocation/draft.ts'
export {
  type LoadedRevocationList,
  type LoadRevocationListOptions,
  loadRevocationList,
  type RevocationTrust,
} from './revocation/load.ts'
export { makeDelta } from './revocation/make-delta.ts'
export { checkPermanence } from './revocation/permanence.ts'
export type { KeyRecord, Revocation, RevocationList } from './revocation/revocation-list.ts'
export type { SerialSet } from './revocation/serial-set.ts'
export { type SerialRange, type Serials, serialSetOf } from './revocation/serial-set-algebra.ts'
export { encodeRevocationDraft, signRevocationList } from './revocation/sign.ts'
export { encodeSlicedRevocationDraft, type SliceIssuers } from './revocation/slice-draft.ts'
export type { Catalogue, Facility, Product } from './trust/catalogue.ts'
export type { TrustListContent } from './trust/content.ts'
export {
  type DescribeTrustListOptions,
  describeTrustList,
  type IssuerDescription,
  type RootsDescription,
  type ScannerDescription,
  type TrustListDescription,
  type TrustListFileDescription,
} from './trust/describe.ts'
export { documentKind, type KindOfFile } from './trust/document-kind.ts'
export type { IssuerEntry } from './trust/issuer-entry.ts'
export { joinChain } from './trust/join-chain.ts'
export { type LoadedTrustList, type LoadTrustListOptions, loadTrustList } from './trust/load.ts'
export {
  type DecodedPins,
  decodePins,
  encodePins,
  fingerprintOf,
  type Pins,
  type PinsReason,
} from './trust/pins.ts'
export { reviseTrustList, type TrustListChanges } from './trust/revise.ts'
export type { Roots, VersionedRoots } from './trust/roots.ts'
export type { ScannerEntry } from './trust/scanner-entry.ts'
export type { ScopeRange } from './trust/scope.ts'
export { draftTrustList, encodeTrustDraft, signTrustList, type TrustDraft } from './trust/sign.ts'
export { encodeSlicedTrustDraft } from './trust/slice-draft.ts'
export type { TrustedIssuer, TrustList } from './trust/trust-list.ts'
