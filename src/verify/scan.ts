import { isMalformed } from '../lib/errors.ts'
import { readText, type ScannedStamp } from '../stamp/scan.ts'

export type Scan = ScannedStamp

/** Why a text is not a stamp. */
export type Unreadable = { readonly detail: string } & (
  | { readonly status: 'invalid'; readonly reason: 'malformed' }
  | { readonly status: 'indeterminate'; readonly reason: 'unsupported_version' }
)

/** Steps 1 to 3: bound, carrier, version, payload. Never throws, whatever it is given. */
export function readScan(text: string): Scan | Unreadable {
  try {
    const scan = readText(text)
    if (!('later' in scan)) return scan
    const detail = `first byte 0x${scan.later[0]!.toString(16)}`
    return { status: 'indeterminate', reason: 'unsupported_version', detail }
  } catch (error) {
    if (isMalformed(error)) return { status: 'invalid', reason: 'malformed', detail: error.detail }
    throw error
  }
}
