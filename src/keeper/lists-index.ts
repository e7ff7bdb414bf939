import { countFields, jsonToCbor, parseJson } from '../codec/json-fields.ts'
import { list, optional, record, type Shape, text, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { authority } from '../document/header.ts'
import { anyText } from '../lib/arguments.ts'
import { isMalformed, type Malformed } from '../lib/errors.ts'

/**
 * The index that an authority publishes beside its lists, `lists.json` (docs/spec/lists-index.md). It is not signed: it
 * names files, and says nothing that anybody believes.
 */
export interface ListsIndex {
  readonly authority: string
  readonly trust: IndexedList
  /** Absent where the authority revokes nothing. */
  readonly revocation?: IndexedRevocation | undefined
}

/** A file, by its place beside the index and by its SHA-256 in hexadecimal. */
export interface IndexedFile {
  readonly path: string
  readonly sha256: string
}

export interface IndexedList extends IndexedFile {
  /** A trust list's `rootVersion`, a revocation list's `revocationEpoch`. */
  readonly epoch: number
  readonly sequence: number
  /** What leads from the slices of older lists to this one's: 64 at most. Absent where nothing does. */
  readonly patches?: readonly IndexedStep[] | undefined
}

export interface IndexedRevocation extends IndexedList {
  /** 64 at most. */
  readonly deltas: readonly IndexedStep[]
}

/** What leads from one list to the newest. */
export interface IndexedStep extends IndexedFile {
  /** The SHA-256 of the file of the list that it begins at. */
  readonly from: string
}

/** Bytes. */
export const MAX_INDEX_LENGTH = 65_536
/** Of each kind. */
export const MAX_INDEXED_STEPS = 64
export const INDEX_NAME = 'lists.json'

const KIND = 'veristamp-lists'
const MAX_PATH_LENGTH = 200
/** Names with `/` between, none of which begins with a dot: so nothing leads out of the folder, or to another host. */
const PATH = /^(?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*$/

const hash = text(64, /^[0-9a-f]{64}$/)
const file = { path: text(MAX_PATH_LENGTH, PATH), sha256: hash }
const steps = list(record<IndexedStep>({ ...file, from: hash }), MAX_INDEXED_STEPS)
const indexedList = { ...file, epoch: uint(), sequence: uint(), patches: optional(steps) }

type Spelled = ListsIndex & { readonly kind: string }

const shape: Shape<Spelled> = record<Spelled>({
  kind: text(KIND.length, new RegExp(`^${KIND}$`)),
  authority,
  trust: record<IndexedList>(indexedList),
  revocation: optional(record<IndexedRevocation>({ ...indexedList, deltas: steps })),
})

export type DecodedIndex =
  | { readonly ok: true; readonly index: ListsIndex }
  | { readonly ok: false; readonly detail: string }

/**
 * Writes an index as JSON: the same index always makes the same text.
 * @throws an argument error naming what no index can have
 */
export function encodeIndex({ authority, trust, revocation }: ListsIndex): string {
  const fileOf = ({ path, sha256 }: IndexedFile) => ({ path, sha256 })
  const stepsOf = (all: readonly IndexedStep[]) =>
    all.map(({ from, ...entry }) => ({ from, ...fileOf(entry) }))
  const listOf = ({ epoch, sequence, patches = [], ...entry }: IndexedList) => ({
    ...{ epoch, sequence, ...fileOf(entry) },
    ...(patches.length > 0 && { patches: stepsOf(patches) }),
  })
  const said: Spelled = {
    kind: KIND,
    authority,
    trust: listOf(trust),
    ...(revocation && { revocation: { ...listOf(revocation), deltas: stepsOf(revocation.deltas) } }),
  }
  writeShape(shape, said, 'index')
  return `${JSON.stringify(said, null, 2)}\n`
}

/**
 * Reads an index, `lists.json` (docs/spec/lists-index.md): for apps that bring lists and slices themselves, where a keeper does
 * it all. Nothing of it is signed: it names files, and says nothing that anybody may believe.
 * @param json 65,536 characters at most
 * @returns the index; or why it is none, for developers
 * @throws ArgumentTypeError for what is no text
 * @example
 * ```ts
 * import { decodeListsIndex } from 'veristamp/keeper'
 *
 * const decoded = decodeListsIndex(listsIndex)
 * if (!decoded.ok) throw new Error(decoded.detail)
 * decoded.index.trust.patches?.length // → 1
 * ```
 */
export function decodeListsIndex(json: string): DecodedIndex {
  anyText('json', json)
  if (json.length > MAX_INDEX_LENGTH) return { ok: false, detail: 'too_long' }
  const value = parseJson(json)
  if (value === undefined) return { ok: false, detail: 'not_json' }
  try {
    const { kind: _, ...index } = readShape(shape, jsonToCbor(value))
    // Whatever is left over is a field that no index has, or one that stands there twice.
    return countFields(json) === 1 + fieldsIn(index)
      ? { ok: true, index }
      : { ok: false, detail: 'unknown_field' }
  } catch (error) {
    if (!isMalformed(error)) throw error
    return { ok: false, detail: (error as Malformed).detail }
  }
}

const fieldsIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce(
        (sum: number, each) => sum + fieldsIn(each),
        Array.isArray(value) ? 0 : Object.keys(value).length,
      )
    : 0
