import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { signedMessage } from '../../src/lib/contexts.ts'
import {
  bodyOf,
  documentOf,
  envelopeBytes,
  keyOf,
  keysOf,
  listOf,
  load,
  mustLoad,
  outcome,
  rootsOf,
} from '../support/trust-lists.ts'

const V1 = rootsOf(1, 2, 'a', 'b', 'c')
const V2 = rootsOf(2, 2, 'b', 'c', 'd')
const V3 = rootsOf(3, 2, 'd', 'e', 'f')
const V4 = rootsOf(4, 1, 'g')

const list1 = listOf({ sequence: 1, roots: V1 }, 'a', 'b')
const list2 = listOf({ sequence: 5, roots: V2 }, 'b', 'c')
const list3 = listOf({ sequence: 6, roots: V3 }, 'c', 'd', 'e')
const list4 = listOf({ sequence: 7, roots: V4 }, 'd', 'f', 'g')
const newest = listOf({ sequence: 9, roots: V4 }, 'g')
const chain = concatBytes(list1, list2, list3, list4, newest)

describe('a chain of root rotations', () => {
  it.each([V1, V2, V3, V4])('leads from pinned root version $version to the newest list', (roots) => {
    const list = mustLoad(chain, { roots })
    expect(list.sequence).toBe(9)
    expect(list.roots.version).toBe(4)
    expect(list.roots.threshold).toBe(1)
    expect(list.roots.keys.map(({ publicKey }) => publicKey)).toEqual(V4.keys)
  })

  it('may begin with lists from before the pinned roots, which those never signed', () => {
    expect(outcome(concatBytes(list1, newest), { roots: V4 })).toBe('ok')
  })

  it('has a gap where a rotation is missing', () => {
    const skipping = listOf({ sequence: 6, roots: V3 }, 'a', 'b', 'd', 'e')
    expect(outcome(concatBytes(list1, skipping), { roots: V1 })).toBe('root_version_gap')
    expect(outcome(skipping, { roots: V1 })).toBe('root_version_gap')
  })

  it('breaks at a missing rotation even where the later list is not signed by the old roots at all', () => {
    expect(outcome(concatBytes(list1, list2, list4), { roots: V1 })).toBe('threshold')
  })

  it('never goes back to an earlier root version', () => {
    const back = listOf({ sequence: 8, roots: V2 }, 'b', 'c', 'd', 'e')
    expect(outcome(concatBytes(list1, list2, list3, back), { roots: V1 })).toBe('root_version_rollback')
    expect(outcome(back, { roots: V3 })).toBe('root_version_rollback')
  })

  it('never goes back to an earlier sequence of one root version', () => {
    const [five, four] = [
      listOf({ sequence: 5, roots: V1 }, 'a', 'b'),
      listOf({ sequence: 4, roots: V1 }, 'a', 'b'),
    ]
    expect(outcome(concatBytes(four, five), { roots: V1 })).toBe('ok')
    expect(outcome(concatBytes(five, four), { roots: V1 })).toBe('rollback')
  })

  it('holds an alarm for two lists of one sequence, and none for one list that stands twice', () => {
    const other = listOf({ sequence: 1, roots: V1, issuers: [] }, 'a', 'b')
    expect(outcome(concatBytes(list1, other), { roots: V1 })).toBe('equivocation')
    expect(outcome(concatBytes(list1, list1), { roots: V1 })).toBe('ok')
  })

  it('may skip sequences, and may count anew after a rotation', () => {
    const far = listOf({ sequence: 2 ** 53 - 1, roots: V1 }, 'a', 'b')
    const anew = listOf({ sequence: 0, roots: V2 }, 'b', 'c')
    expect(outcome(concatBytes(list1, far, anew), { roots: V1 })).toBe('ok')
  })

  it('is not asked for the expiry of its links', () => {
    const long = { issued: new Date('2001-01-01T00:00:00Z'), expires: new Date('2001-01-02T00:00:00Z') }
    const stale1 = listOf({ sequence: 1, roots: V1, ...long }, 'a', 'b')
    const stale2 = listOf({ sequence: 5, roots: V2, ...long }, 'b', 'c')
    expect(mustLoad(concatBytes(stale1, stale2, list3), { roots: V1 }).sequence).toBe(6)
  })

  it('is refused for a link of another authority', () => {
    const foreign = listOf({ sequence: 5, roots: V2, authority: 'elsewhere' }, 'b', 'c')
    expect(outcome(concatBytes(list1, foreign, list3), { roots: V1 })).toBe('wrong_authority')
  })

  it('has 64 links at the most', () => {
    const links = Array.from({ length: 65 }, (_, sequence) => listOf({ sequence, roots: V4 }, 'g'))
    expect(outcome(concatBytes(...links.slice(1)), { roots: V4 })).toBe('ok')
    expect(load(concatBytes(...links), { roots: V4 })).toEqual({
      ok: false,
      reason: 'malformed',
      detail: 'cbor_too_many',
    })
  })
})

