import { argumentType, Malformed } from '../lib/errors.ts'
import { type Carrier, decodeText, MAX_SCAN_LENGTH, stripEnds } from './carrier.ts'
import { decodePayload, splitCode, versionOf } from './code.ts'
import type { Payload } from './payload.ts'

/** What a scanned text says before anything of it is trusted. */
export interface ScannedStamp extends Payload {
  readonly carrier: Carrier
  readonly prefix: string | undefined
  /** Payload and signature. */
  readonly code: Uint8Array
  readonly payloadBytes: Uint8Array
  readonly signature: Uint8Array
}

/** A code of a later version, which says nothing to this one. */
export interface LaterCode {
  readonly later: Uint8Array
}

/**
 * The one reader of scanned texts, so that verifier, seals and scan logs agree on what is a code
 * (SPEC.md, "Verification", steps 1 to 3).
 * @throws Malformed; ArgumentTypeError for anything but a text
 */
export function readText(text: string): ScannedStamp | LaterCode {
  checkScanned('text', text)
  if (text.length > MAX_SCAN_LENGTH) throw new Malformed('text_length')
  const { carrier, code, prefix } = decodeText(stripEnds(text))
  const { payload, signature } = splitCode(code)
  const version = versionOf(code)
  if (version === 'none') throw new Malformed('code_version')
  if (version === 'later') return { later: code }
  const { keyId, stamp, unsupportedClaims } = decodePayload(payload)
  return { keyId, stamp, unsupportedClaims, carrier, prefix, code, payloadBytes: payload, signature }
}

/** @throws ArgumentTypeError for anything but a text: a caller's mistake, which must not accuse a product */
export function checkScanned(place: string, text: unknown): void {
  if (typeof text !== 'string') throw argumentType(place, 'a text', text)
}
