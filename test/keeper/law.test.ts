import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Keeper } from '../../src/keeper/keeper.ts'
import { encodeIndex, type ListsIndex } from '../../src/keeper/lists-index.ts'
import type { KeeperReason } from '../../src/keeper/state.ts'
import { type KeeperStore, memoryKeeperStore } from '../../src/keeper/store.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { runs } from '../support/laws.ts'
import {
  at,
  createServer,
  DAY,
  hashOf,
  keeperOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'

/**
 * Whatever a hostile server and a bad network do: no keeper ever goes back, also not by way of a store that two of them
 * share, and what it says is what the lists that it says it has say.
 */

const A = 'a.example'
const now = at(DAY)
const LAST = 6
const SEQUENCES = Array.from({ length: LAST }, (_, index) => index + 1)
/** From this list on, another revocation key is in force. */
const SECOND_EPOCH = 5
const epochOf = (sequence: number) => (sequence >= SECOND_EPOCH ? 1 : 0)

interface Lists {
  readonly trust: Map<number, Uint8Array>
  readonly revocation: Map<number, Uint8Array>
  /** Other lists of the same numbers, which the authority signed as well. */
  readonly twins: Map<number, Uint8Array>
  readonly deltas: Map<string, Uint8Array>
  readonly stamps: Map<number, string>
}
let lists: Lists

beforeAll(async () => {
  lists = { trust: new Map(), revocation: new Map(), twins: new Map(), deltas: new Map(), stamps: new Map() }
  for (const sequence of SEQUENCES) {
    const epoch = epochOf(sequence)
    lists.trust.set(sequence, trustOf(A, { sequence, epoch }))
    lists.revocation.set(sequence, await revocationOf(A, sequence, { epoch }))
    lists.twins.set(sequence, await revocationOf(A, sequence, { epoch, twist: 1 }))
    lists.stamps.set(sequence, await stampOf(A, sequence))
    for (const from of SEQUENCES.slice(0, sequence - 1))
      lists.deltas.set(
        `${from}-${sequence}`,
        makeDelta(lists.revocation.get(from)!, lists.revocation.get(sequence)!),
      )
  }
})

/** What the server has, and how it lies. */
interface Site {
  readonly trust: number
  readonly revocation: number
  readonly twin: boolean
  /** How much higher than the truth its index is. */
  readonly lie: number
  /** The file that stands in the place of another: by its place among all. */
  readonly swapped: readonly (readonly [string, number])[]
  /** What becomes of each request, one after the other. */
  readonly network: readonly ('good' | 'lost' | 'cut' | 'html' | 'unchanged')[]
}

function filesOfSite({ trust, revocation, twin, lie, swapped }: Site): Map<string, Uint8Array> {
  const [trustFile, revocationFile] = [
    lists.trust.get(trust)!,
    (twin ? lists.twins : lists.revocation).get(revocation)!,
  ]
  const files = new Map([
    ['trust.cbor', trustFile],
    ['revocation.cbor', revocationFile],
  ])
  const deltas = SEQUENCES.slice(0, revocation - 1).map((from) => {
    const delta = lists.deltas.get(`${from}-${revocation}`)!
    files.set(`delta-${from}.cbor`, delta)
    return { from: hashOf(lists.revocation.get(from)!), path: `delta-${from}.cbor`, sha256: hashOf(delta) }
  })
  const index: ListsIndex = {
    authority: A,
    trust: { epoch: 1, sequence: trust + lie, path: 'trust.cbor', sha256: hashOf(trustFile) },
    revocation: {
      ...{ epoch: epochOf(revocation), sequence: revocation + lie, path: 'revocation.cbor' },
      ...{ sha256: hashOf(revocationFile), deltas },
    },
  }
  const all = [...lists.trust.values(), ...lists.revocation.values(), ...lists.twins.values()]
  for (const [path, other] of swapped) if (files.has(path)) files.set(path, all[other % all.length]!)
  files.set('lists.json', new TextEncoder().encode(encodeIndex(index)))
  return files
}

const trouble = fc.constantFrom('lost', 'cut', 'html', 'unchanged' as const)

/** Numbers of a trust list and a revocation list: mostly of one epoch. */
const numbers = fc
  .tuple(fc.integer({ min: 1, max: LAST }), fc.integer({ min: 1, max: LAST }), fc.nat(9))
  .map(([trust, revocation, dice]) =>
    dice > 0 && epochOf(trust) !== epochOf(revocation) ? [revocation, revocation] : [trust, revocation],
  )
const site: fc.Arbitrary<Site> = fc
  .record({
    numbers,
    twin: fc.nat(5).map((dice) => dice === 0),
    lie: fc.constantFrom(0, 0, 0, 3, 2 ** 40),
    swapped: fc.array(
      fc.tuple(fc.constantFrom('trust.cbor', 'revocation.cbor', 'delta-1.cbor', 'delta-2.cbor'), fc.nat(30)),
      { maxLength: 1 },
    ),
    network: fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant('good' as const) }, trouble), {
      maxLength: 6,
    }),
  })
  .map(({ numbers: [trust, revocation], ...others }) => ({
    trust: trust!,
    revocation: revocation!,
    ...others,
  }))

type Place = readonly [epoch: number, sequence: number]
type Places = readonly [trust: Place, revocation: Place]
const NOWHERE: Places = [
  [-1, -1],
  [-1, -1],
]

interface Real {
  readonly server: Server
  readonly store: Required<KeeperStore>
  readonly keepers: Keeper[]
  storeFails: boolean
}
interface Model {
  /** What each of the keepers was seen to have. */
  readonly held: Places[]
  /** What the store was given by a keeper that could write. */
  shared: Places
}

