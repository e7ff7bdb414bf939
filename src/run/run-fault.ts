/**
 * What is wrong with a run (docs/spec/runs.md, "The run manifest"). `manifest`: not readable or of another kind.
 * `manifest_signature`: none of the keys signed it. `manifest_other`: it closes another run than the record says.
 * `secret`: what the hidden codes come from is missing, damaged, or another's. `codes_digest`, `sheets_digest`:
 * another file than the one that was signed for. `sheets_missing`: none, where one was signed for. `codes_line`: no
 * line of a run's codes. `code_malformed`, `code_other`: no code, or another stamp's than its place says; so a serial
 * is missing, or there twice. `code_signature`: forged or damaged.
 */
export type RunFault =
  | 'manifest'
  | 'manifest_signature'
  | 'manifest_other'
  | 'secret'
  | 'codes_digest'
  | 'sheets_digest'
  | 'sheets_missing'
  | 'codes_line'
  | 'code_malformed'
  | 'code_other'
  | 'code_signature'

/** Thrown on the way to the answer. */
export class Fault extends Error {
  readonly reason: RunFault
  constructor(reason: RunFault, detail?: string) {
    super(detail)
    this.reason = reason
  }
}
