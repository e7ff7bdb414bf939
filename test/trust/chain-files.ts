import type { Seen } from '../../src/document/store.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { Roots } from '../../src/trust/roots.ts'
import { bodyOf, documentOf, keysOf, listOf, rootsOf } from '../support/trust-lists.ts'

/** Files of trust lists for the vectors of chains: what is passed over, taken and refused, and in which order. */

export const V1 = rootsOf(1, 2, 'a', 'b', 'c')
export const V2 = rootsOf(2, 2, 'b', 'c', 'd')
export const V3 = rootsOf(3, 2, 'd', 'e', 'f')
export const V4 = rootsOf(4, 1, 'g')

/** A file for a verifier that pins the roots, V1 by default. */
export interface ChainFile {
  readonly name: string
  readonly file: Uint8Array
  readonly roots?: Roots
  readonly seen?: Seen
}

/** A list of the roots V1, signed by a and b unless said otherwise. */
export const one = (content: Partial<TrustListContent>, ...names: string[]): Uint8Array =>
  listOf({ roots: V1, issuers: [], ...content }, ...(names.length > 0 ? names : ['a', 'b']))

export const smallOrder = Uint8Array.of(1, ...new Uint8Array(31))

/** Signed by nobody that a verifier of version 2 knows, or by too few: never read. */
const passedOver: [name: string, head: Uint8Array][] = [
  ['the version before', one({}, 'a', 'b')],
  ['a later version', one({ roots: V4 }, 'g')],
  ['the same version, of other signers', one({ roots: V2 }, 'a', 'x')],
  ['another authority', one({ authority: 'elsewhere' }, 'x', 'y')],
  ['a body that is none', documentOf(Uint8Array.of(255), keysOf('x', 'y'))],
  ['a draft', documentOf(bodyOf({ roots: V1 }), [])],
  ['the version before, signed by enough of the roots in force', one({}, 'b', 'c')],
]
const second = one({ sequence: 7, roots: V2 }, 'b', 'c')
const unsound: Roots = {
  version: 2,
  threshold: 1,
  keys: [...keysOf('b').map(({ publicKey }) => publicKey), smallOrder],
}
const turned: Roots = { ...V1, keys: [...V1.keys].reverse() }

/** What is taken, beside the three rotations: files, the roots that are pinned, and the last list of each. */
export const takenFiles: (ChainFile & { readonly last: Partial<TrustListContent> })[] = [
  ...passedOver.map(([name, head]) => ({
    name: `passed over at the head: ${name}`,
    file: concatBytes(head, second),
    roots: V2,
    last: { sequence: 7, roots: V2 },
  })),
  {
    name: 'passed over at the head: all that a chain may have before its last list',
    file: concatBytes(...Array.from({ length: 63 }, () => one({}, 'x', 'y')), second),
    roots: V2,
    last: { sequence: 7, roots: V2 },
  },
  {
    name: 'roots that are pinned in another order',
    file: one({ sequence: 7 }),
    roots: turned,
    last: { sequence: 7, roots: V1 },
  },
  {
    name: 'roots in another order in the next list',
    file: concatBytes(one({ sequence: 7 }), one({ sequence: 8, roots: turned })),
    last: { sequence: 8, roots: turned },
  },
  {
    name: 'equal lists, one after the other',
    file: concatBytes(one({ sequence: 7 }), one({ sequence: 7 })),
    last: { sequence: 7, roots: V1 },
  },
  {
    name: 'a lower sequence after a rotation',
    file: concatBytes(one({ sequence: 9 }), one({ sequence: 2, roots: V2 }, 'b', 'c')),
    last: { sequence: 2, roots: V2 },
  },
]

/** More that is refused, beside one for each reason. */
export const refusedFiles: (ChainFile & { readonly reason: DocumentReason })[] = [
  {
    name: 'of the version before: the last list is never passed over',
    reason: 'root_version_rollback',
    file: one({}, 'b', 'c'),
    roots: V2,
  },
  {
    name: 'signed by too few: the last list is never passed over',
    reason: 'threshold',
    file: concatBytes(second, one({ sequence: 8, roots: V2 }, 'a', 'x')),
    roots: V2,
  },
  {
    name: 'signed by too few behind a list that was taken',
    reason: 'threshold',
    file: concatBytes(second, one({}, 'a', 'x'), second),
    roots: V2,
  },
  {
    name: 'a body that is none at the head, signed by enough',
    reason: 'malformed',
    file: concatBytes(documentOf(Uint8Array.of(255), keysOf('b', 'c')), second),
    roots: V2,
  },
  {
    name: 'another authority at the head, of the version before, signed by enough',
    reason: 'wrong_authority',
    file: concatBytes(one({ authority: 'elsewhere' }, 'b', 'c'), second),
    roots: V2,
  },
  {
    name: 'another context behind a list that too few signed: contexts are asked of all lists first',
    reason: 'wrong_type',
    file: concatBytes(
      one({}, 'x', 'y'),
      documentOf(bodyOf({ roots: V1 }), keysOf('a', 'b'), { context: 'veristamp:revoc1' }),
    ),
  },
  {
    name: 'one key twice behind a list that too few signed',
    reason: 'duplicate_signature',
    file: concatBytes(one({}, 'x', 'y'), one({}, 'a', 'a')),
  },
  {
    name: 'bytes behind a list that too few signed',
    reason: 'malformed',
    file: concatBytes(one({}, 'x', 'y'), Uint8Array.of(255)),
  },
  { name: '65 lists', reason: 'malformed', file: concatBytes(...Array.from({ length: 65 }, () => one({}))) },
  {
    name: 'a rotation to a key of small order, later rotated away',
    reason: 'public_key',
    file: concatBytes(
      one({ sequence: 5, roots: unsound }, 'a', 'b'),
      one({ sequence: 6, roots: V3 }, 'b', 'd', 'e'),
    ),
  },
  {
    name: 'a rotation to a key of small order, without its new keys: soundness is asked first',
    reason: 'public_key',
    file: one({ sequence: 5, roots: { ...unsound, threshold: 2 } }, 'a', 'b'),
  },
  {
    name: 'pinned roots with a key of small order',
    reason: 'public_key',
    file: one({}),
    roots: { ...V1, keys: [...V1.keys, smallOrder] },
  },
  {
    name: 'another threshold under version 1',
    reason: 'roots_changed',
    file: one({ roots: { ...V1, threshold: 1 } }),
  },
  {
    name: 'a lower sequence later in a chain',
    reason: 'rollback',
    file: concatBytes(one({ sequence: 5 }), one({ sequence: 4 })),
  },
  {
    name: 'another body under one sequence in a chain',
    reason: 'equivocation',
    file: concatBytes(one({ sequence: 5 }), one({ sequence: 5, prefixes: ['HTTPS://EXAMPLE.VN/'] })),
  },
]
