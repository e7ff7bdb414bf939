/** Ways for a scan to fail, and the list whose newer version could say otherwise: without a fresh one the answer is open. */
export const DEPENDS_ON = {
  malformed: 'nothing',
  url_prefix: 'trust',
  unknown_key: 'trust',
  bad_signature: 'trust',
  out_of_scope: 'trust',
  issuer_not_yet_valid: 'trust',
  issuer_expired: 'trust',
  expired: 'nothing',
  key_revoked: 'nothing',
  revoked: 'nothing',
  not_issued: 'revocation',
} as const

/**
 * A stamp is refused: the reason is final.
 * @useDeclaredType
 */
export type InvalidReason = keyof typeof DEPENDS_ON
export type IndeterminateReason =
  | 'unsupported_version'
  | 'slice_missing'
  | 'unsupported_claim'
  | 'clock_suspect'
  | 'trust_list_missing'
  | 'trust_list_stale'
  | 'revocation_list_missing'
  | 'revocation_list_stale'
export type Reason = InvalidReason | IndeterminateReason
