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
    readonly version?: number | undefined
    readonly threshold: number
    readonly keys: readonly Uint8Array[]
  }
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
