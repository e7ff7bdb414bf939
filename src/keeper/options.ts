import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { type ArgumentTable, aFunction, checkTable, ifGiven, kindOf, oneOf } from '../lib/arguments.ts'
import { isPlain } from '../lib/brand.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import { aPins, type Pins } from '../trust/pins-argument.ts'
import { type VerifierOptions, verifierFields } from '../verify/options.ts'
import type { Believed } from './held.ts'
import type { KeeperFetch } from './request.ts'
import type { KeeperAlarm, KeeperState } from './state.ts'
import { aKeeperStore, type KeeperStore } from './store.ts'

export interface KeeperOptions extends Pick<VerifierOptions, 'maxListAge' | 'clockTolerance'> {
  /** Whom to believe: an authority's pins, or those of several. */
  readonly pins: Pins | readonly Pins[]
  /**
   * Where the lists are, by the authority's id, in place of what its pins say: an address that begins with `https://` or
   * `http://` and ends in `/`.
   */
  readonly addresses?: Readonly<Record<string, string>> | undefined
  /** What remembers lists and keeps from older ones. Without one every verdict warns `rollback_unprotected`. */
  readonly store?: KeeperStore | undefined
  /** What asks servers: the runtime's own `fetch` by default. */
  readonly fetch?: KeeperFetch | undefined
  /** What verifies signatures, noble by default. */
  readonly engine?: Engine | undefined
  /**
   * Of lists in slices: `whole` brings all slices with each list, as kiosks and servers want it, and is the default.
   * `asked` brings those that `answer` asks for, as a consumer's page wants it.
   */
  readonly slices?: 'whole' | 'asked' | undefined
  /** Told after every refresh, and when the lists of the store are in use. */
  readonly onChange?: ((state: KeeperState) => void) | undefined
  /** Told of each alarm once. */
  readonly onAlarm?: ((alarm: KeeperAlarm) => void) | undefined
}

/** An authority and where its lists are. */
export interface PinnedSource extends Believed {
  readonly address: string
}

const { maxListAge, clockTolerance } = verifierFields

/** Whose the addresses are is checked with the pins. The options themselves are none. */
const areAddresses = (value: unknown): boolean => isPlain(value) && !Object.hasOwn(Object(value), 'pins')

const fields: ArgumentTable<KeeperOptions> = {
  pins: kindOf('pins, or an array of them', (value) => Array.isArray(value) || !!Object(value).authority),
  addresses: ifGiven(kindOf('an object with an address for each authority', areAddresses)),
  store: ifGiven(aKeeperStore),
  fetch: ifGiven(aFunction),
  engine: ifGiven(anEngine),
  slices: ifGiven(oneOf('whole', 'asked')),
  onChange: ifGiven(aFunction),
  onAlarm: ifGiven(aFunction),
  maxListAge,
  clockTolerance,
}

const ADDRESS = /^https?:\/\/[^\s?#/]+\/([^\s?#]*\/)?$/

/** @throws an argument error that names what is wrong */
export function checkKeeperOptions(
  options: KeeperOptions,
): KeeperOptions & { readonly sources: readonly PinnedSource[] } {
  const given = checkTable('options', options, fields)
  const { addresses = {}, engine = nobleEngine } = given
  const many = Array.isArray(given.pins)
  const all = (many ? given.pins : [given.pins]) as readonly Pins[]
  const sources = all.map((pins, index) => {
    const place = many ? `options.pins[${index}]` : 'options.pins'
    const { authority, roots, lists } = aPins(place, pins)
    return { authority, roots, engine, address: addressOf(place, own(addresses, authority) ?? lists) }
  })
  if (sources.length === 0) throw argumentRange('options.pins', 'one authority or more', 'none')
  const names = sources.map(({ authority }) => authority)
  if (new Set(names).size < names.length)
    throw argumentRange('options.pins', 'each authority once', 'one twice')
  const stranger = Object.keys(addresses).find((name) => !names.includes(name))
  if (stranger !== undefined) throw argumentRange('options.addresses', 'authorities of the pins', stranger)
  return { ...given, sources }
}

/** `constructor` may be an authority's id too. */
const own = (addresses: Readonly<Record<string, string>>, authority: string): string | undefined =>
  Object.hasOwn(addresses, authority) ? addresses[authority] : undefined

function addressOf(place: string, address: unknown): string {
  if (address === undefined) {
    throw argumentType(
      `${place}.lists`,
      'where the lists are published',
      address,
      () => 'pass options.addresses',
    )
  }
  if (typeof address === 'string' && ADDRESS.test(address)) return address
  throw argumentRange(
    'options.addresses',
    'a whole address that ends in /, as in https://tem.example/lists/',
    address,
  )
}
