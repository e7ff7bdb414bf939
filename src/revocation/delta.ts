import { encodeCbor } from '../codec/cbor.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import { decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, Refusal, type Refused } from '../document/refusal.ts'
import { encodeEnvelope } from '../document/sign.ts'
import { compareSeen } from '../document/store.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { bytesOf, checkTable, listOf } from '../lib/arguments.ts'
import { type Bytes, equalBytes, toHex } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { isOurs, Malformed } from '../lib/errors.ts'
import { groupBy } from '../lib/group-by.ts'
import {
  compareEntries,
  type KeyEntry,
  type RevocationBody,
  readRevocationBody,
  revocationBody,
  type SerialMark,
  type SerialsEntry,
  type WatermarksEntry,
} from './body.ts'
import { type DeltaBody, readDeltaBody } from './delta-body.ts'
import { type LoadRevocationListOptions, loadFields, loadRevocationList, openRevocationList } from './load.ts'
import type { RevocationList } from './revocation-list.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'
import { uniteSets } from './serial-set-algebra.ts'
import { decodeSerialSet } from './serial-set-reader.ts'
import { encodeSerialSet } from './serial-set-writer.ts'

/** Deltas in one call. */
const MAX_DELTAS = 64

export type AppliedDeltas =
  | { readonly ok: true; readonly document: Uint8Array; readonly revocationList: RevocationList }
  | Refused

/**
 * Leads a list over deltas, each made for the list before it, to the newest: byte for byte the document that
 * was signed. Every list on the way must verify as `loadRevocationList` has it, so deltas need no trust.
 * @param base the document that the caller has
 * @param deltas at most 64, the oldest first
 * @returns the newest document, to be kept as the next base, and its list; or the reason why one was refused:
 * `delta_base` for a base that the delta was not made for, `delta_gap` where one before it is missing,
 * `rollback` where it leads to no later list, `wrong_key` where what comes out is not signed, and all those of
 * `loadRevocationList`
 * @throws ArgumentTypeError or ArgumentRangeError for bad arguments; what a store throws that can't write
 * @example
 * ```ts
 * import { applyDeltas } from 'veristamp/verify'
 *
 * // Some bytes in the place of the whole next list.
 * const applied = applyDeltas(revocationListFile, [deltaFile], { trustList })
 * if (!applied.ok) throw new Error(applied.reason)
 * applied.revocationList.sequence // → 2
 * applied.document // the next base: keep it
 * ```
 */
export function applyDeltas(
  base: Uint8Array,
  deltas: readonly Uint8Array[],
  options: LoadRevocationListOptions,
): AppliedDeltas {
  let document = copyBounded('base', base, MAX_DOCUMENT_LENGTH)
  listOf(bytesOf(), 0, MAX_DELTAS)('deltas', deltas)
  const steps = deltas.map((delta) => copyBounded('deltas', delta, MAX_DOCUMENT_LENGTH))
  checkTable('options', options, loadFields)
  return orRefused((): AppliedDeltas => {
    for (const delta of steps) {
      document = applyDelta(document, delta)
      openRevocationList(document, options.trustList)
    }
    const loaded = loadRevocationList(document, options)
    return loaded.ok ? { ...loaded, document } : loaded
  })
}

/** The document after one delta, unverified. @throws Malformed or Refusal */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Bytes {
  const from = decodeEnvelope(base)
  if (from.context !== 'veristamp:revoc1') throw new Refusal('wrong_type', from.context)
  const before = readRevocationBody(from.body)
  const sets = decodeSets(before.revoked)
  const { context, body, signatures } = decodeEnvelope(delta)
  if (context !== 'veristamp:delta1') throw new Refusal('wrong_type', context)
  const step = readDeltaBody(body)
  checkBase(step, before, from.body)
  const added = decodeSets(step.revoked)
  try {
    const after: RevocationBody = {
      ...step,
      authority: before.authority,
      revoked: addSets(sets, added),
      watermarks: editMarks(before.watermarks, step),
      revokedKeys: replace(before.revokedKeys, step.revokedKeys, step.revokedKeys, 1),
    }
    const encoded = encodeCbor(spellShape(revocationBody, after))
    return encodeEnvelope({ context: 'veristamp:revoc1', body: encoded, signatures })
  } catch (error) {
    // More runs or bytes than a list may have.
    if (isOurs(error, 'argument_range') || isOurs(error, 'does_not_fit')) {
      throw new Malformed('delta_result')
    }
    throw error
  }
}

function checkBase(step: DeltaBody, before: RevocationBody, body: Uint8Array): void {
  const [epoch, sequence, digest] = step.base
  const detail = `for sequence ${sequence} of epoch ${epoch}`
  if (compareSeen(step, before) <= 0) {
    throw new Refusal('rollback', `sequence ${step.sequence} after ${before.sequence}`)
  }
  if (compareSeen(before, { epoch, sequence }) < 0) throw new Refusal('delta_gap', detail)
  if (!equalBytes(digest, sha256(body))) throw new Refusal('delta_base', detail)
}

/** Sets by the facility, product, reason and day that they are of. */
type Sets = ReadonlyMap<string, { readonly entry: SerialsEntry; readonly serials: SerialSet }>

/** @throws Malformed for malformed serial sets, and for more than 2^22 runs in all */
function decodeSets(revoked: readonly SerialsEntry[]): Sets {
  let runsLeft = MAX_RUNS
  return new Map(
    revoked.map((entry) => {
      const serials = decodeSerialSet(entry[4], runsLeft)
      runsLeft -= serials.firsts.length
      return [String(entry.slice(0, 4)), { entry, serials }]
    }),
  )
}

function addSets(before: Sets, added: Sets): SerialsEntry[] {
  const all = new Map(before)
  for (const [name, { entry, serials }] of added) {
    const same = before.get(name)
    all.set(name, { entry, serials: same ? uniteSets(same.serials, serials) : serials })
  }
  return [...all.values()]
    .filter(({ serials }) => serials.firsts.length > 0)
    .map(({ entry: [facility, product, reason, day], serials }): SerialsEntry => {
      return [facility, product, reason, day, encodeSerialSet(serials)]
    })
    .sort((a, b) => compareEntries(a, b, 4))
}

/** A watermark with the key that it is of. */
type OwnMark = readonly [key: Uint8Array, ...mark: SerialMark]

const marksOf = (entries: readonly WatermarksEntry[]): OwnMark[] =>
  entries.flatMap(([key, marks]) => marks.map((mark): OwnMark => [key, ...mark]))

function editMarks(before: readonly WatermarksEntry[], step: DeltaBody): WatermarksEntry[] {
  const given = marksOf(step.watermarks)
  const marks = replace(marksOf(before), [...step.withdrawn, ...given], given, 3)
  return [...groupBy(marks, ([key]) => toHex(key)).values()].map((own) => [
    own[0]![0],
    own.map(([, ...mark]) => mark),
  ])
}

/** Entries without those that are gone and with those that are given, in their order. The first items make their names. */
function replace<T extends OwnMark | KeyEntry>(
  before: readonly T[],
  gone: readonly (readonly [Uint8Array, ...unknown[]])[],
  given: readonly T[],
  items: number,
): T[] {
  const nameOf = ([key, ...rest]: readonly [Uint8Array, ...unknown[]]) =>
    toHex(key) + rest.slice(0, items - 1)
  const names = new Set(gone.map(nameOf))
  const kept = before.filter((entry) => !names.has(nameOf(entry)))
  return [...kept, ...given].sort((a, b) => compareEntries(a, b, items))
}