const isBefore = ([a, b]: Place, [c, d]: Place) => a < c || (a === c && b < d)
const highest = (one: Places, other: Places): Places => [
  isBefore(one[0], other[0]) ? other[0] : one[0],
  isBefore(one[1], other[1]) ? other[1] : one[1],
]

function placesOf(keeper: Keeper): Places {
  const { trustList, revocationList } = keeper.state.authorities[0]!
  return [
    trustList ? [1, trustList.sequence] : NOWHERE[0],
    revocationList ? [epochOf(revocationList.sequence), revocationList.sequence] : NOWHERE[1],
  ]
}

/** Nothing is older than it was, and the verifier says what the lists say. */
function check(model: Model, { keepers, storeFails }: Real, refreshed: readonly number[]): void {
  for (const [index, keeper] of keepers.entries()) {
    const places = placesOf(keeper)
    const least =
      refreshed.includes(index) && !storeFails
        ? highest(model.held[index]!, model.shared)
        : model.held[index]!
    expect(
      isBefore(places[0], least[0]),
      `trust list of keeper ${index}: ${places[0]} after ${least[0]}`,
    ).toBe(false)
    expect(
      isBefore(places[1], least[1]),
      `revocation list of keeper ${index}: ${places[1]} after ${least[1]}`,
    ).toBe(false)
    const [[, trust], [, revoked]] = places
    for (const [serial, text] of lists.stamps) {
      const { status, reason } = { reason: undefined, ...keeper.verify(text, { now }) }
      if (trust < 0) expect([status, reason]).toEqual(['indeterminate', 'trust_list_missing'])
      else expect([status, reason]).toEqual(serial <= revoked ? ['invalid', 'revoked'] : ['valid', undefined])
    }
    model.held[index] = places
  }
  if (!storeFails) for (const index of refreshed) model.shared = highest(model.shared, model.held[index]!)
}

/** Why refreshes failed, in all cases: that there was something to withstand. */
const reached = new Set<KeeperReason | undefined>()

type Command = fc.AsyncCommand<Model, Real>

/** A server as it is then is asked by one keeper, or by both at a time. */
class Refresh implements Command {
  private readonly site: Site
  private readonly which: readonly number[]
  constructor(site: Site, which: readonly number[]) {
    this.site = site
    this.which = which
  }
  check = () => true
  async run(model: Model, real: Real) {
    const { server } = real
    server.sites.set(A, filesOfSite(this.site))
    let asked = 0
    server.answer = () => {
      switch (this.site.network[asked++]) {
        case 'lost':
          return Promise.reject(new TypeError('fetch failed'))
        case 'cut':
          return new Response(new ReadableStream({ pull: (to) => to.error(new Error('reset')) }))
        case 'html':
          return new Response('<html>')
        case 'unchanged':
          return new Response(null, { status: 304 })
        default:
          return undefined
      }
    }
    await Promise.all(this.which.map((index) => real.keepers[index]!.refresh({ now })))
    check(model, real, this.which)
    for (const index of this.which)
      reached.add(real.keepers[index]!.state.authorities[0]!.lastFailure?.reason)
  }
  toString = () => `refresh(${this.which}: ${JSON.stringify(this.site)})`
}

/** The app is closed and opened again: it has what the store has. */
class Restart implements Command {
  private readonly which: number
  constructor(which: number) {
    this.which = which
  }
  check = () => true
  async run(model: Model, real: Real) {
    real.keepers[this.which] = keeperOf(real.server, { store: real.store })
    model.held[this.which] = NOWHERE
    check(model, real, [])
  }
  toString = () => `restart(${this.which})`
}

class StoreFails implements Command {
  private readonly fails: boolean
  constructor(fails: boolean) {
    this.fails = fails
  }
  check = () => true
  async run(_: Model, real: Real) {
    real.storeFails = this.fails
  }
  toString = () => `storeFails(${this.fails})`
}

const commands = fc.commands(
  [
    fc.tuple(site, fc.constantFrom([0], [1], [0, 1])).map((given) => new Refresh(...given)),
    fc.tuple(site, fc.constantFrom([0], [1], [0, 1])).map((given) => new Refresh(...given)),
    fc.nat(1).map((which) => new Restart(which)),
    fc.boolean().map((fails) => new StoreFails(fails)),
  ],
  { maxCommands: 30, size: 'max' },
)

function begin(): { model: Model; real: Real } {
  const server = createServer()
  const kept = memoryKeeperStore()
  const ifGood = async <T>(work: () => Promise<T>): Promise<T> => {
    await Promise.resolve()
    if (real.storeFails) throw new Error('no store')
    return work()
  }
  const store: Required<KeeperStore> = {
    get: (key) => ifGood(() => kept.get(key)),
    set: (key, text) => ifGood(() => kept.set(key, text)),
    update: (key, change) => ifGood(() => kept.update(key, change)),
  }
  const real: Real = {
    server,
    store,
    keepers: [0, 1].map(() => keeperOf(server, { store })),
    storeFails: false,
  }
  return { model: { held: [NOWHERE, NOWHERE], shared: NOWHERE }, real }
}

describe('two keepers on one store', () => {
  it('never go back, whatever servers, networks and stores do', async () => {
    await fc.assert(
      fc.asyncProperty(commands, (all) => fc.asyncModelRun(begin, all)),
      { numRuns: runs(300, 40) },
    )
    const expected: KeeperReason[] = [
      'rollback',
      'equivocation',
      'wrong_epoch',
      'other_bytes',
      'no_answer',
      'store_failed',
    ]
    expect([...reached]).toEqual(expect.arrayContaining(expected))
  })
})
