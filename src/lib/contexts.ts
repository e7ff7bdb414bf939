import { asciiBytes, type Bytes, concatBytes } from './bytes.ts'
/**
 * The 16 ASCII bytes that stand before everything that is signed or hashed, one text for each kind, so that a
 * signature made for one can never be read as another's (SPEC.md, "Contexts").
 */
export type SigningContext =
  | 'veristamp:stamp1'
  | 'veristamp:trust1'
  | 'veristamp:revoc1'
  | 'veristamp:delta1'
  | 'veristamp:print1'
  | 'veristamp:scans1'
  | 'veristamp:check1'
  | 'veristamp:seals1'
  | 'veristamp:pins-1'

/** What is signed: the context, then the bytes. */
export function signedMessage(context: SigningContext, bytes: Uint8Array): Bytes {
  return concatBytes(asciiBytes(context), bytes)
}
