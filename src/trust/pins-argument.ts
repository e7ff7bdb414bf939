import { MAX_PLACE_LENGTH } from '../document/place.ts'
import { checkTable, ifGiven, textOf } from '../lib/arguments.ts'
import { checkText } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import { checkRoots, type Roots, type VersionedRoots } from './roots.ts'

/** What a verifier is born with: given once, by hand (docs/spec/pins.md, "Pins"). */
export interface Pins {
  /** The authority's id. */
  readonly authority: string
  /** Its root keys, and how many of them must sign. */
  readonly roots: Roots
  /** Where the authority publishes its lists: an address that begins with `https://` and ends in `/`. */
  readonly lists?: string | undefined
  /** What this device is called in scan logs: 1 to 200 characters. */
  readonly place?: string | undefined
}

/** Spelled as `URL` spells it: so no user, port 443, query, fragment, and no segment that browsers take away. */
export const ADDRESS =
  /^https:\/\/([a-z0-9-]+\.)*[a-z][a-z0-9-]*(:(?!443\/)[1-9]\d{0,3})?\/((?!\.\.?\/)[\w.~-]+\/)*$/
export const MAX_ADDRESS_LENGTH = 200

const table = {
  authority: textOf(64),
  roots: checkRoots,
  lists: ifGiven(anAddress),
  place: ifGiven(textOf(MAX_PLACE_LENGTH)),
}

function anAddress(name: string, value: unknown): void {
  if (ADDRESS.test(checkText(name, value, 1, MAX_ADDRESS_LENGTH))) return
  throw argumentRange(name, 'an address as in https://tem.example/lists/', value)
}

/** Pins as an argument, field by field. @throws an argument error naming what is wrong */
export function aPins(name: string, pins: Pins): Pins & { readonly roots: VersionedRoots } {
  const given = checkTable(name, pins, table)
  return { ...given, roots: checkRoots(`${name}.roots`, given.roots) }
}
