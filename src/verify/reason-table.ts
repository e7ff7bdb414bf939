import { DEPENDS_ON, type IndeterminateReason, type InvalidReason } from './reasons.ts'

export interface InvalidRule {
  readonly status: 'invalid'
  /** The step of SPEC.md's "Verification". */
  readonly section: string
  /** The list whose newer version could say otherwise: without a fresh one the answer is `indeterminate`. */
  readonly dependsOn: 'nothing' | 'trust' | 'revocation'
}

export interface IndeterminateRule {
  readonly status: 'indeterminate'
  readonly section: string
}

type Rules = Readonly<Record<InvalidReason, InvalidRule> & Record<IndeterminateReason, IndeterminateRule>>

const STEPS: Readonly<Record<InvalidReason | IndeterminateReason, number>> = {
  malformed: 1,
  unsupported_version: 2,
  url_prefix: 4,
  slice_missing: 5,
  unknown_key: 5,
  bad_signature: 6,
  out_of_scope: 7,
  issuer_not_yet_valid: 8,
  issuer_expired: 8,
  expired: 9,
  key_revoked: 10,
  revoked: 11,
  not_issued: 12,
  unsupported_claim: 13,
  clock_suspect: 14,
  trust_list_missing: 15,
  trust_list_stale: 15,
  revocation_list_missing: 16,
  revocation_list_stale: 16,
}

const dependence: Readonly<Partial<Record<string, InvalidRule['dependsOn']>>> = DEPENDS_ON

const ruleOf = (reason: string, step: number): InvalidRule | IndeterminateRule => {
  const section = `SPEC.md § Verification, step ${step}`
  const dependsOn = dependence[reason]
  return dependsOn ? { status: 'invalid', section, dependsOn } : { status: 'indeterminate', section }
}

/**
 * Every way for a scan to fail, in the order of SPEC.md's "Verification".
 * @example
 * ```ts
 * import { REASONS } from 'veristamp/verify'
 *
 * REASONS.revoked.section // → 'SPEC.md § Verification, step 11'
 * REASONS.bad_signature.dependsOn // → 'trust'
 * ```
 */
export const REASONS = Object.fromEntries(
  Object.entries(STEPS).map(([reason, step]) => [reason, ruleOf(reason, step)]),
) as Rules
