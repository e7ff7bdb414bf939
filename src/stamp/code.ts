import { decodeCbor } from '../codec/cbor.ts'
import type { Bytes } from '../lib/bytes.ts'
import { concatBytes } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'
import { type Payload, payloadFromValue } from './payload.ts'

/** A code is a payload followed by its signature, with no other framing (SPEC.md, "Code"). */

export const SIGNATURE_LENGTH = 64
export const MAX_PAYLOAD_LENGTH = 128
export const MAX_CODE_LENGTH = MAX_PAYLOAD_LENGTH + SIGNATURE_LENGTH
/** Five bytes are the shortest payload: `[0, 0, 0, 0]`. */
export const MIN_CODE_LENGTH = 5 + SIGNATURE_LENGTH

export interface CodeParts {
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** The code of a payload and its 64-byte signature. */
export const joinCode = ({ payload, signature }: CodeParts): Bytes => concatBytes(payload, signature)

/** The parts of a code, as views of it. @throws Malformed `code_length` */
export function splitCode(code: Uint8Array): CodeParts {
  if (code.length < MIN_CODE_LENGTH || code.length > MAX_CODE_LENGTH) throw new Malformed('code_length')
  const end = code.length - SIGNATURE_LENGTH
  return { payload: code.subarray(0, end), signature: code.subarray(end) }
}

/** What the first byte says of a code: this version (an array of four or five), a later one, or none of ours. */
export function versionOf(code: Uint8Array): 'v1' | 'later' | 'none' {
  const first = code[0] ?? 0
  if (first === 0x84 || first === 0x85) return 'v1'
  return isLaterVersion(code) ? 'later' : 'none'
}

/**
 * True for what a later version may begin with: 0x50 to 0xFF, but not 0xEA, which a link to a website begins with, nor
 * 0x82 to 0x85, which are this version's, in a link of GS1 or elsewhere.
 */
export function isLaterVersion(code: Uint8Array): boolean {
  const first = code[0] ?? 0
  return first >= 0x50 && first !== 0xea && (first < 0x82 || first > 0x85)
}

/** What the payload bytes of a v1 code say. @throws Malformed */
export const decodePayload = (payload: Uint8Array): Payload => payloadFromValue(decodeCbor(payload))
