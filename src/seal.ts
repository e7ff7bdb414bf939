export { type Sealed, type SealOptions, sealStamp } from './issue/seal.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type SealReason, type SealResult, verifySeal } from './stamp/seal.ts'
export type { Stamp } from './stamp/stamp.ts'
