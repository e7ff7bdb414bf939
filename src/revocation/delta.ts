import { encodeCbor } from '../codec/cbor.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import { decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, Refusal, type Refused } from '../document/refusal.ts'
import { encodeEnvelope } from '../document/sign.ts'
import { compareSeen } from '../document/store.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { bytesOf, checkTable, listOf } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { equalBytes } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { isOurs, Malformed, VeristampError } from '../lib/errors.ts'
import { revocationBody } from './body.ts'
import {
  bodyOf,
  byName,
  editsOf,
  entriesOf,
  keyName,
  openContent,
  type RevocationContent,
  type RevocationEdits,
  type RevokedKey,
  type RevokedSerials,
  readRevocationList,
  serialsName,
  type Watermark,
  watermarkName,
} from './content.ts'
import { type DeltaBody, deltaBody, readDeltaBody } from './delta-body.ts'
import { type LoadRevocationListOptions, loadFields, loadRevocationList, openRevocationList } from './load.ts'
import { checkPermanence } from './permanence.ts'
import type { RevocationList } from './revocation-list.ts'
import { subtractSet, uniteSets } from './serial-set-algebra.ts'

/** Deltas in one call. */
const MAX_DELTAS = 64

/**
 * What a verifier that has one list needs for the next: far less than the list, where little changed. It
 * carries the next list's signatures and none of its own.
 * @param from the list that verifiers have
 * @param to the signed list that they are to come to
 * @throws VeristampError `bad_document` where the documents are no lists, the second is not signed or no later
 * list of the authority, or says more than this version can write; `revocation_permanent` where it drops a revocation
 * @example
 * ```ts
 * import { makeDelta } from 'veristamp/authority'
 *
 * const delta = makeDelta(revocationListFile, nextRevocationListFile)
 * delta.length < nextRevocationListFile.length // → true
 * ```
 */
export function makeDelta(from: Uint8Array, to: Uint8Array): Bytes {
  return deltaBetween(
    copyBounded('from', from, MAX_DOCUMENT_LENGTH),
    copyBounded('to', to, MAX_DOCUMENT_LENGTH),
  )
}

function deltaBetween(from: Uint8Array, to: Uint8Array): Bytes {
  const [before, after] = [readRevocationList(from), readRevocationList(to)]
  checkPermanence(before, after)
  const { signatures } = decodeEnvelope(to)
  const { epoch, sequence } = before
  const { authority: _, ...says } = after
  const body: DeltaBody = {
    ...says,
    ...entriesOf(editsBetween(before, after)),
    base: [epoch, sequence, sha256(decodeEnvelope(from).body)],
    withdrawn: missing(before.watermarks, after.watermarks, watermarkName).map(
      ({ key, facility, product }) => [key, facility, product] as const,
    ),
  }
  const context = 'veristamp:delta1'
  const delta = encodeEnvelope({ context, body: encodeCbor(spellShape(deltaBody, body)), signatures })
  const applied = orRefused(() => ({ ok: true as const, document: applyDelta(from, delta) }))
  if (signatures.length === 0 || !applied.ok || !equalBytes(applied.document, to)) {
    throw new VeristampError('bad_document', 'to: expected a signed list without fields of later versions', {
      fault: signatures.length === 0 ? 'not_signed' : 'later_fields',
    })
  }
  return delta
}

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
function applyDelta(base: Uint8Array, delta: Uint8Array): Bytes {
  const { envelope, content } = openContent(base)
  const { context, body, signatures } = decodeEnvelope(delta)
  if (context !== 'veristamp:delta1') throw new Refusal('wrong_type', context)
  const step = readDeltaBody(body)
  checkBase(step, content, envelope.body)
  const { sequence, issued, expires, epoch, next } = step
  const header = { authority: content.authority, sequence, issued, expires, epoch, next }
  const edited = { ...header, ...edit(content, step) }
  try {
    const encoded = encodeCbor(spellShape(revocationBody, bodyOf(edited)))
    return encodeEnvelope({ context: 'veristamp:revoc1', body: encoded, signatures })
  } catch (error) {
    // More runs, entries or bytes than a list may have.
    if (isOurs(error, 'argument_range') || isOurs(error, 'does_not_fit')) {
      throw new Malformed('delta_result')
    }
    throw error
  }
}

function checkBase(step: DeltaBody, content: RevocationContent, body: Uint8Array): void {
  const [epoch, sequence, digest] = step.base
  const detail = `for sequence ${sequence} of epoch ${epoch}`
  if (compareSeen(step, content) <= 0) {
    throw new Refusal('rollback', `sequence ${step.sequence} after ${content.sequence}`)
  }
  if (compareSeen(content, { epoch, sequence }) < 0) throw new Refusal('delta_gap', detail)
  if (!equalBytes(digest, sha256(body))) throw new Refusal('delta_base', detail)
}

/** What `after` adds and changes. */
function editsBetween(before: RevocationContent, after: RevocationContent): RevocationEdits {
  const known = byName(before.revoked, serialsName)
  const revoked = after.revoked.map((entry) => {
    const same = known.get(serialsName(entry))
    return same === undefined ? entry : { ...entry, serials: subtractSet(entry.serials, same.serials) }
  })
  const statement = (mark: Watermark) => `${watermarkName(mark)} ${mark.serial}`
  return {
    revoked,
    watermarks: missing(after.watermarks, before.watermarks, statement),
    revokedKeys: missing(after.revokedKeys, before.revokedKeys, describeKey),
  }
}

/** Everything that is said of a revoked key; its marks are sorted in a list that was read. */
const describeKey = (entry: RevokedKey): string =>
  `${keyName(entry)} ${entry.reason} ${entry.date} ${JSON.stringify(entry.above)}`

/** The edits made to a list. */
function edit(before: RevocationContent, step: DeltaBody): RevocationEdits {
  const edits = editsOf(step)
  const gone = step.withdrawn.map(([key, facility, product]) => ({ key, facility, product }))
  const watermarks = missing(before.watermarks, [...gone, ...edits.watermarks], watermarkName)
  const revokedKeys = missing(before.revokedKeys, edits.revokedKeys, keyName)
  return {
    revoked: addSets(before.revoked, edits.revoked),
    watermarks: [...watermarks, ...edits.watermarks],
    revokedKeys: [...revokedKeys, ...edits.revokedKeys],
  }
}

function addSets(before: readonly RevokedSerials[], added: readonly RevokedSerials[]): RevokedSerials[] {
  const sets = byName(before, serialsName)
  for (const entry of added) {
    const same = sets.get(serialsName(entry))
    const serials = same === undefined ? entry.serials : uniteSets(same.serials, entry.serials)
    sets.set(serialsName(entry), { ...entry, serials })
  }
  return [...sets.values()]
}

/** The entries whose names none of the others has. */
function missing<Other, T extends Other>(
  entries: readonly T[],
  others: readonly Other[],
  nameOf: (entry: Other) => string,
): T[] {
  const names = new Set(others.map(nameOf))
  return entries.filter((entry) => !names.has(nameOf(entry)))
}
