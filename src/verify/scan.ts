import { isMalformed, Malformed } from '../lib/errors.ts'
import { type Carrier, decodeText, MAX_SCAN_LENGTH, stripEnds } from '../stamp/carrier.ts'
import { decodePayload, splitCode, versionOf } from '../stamp/code.ts'
import type { Payload } from '../stamp/payload.ts'

/** What a scanned text says before anything of it is trusted. */
export interface Scan extends Payload {
  readonly carrier: Carrier
  readonly prefix: string | undefined
  readonly payloadBytes: Uint8Array
  readonly signature: Uint8Array
}

/** Why a text is no stamp. */
export type Unreadable = { readonly detail: string } & (
  | { readonly status: 'invalid'; readonly reason: 'malformed' }
  | { readonly status: 'indeterminate'; readonly reason: 'unsupported_version' }
)

/** Steps 1 to 3: bound, carrier, version, payload. Never throws, whatever it is given. */
export function readScan(text: unknown): Scan | Unreadable {
  try {
    if (typeof text !== 'string') throw new Malformed('text_type')
    if (text.length > MAX_SCAN_LENGTH) throw new Malformed('text_length')
    const { carrier, code, prefix } = decodeText(stripEnds(text))
    const { payload, signature } = splitCode(code)
    const version = versionOf(code)
    if (version === 'none') throw new Malformed('code_version')
    if (version === 'later') {
      return {
        status: 'indeterminate',
        reason: 'unsupported_version',
        detail: `first byte 0x${code[0]!.toString(16)}`,
      }
    }
    const { keyId, stamp, unsupportedClaims } = decodePayload(payload)
    return { keyId, stamp, unsupportedClaims, carrier, prefix, payloadBytes: payload, signature }
  } catch (error) {
    if (isMalformed(error)) return { status: 'invalid', reason: 'malformed', detail: error.detail }
    throw error
  }
}
