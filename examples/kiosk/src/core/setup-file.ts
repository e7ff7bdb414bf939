/**
 * The set-up file pins an authority: whose lists this kiosk believes. Whoever can put another one in owns the kiosk,
 * so it is taken once, by hand, and compared with the authority's fingerprint.
 */
export interface Setup {
  readonly authority: string
  readonly roots: {
    readonly version: number
    readonly threshold: number
    readonly keys: readonly Uint8Array[]
  }
  /** What this kiosk is called in the scan log. */
  readonly place: string
}

const MOST_KEYS = 32

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
  const sound =
    kind === 'veristamp-kiosk-setup' &&
    isText(authority) &&
    isText(place) &&
    isCount(version) &&
    isCount(threshold) &&
    Array.isArray(keys) &&
    keys.length <= MOST_KEYS &&
    threshold <= keys.length &&
    keys.every(isKey)
  if (!sound) return undefined
  return { authority, place, roots: { version, threshold, keys: keys.map(fromHex) } }
}

/** The text of a set-up file. */
export const writeSetup = ({
  authority,
  roots: { version = 1, threshold, keys },
  place,
}: SetupLike): string =>
  `${JSON.stringify(
    {
      kind: 'veristamp-kiosk-setup',
      authority,
      place,
      roots: { version, threshold, keys: keys.map(toHex) },
    },
    null,
    2,
  )}\n`

interface SetupLike extends Omit<Setup, 'roots'> {
  readonly roots: {
    readonly version?: number
    readonly threshold: number
    readonly keys: readonly Uint8Array[]
  }
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 64
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1
const isKey = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g)!, (digits) => Number.parseInt(digits, 16))
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** What people compare: SHA-256 of all pinned keys in their order, the first 16 hex digits in groups of four. */
export async function fingerprintOf({ roots: { keys } }: Pick<Setup, 'roots'>): Promise<string> {
  const all = Uint8Array.from(keys.flatMap((key) => [...key]))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return toHex(hash.subarray(0, 8))
    .replace(/(.{4})(?=.)/g, '$1 ')
    .toUpperCase()
}
