import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStore, type Seen, type SequenceStore } from '../../src/document/store.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { joinChain } from '../../src/trust/join-chain.ts'
import type { VersionedRoots } from '../../src/trust/roots.ts'
import { AUTHORITY, bodyOf, documentOf, keysOf, load, rootsOf } from '../support/trust-lists.ts'

/**
 * Random histories: an honest authority publishes and rotates; a thief holds every root key that was rotated
 * away, all documents ever made, and keys of their own; a verifier pins version 1 and is offered whatever comes.
 */

type Step =
  | { readonly kind: 'publish'; readonly skip: number }
  | { readonly kind: 'rotate' }
  | { readonly kind: 'offer newest' }
  | { readonly kind: 'replay'; readonly picks: readonly number[] }
  | Forging

interface Forging {
  readonly kind: 'forge'
  readonly ahead: number
  readonly back: number
  /** Behind any documents, or behind the rotations that lead there. */
  readonly mix: boolean
  readonly picks: readonly number[]
}

const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 })

const forging: fc.Arbitrary<Forging> = fc.record({
  kind: fc.constant('forge' as const),
  ahead: fc.nat(3),
  back: fc.nat(3),
  mix: fc.boolean(),
  picks,
})

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const), skip: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('rotate' as const) }),
  fc.record({ kind: fc.constant('offer newest' as const) }),
  fc.record({ kind: fc.constant('replay' as const), picks }),
  forging,
)

interface Document {
  readonly bytes: Uint8Array
  readonly version: number
  readonly sequence: number
}

const namesOf = (version: number): string[] =>
  ['a', 'b', 'c'].map((letter) => `${letter} of version ${version}`)
const rootsAt = (version: number): VersionedRoots => rootsOf(version, 2, ...namesOf(version))

/** Two old and two new keys sign a rotation, two keys of a version its other lists. */
class Authority {
  readonly documents: Document[] = []
  version = 1
  #sequence = 0

  constructor() {
    this.publish(1)
  }

  get newest(): Document {
    return this.documents[this.documents.length - 1]!
  }

  publish(skip: number): void {
    this.#sequence += skip
    this.#sign(namesOf(this.version).slice(1))
  }

  rotate(): void {
    this.version++
    this.#sequence = this.version % 2 // a rotation may set it back
    this.#sign([...namesOf(this.version - 1).slice(0, 2), ...namesOf(this.version).slice(0, 2)])
  }

  /** The rotations up to a version. */
  rotations(to: number): Uint8Array[] {
    const first = (version: number) => this.documents.find((document) => document.version === version)!
    return Array.from({ length: to - 1 }, (_, index) => first(index + 2).bytes)
  }

  chain(): Uint8Array {
    const rotations = this.rotations(this.version)
    return concatBytes(...rotations.filter((bytes) => bytes !== this.newest.bytes), this.newest.bytes)
  }

  #sign(names: string[]): void {
    const content = { sequence: this.#sequence, roots: rootsAt(this.version), issuers: [] }
    const bytes = documentOf(bodyOf(content), keysOf(...names))
    this.documents.push({ bytes, version: this.version, sequence: this.#sequence })
  }
}

/** A list by keys that were rotated away before the verifier's roots: one that goes on, or leads elsewhere. */
function forge(retired: number, ahead: number): Uint8Array {
  const names = [...namesOf(retired), 'thief 1', 'thief 2']
  const roots = ahead === 0 ? rootsAt(retired) : rootsOf(retired + ahead, 2, 'thief 1', 'thief 2')
  return documentOf(bodyOf({ sequence: 1000 + ahead, roots, issuers: [] }), keysOf(...names))
}

class Verifier {
  readonly store: SequenceStore = memoryStore()

  get seen(): Seen | undefined {
    return this.store.read(AUTHORITY, 'trust')
  }

  offer(bytes: Uint8Array) {
    return load(bytes, { roots: rootsAt(1), store: this.store })
  }
}

const isBelow = (a: Seen, b: Seen): boolean =>
  a.epoch < b.epoch || (a.epoch === b.epoch && a.sequence < b.sequence)

function play(steps: readonly Step[], tally: Record<string, number>): void {
  const authority = new Authority()
  const verifier = new Verifier()
  const pick = (index: number) => authority.documents[index % authority.documents.length]!.bytes
  const offerFoul = (bytes: Uint8Array) => {
    const result = verifier.offer(bytes)
    tally[result.ok ? 'ok' : result.reason] = (tally[result.ok ? 'ok' : result.reason] ?? 0) + 1
    if (result.ok) expect(honestDigests(authority)).toContain(toHex(result.trustList.digest))
  }
  for (const step of steps) {
    const before = verifier.seen
    if (step.kind === 'publish') authority.publish(step.skip)
    if (step.kind === 'rotate') authority.rotate()
    if (step.kind === 'replay') offerFoul(concatBytes(...step.picks.map(pick)))
    if (step.kind === 'forge') {
      const retired = (before?.epoch ?? 1) - 1 - step.back
      if (retired < 1) continue
      const way = step.mix ? step.picks.map(pick) : authority.rotations(retired)
      offerFoul(concatBytes(...way, forge(retired, step.ahead)))
    }
    if (step.kind === 'offer newest') {
      const result = verifier.offer(authority.chain())
      expect(result).toMatchObject({ ok: true, trustList: { sequence: authority.newest.sequence } })
      expect(verifier.seen).toMatchObject({ epoch: authority.version })
    }
    if (before !== undefined) expect(isBelow(verifier.seen!, before)).toBe(false)
  }
}

const digests = new WeakMap<Document, string>()

function honestDigests(authority: Authority): string[] {
  return authority.documents.map((document) => {
    const known = digests.get(document) ?? digestOf(document)
    digests.set(document, known)
    return known
  })
}

function digestOf({ bytes, version }: Document): string {
  const loaded = load(bytes, { roots: rootsAt(version) })
  if (!loaded.ok) throw new Error(loaded.reason)
  return toHex(loaded.trustList.digest)
}

describe('a verifier with a store, in any history', () => {
  it('never ends below what it accepted, accepts none but honest lists, and always the newest', () => {
    const tally: Record<string, number> = {}
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 24 }), (steps) => play(steps, tally)),
      { numRuns: 250 },
    )
    // The histories are worth something only if attacks of each kind came up.
    for (const reason of ['ok', 'threshold', 'rollback']) {
      expect(tally[reason] ?? 0, reason).toBeGreaterThan(0)
    }
  })

  it('is given by joinChain the chain that leads to the newest list', () => {
    const publishing = fc.array(fc.constantFrom('publish', 'rotate'), { maxLength: 12 })
    fc.assert(
      fc.property(publishing, (acts) => {
        const authority = new Authority()
        for (const act of acts) act === 'publish' ? authority.publish(1) : authority.rotate()
        const chain = joinChain(...authority.documents.map(({ bytes }) => bytes))
        for (let version = 1; version <= authority.version; version++) {
          const loaded = load(chain, { roots: rootsAt(version) })
          expect(loaded).toMatchObject({ ok: true, trustList: { sequence: authority.newest.sequence } })
        }
      }),
      { numRuns: 10 },
    )
  })
})
