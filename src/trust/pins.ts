import { encodeCbor } from '../codec/cbor.ts'
import { encodeCrockfordGroups } from '../codec/crockford.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { authority } from '../document/header.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { checkTable, textOf } from '../lib/arguments.ts'
import { compareBytes } from '../lib/bytes.ts'
import { signedMessage } from '../lib/contexts.ts'
import { checkRoots, type Roots } from './roots.ts'

/** All that decides whom a verifier believes: what it is given once, by hand (docs/spec/pins.md, "Pins"). */
export interface PinnedAuthority {
  /** The authority's id. */
  readonly authority: string
  /** Its root keys, and how many of them must sign. */
  readonly roots: Roots
}

const FINGERPRINT_LENGTH = 10

/**
 * What people compare before a verifier believes its pins: 16 letters in groups of four, as in `0123-4567-89AB-CDEF`
 * (docs/spec/pins.md, "Pins"). The order of the keys doesn't matter; everything else changes it.
 * @param pins the authority's id and its roots
 * @throws ArgumentTypeError or ArgumentRangeError for pins that no verifier can have
 * @example
 * ```ts
 * import { fingerprintOf } from 'veristamp/authority'
 *
 * fingerprintOf({ authority, roots }) // → 'H…'
 * ```
 */
export function fingerprintOf(pins: PinnedAuthority): string {
  const given = checkTable('pins', pins, { authority: textOf(64), roots: checkRoots })
  const { version, threshold, keys } = checkRoots('pins.roots', given.roots)
  const id = writeShape(authority, given.authority, 'pins.authority')
  const said = encodeCbor([id, version, threshold, [...keys].sort(compareBytes)])
  const digest = sha256(signedMessage('veristamp:pins-1', said))
  return encodeCrockfordGroups(digest.subarray(0, FINGERPRINT_LENGTH))
}
