import { decodeCborSequence } from '../codec/cbor.ts'
import { decodeCrockford } from '../codec/crockford.ts'
import { sha256 } from '../ed25519/sha2.ts'
import type { Bytes } from '../lib/bytes.ts'
import { concatBytes, equalBytes } from '../lib/bytes.ts'
import { signedMessage } from '../lib/contexts.ts'
import { isMalformed } from '../lib/errors.ts'
import { SEAL } from './payload.ts'
import { checkScanned, readText } from './scan.ts'

/**
 * The seal: a commitment, in the signed payload, to a code that is hidden under a layer to scratch off (SPEC.md,
 * "Seals"). A photocopy of the stamp has the seal, but not the code.
 */

/** Bytes of a hidden code: 80 bits. */
export const HIDDEN_CODE_LENGTH = 10
export const MAX_HIDDEN_CODE_LENGTH = 40
const MAX_TYPED_LENGTH = 200

/** What the seal is a hash of. @param unsealed the payload without the seal */
export const commitmentTo = (unsealed: Uint8Array, hiddenCode: Uint8Array): Bytes =>
  signedMessage('veristamp:seals1', concatBytes(unsealed, hiddenCode))

/**
 * What a hidden code says about a stamp. `malformed`: the text is not a code of this version. `unsealed`: the stamp has
 * no hidden code. `hidden_code_letter`, `hidden_code_length`: not typed in full, or mistyped. `hidden_code_wrong`:
 * another stamp's, or no stamp's.
 */
export type SealReason =
  | 'malformed'
  | 'unsealed'
  | 'hidden_code_letter'
  | 'hidden_code_length'
  | 'hidden_code_wrong'

export type SealResult = { readonly ok: true } | { readonly ok: false; readonly reason: SealReason }

/**
 * Checks a hidden code against the stamp that it was found on, offline. Case, hyphens of every kind and spaces don't
 * matter, nor O for 0 and I or L for 1. It says nothing about the stamp itself: ask only after a verdict of `valid` for the same
 * text. Never throws on what was scanned or typed.
 * @throws ArgumentTypeError for anything but a text
 * @param text what was scanned, any carrier
 * @param hiddenCode what was found under the layer, as it was typed
 * @example
 * ```ts
 * import { verifySeal } from 'veristamp/verify'
 *
 * // After `valid`, with what stands under the layer.
 * verifySeal(sealedText, hiddenCode) // → { ok: true }
 * verifySeal(sealedText, '0000-0000-0000-0000') // → { ok: false, reason: 'hidden_code_wrong' }
 * verifySeal(scanned, hiddenCode) // → { ok: false, reason: 'unsealed' }
 * ```
 */
export function verifySeal(text: string, hiddenCode: string): SealResult {
  checkScanned('hiddenCode', hiddenCode)
  const sealed = readSealed(text)
  if (typeof sealed === 'string') return { ok: false, reason: sealed }
  const typed = readHiddenCode(hiddenCode)
  if (typeof typed === 'string') return { ok: false, reason: typed }
  const { unsealed, seal } = sealed
  return equalBytes(sha256(commitmentTo(unsealed, typed)).slice(0, seal.length), seal)
    ? { ok: true }
    : { ok: false, reason: 'hidden_code_wrong' }
}

function readSealed(text: string): { unsealed: Uint8Array; seal: Uint8Array } | 'malformed' | 'unsealed' {
  try {
    const scan = readText(text)
    if ('later' in scan) return 'malformed'
    const { seal } = scan.stamp
    return seal === undefined ? 'unsealed' : { unsealed: withoutSeal(scan.payloadBytes), seal }
  } catch (error) {
    if (isMalformed(error)) return 'malformed'
    throw error
  }
}

function readHiddenCode(typed: string): Uint8Array | 'hidden_code_letter' | 'hidden_code_length' {
  if (typed.length > MAX_TYPED_LENGTH) return 'hidden_code_length'
  try {
    const bytes = decodeCrockford(typed)
    const { length } = bytes
    return length < HIDDEN_CODE_LENGTH || length > MAX_HIDDEN_CODE_LENGTH ? 'hidden_code_length' : bytes
  } catch (error) {
    if (!isMalformed(error)) throw error
    return error.detail === 'crockford_letter' ? 'hidden_code_letter' : 'hidden_code_length'
  }
}

/**
 * The payload without its seal, cut out of the bytes that came: what a later version may say beside it stays as it
 * is. Heads of arrays with five items and of maps with up to 23 take one byte.
 */
export function withoutSeal(payload: Uint8Array): Bytes {
  const head = decodeCborSequence(payload.subarray(1), 5)
  const [ids, claims] = [head.slice(0, 4), head[4]!]
  const items = decodeCborSequence(claims.bytes.subarray(1), 2 * 23)
  const at = items.findIndex(({ value }, index) => index % 2 === 0 && value === SEAL)
  const kept = [...items.slice(0, at), ...items.slice(at + 2)].map(({ bytes }) => bytes)
  const idBytes = ids.map(({ bytes }) => bytes)
  if (kept.length === 0) return concatBytes(Uint8Array.of(0x84), ...idBytes)
  return concatBytes(Uint8Array.of(0x85), ...idBytes, Uint8Array.of(0xa0 | (kept.length / 2)), ...kept)
}
