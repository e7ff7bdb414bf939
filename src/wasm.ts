/**
 * A faster engine for many stamps at once, by WebAssembly.
 * @module veristamp/wasm
 */

export type { Engine, ImportedKey, KeyFault, VerifyJob, VerifyKey } from './ed25519/engine.ts'
export { type LoadOptions, loadEngine } from './ed25519/wasm/wasm-engine.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
