/**
 * Every way for a scan to fail, in the order of SPEC.md's "Verification". `section` names the step there;
 * `dependsOn` the list of which a newer one could say otherwise, so that without a fresh one the answer is
 * `indeterminate`.
 */
interface InvalidRule {
  readonly status: 'invalid'
  readonly section: string
  readonly dependsOn: 'nothing' | 'trust' | 'revocation'
}

interface IndeterminateRule {
  readonly status: 'indeterminate'
  readonly section: string
}

const invalid = (step: number, dependsOn: InvalidRule['dependsOn']) =>
  ({ status: 'invalid', section: `SPEC.md § Verification, step ${step}`, dependsOn }) as const

const indeterminate = (step: number) =>
  ({ status: 'indeterminate', section: `SPEC.md § Verification, step ${step}` }) as const

export const REASONS = {
  malformed: invalid(1, 'nothing'),
  unsupported_version: indeterminate(2),
  url_prefix: invalid(4, 'trust'),
  unknown_key: invalid(5, 'trust'),
  bad_signature: invalid(6, 'trust'),
  out_of_scope: invalid(7, 'trust'),
  issuer_not_yet_valid: invalid(8, 'trust'),
  issuer_expired: invalid(8, 'trust'),
  expired: invalid(9, 'nothing'),
  key_revoked: invalid(10, 'nothing'),
  revoked: invalid(11, 'nothing'),
  not_issued: invalid(12, 'revocation'),
  unsupported_claim: indeterminate(13),
  clock_suspect: indeterminate(14),
  trust_list_stale: indeterminate(15),
  revocation_list_missing: indeterminate(16),
  revocation_list_stale: indeterminate(16),
} as const satisfies Record<string, InvalidRule | IndeterminateRule>

type Rules = typeof REASONS
export type Reason = keyof Rules
export type InvalidReason = { [R in Reason]: Rules[R]['status'] extends 'invalid' ? R : never }[Reason]
export type IndeterminateReason = Exclude<Reason, InvalidReason>
