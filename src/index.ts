// The registry stays behind its own door: CSV libraries have side effects that bundlers can't drop.
export {
  type AppliedDeltas,
  addSerials,
  applyDeltas,
  describeTrustList,
  draftRevocationList,
  draftTrustList,
  encodeRevocationDraft,
  fingerprintOf,
  joinChain,
  makeDelta,
  mergeSignatures,
  type PinnedAuthority,
  type RevocationDraft,
  type RevocationDraftHeader,
  readRevocationList,
  removeSerials,
  restoreKey,
  reviseTrustList,
  revokeKey,
  setWatermark,
  signDocument,
  signRevocationList,
  signTrustList,
  type TrustListChanges,
  type TrustListContent,
  type TrustListFileDescription,
} from './authority.ts'
export * from './issue.ts'
export * from './messages.ts'
export * from './print.ts'
export * from './seal.ts'
export * from './verify.ts'
