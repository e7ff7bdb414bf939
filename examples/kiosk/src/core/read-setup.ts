import { fingerprintOf } from 'veristamp/authority'
import { MAX_PLACE_LENGTH } from 'veristamp/scanlog'
import type { Setup } from './setup-file.ts'

/** The reader of set-up files. The writer stands apart: the demo uses it without the library that pages are built with. */

/** Reads a set-up file. @returns undefined for anything else */
export function readSetup(text: string): Setup | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { kind, authority, roots, place = 'kiosk' } = Object(value) as Record<string, unknown>
  const { version = 1, threshold, keys } = Object(roots) as Record<string, unknown>
  if (kind !== 'veristamp-kiosk-setup' || !isPlace(place)) return undefined
  if (!Array.isArray(keys) || !keys.every(isKey)) return undefined
  const setup = { authority, place, roots: { version, threshold, keys: keys.map(fromHex) } } as Setup
  return isSound(setup) ? setup : undefined
}

/** Whether a verifier can have these pins: the library knows their limits. */
function isSound({ authority, roots }: Setup): boolean {
  try {
    return fingerprintOf({ authority, roots }) !== ''
  } catch {
    return false
  }
}

const isPlace = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_PLACE_LENGTH
const isKey = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g)!, (digits) => Number.parseInt(digits, 16))