describe('a rotation', () => {
  it.each([
    ['enough of the old and of the new roots', ['a', 'c', 'd'], 'ok'],
    ['keys of both sets, which count in both', ['b', 'c'], 'ok'],
    ['one old key only', ['b', 'd'], 'threshold'],
    ['the new roots only', ['d', 'c'], 'threshold'],
    ['one new key only', ['a', 'b'], 'new_threshold'],
    ['nobody', [], 'threshold'],
    ['strangers', ['x', 'y', 'z'], 'threshold'],
  ])('signed by %s: %s gives %s', (_, names, expected) => {
    expect(outcome(listOf({ roots: V2 }, ...names), { roots: V1 })).toBe(expected)
  })

  it('may keep the keys', () => {
    expect(outcome(listOf({ roots: { ...V1, version: 2 } }, 'a', 'b'), { roots: V1 })).toBe('ok')
  })

  it('to a lower threshold needs as many old keys as ever', () => {
    const lower = { ...V1, version: 2, threshold: 1 }
    expect(outcome(listOf({ roots: lower }, 'a'), { roots: V1 })).toBe('threshold')
    expect(outcome(listOf({ roots: lower }, 'a', 'b'), { roots: V1 })).toBe('ok')
  })

  it('to a higher threshold needs as many new keys as that', () => {
    const higher = { ...V1, version: 2, threshold: 3 }
    expect(outcome(listOf({ roots: higher }, 'a', 'b'), { roots: V1 })).toBe('new_threshold')
    expect(outcome(listOf({ roots: higher }, 'a', 'b', 'c'), { roots: V1 })).toBe('ok')
  })

  it('to a key that no verifier accepts is refused', () => {
    const smallOrder = new Uint8Array(32)
    smallOrder[0] = 1
    const roots = { version: 2, threshold: 1, keys: [smallOrder] }
    expect(outcome(listOf({ roots }, 'a', 'b'), { roots: V1 })).toBe('public_key')
  })
})

describe('roots within one version', () => {
  it.each([
    ['another key', { ...V1, keys: rootsOf(1, 2, 'a', 'b', 'd').keys }],
    ['one key more', { ...V1, keys: rootsOf(1, 2, 'a', 'b', 'c', 'd').keys }],
    ['one key less', { ...V1, keys: rootsOf(1, 2, 'a', 'b').keys }],
    ['a lower threshold', { ...V1, threshold: 1 }],
    ['a higher threshold', { ...V1, threshold: 3 }],
  ])('may not change: %s', (_, roots) => {
    expect(outcome(listOf({ roots }, 'a', 'b', 'c'), { roots: V1 })).toBe('roots_changed')
  })

  it('may stand in another order', () => {
    const roots = rootsOf(1, 2, 'c', 'a', 'b')
    expect(outcome(listOf({ roots }, 'a', 'b'), { roots: V1 })).toBe('ok')
  })
})

describe('a threshold', () => {
  it.each([
    [1, ['a'], 'ok'],
    [1, [], 'threshold'],
    [2, ['a'], 'threshold'],
    [2, ['a', 'c'], 'ok'],
    [3, ['a', 'b'], 'threshold'],
    [3, ['a', 'b', 'c'], 'ok'],
    [3, ['a', 'b', 'x'], 'threshold'],
  ])('of %i of 3 keys, signed by %j: %s', (threshold, names, expected) => {
    const roots = { ...V1, threshold }
    expect(outcome(listOf({ roots }, ...names), { roots })).toBe(expected)
  })

  it('is not reached by signatures over something else', () => {
    const body = bodyOf({ roots: V1 })
    const pair = (name: string, signed: Uint8Array) =>
      [
        keyOf(name).publicKey,
        keyOf(name).sign(signedMessage('veristamp:trust1', signed)) as Uint8Array,
      ] as const
    const pairs = [pair('a', body), pair('b', bodyOf({ roots: V1, sequence: 2 }))]
    const sorted = pairs.sort(([x], [y]) => Buffer.compare(x, y))
    expect(outcome(envelopeBytes('veristamp:trust1', body, sorted), { roots: V1 })).toBe('threshold')
  })

  it('is not reached by a key that signs twice', () => {
    const doubled = documentOf(bodyOf({ roots: V1 }), keysOf('a', 'a'))
    expect(outcome(doubled, { roots: V1 })).toBe('duplicate_signature')
  })

  it('is not reached by a key that stands twice in the new roots', () => {
    const [a] = V1.keys
    const roots = { version: 2, threshold: 2, keys: [a!, a!] }
    // The writer refuses such roots: an attacker's would not, so the body is one of other keys, put right.
    const body = bodyOf({ roots: { ...roots, keys: [a!, keyOf('d').publicKey] } })
    const doubled = replaceBytes(body, keyOf('d').publicKey, a!)
    expect(load(documentOf(doubled, keysOf('a', 'b')), { roots: V1 })).toEqual({
      ok: false,
      reason: 'malformed',
      detail: 'field:roots.keys',
    })
  })

  it.each([0, 4])('of %i of 3 new keys is malformed', (threshold) => {
    const sound = bodyOf({ roots: { ...V1, version: 2, threshold: 3 } })
    const at = indexOf(sound, new TextEncoder().encode('threshold')) + 'threshold'.length
    const body = sound.slice()
    expect(body[at]).toBe(3)
    body[at] = threshold
    expect(outcome(documentOf(body, keysOf('a', 'b', 'c')), { roots: V1 })).toBe('malformed')
  })

  it('may ask for 16 keys', () => {
    const names = Array.from({ length: 16 }, (_, index) => `root ${index}`)
    const roots = rootsOf(1, 16, ...names)
    expect(outcome(listOf({ roots }, ...names), { roots })).toBe('ok')
    expect(outcome(listOf({ roots }, ...names.slice(1)), { roots })).toBe('threshold')
  })
})

const indexOf = (bytes: Uint8Array, part: Uint8Array): number => Buffer.from(bytes).indexOf(part)

function replaceBytes(bytes: Uint8Array, part: Uint8Array, by: Uint8Array): Uint8Array {
  const replaced = bytes.slice()
  const at = indexOf(bytes, part)
  if (at < 0) throw new Error('nothing to replace')
  replaced.set(by, at)
  return replaced
}
