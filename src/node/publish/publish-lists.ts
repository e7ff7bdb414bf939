import { sliceFileName } from '../../document/named-slices.ts'
import { MAX_SLICE_LENGTH, type SlicedBody } from '../../document/slices.ts'
import { memoryStore, type SequenceStore } from '../../document/store.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import {
  decodeListsIndex,
  encodeIndex,
  INDEX_NAME,
  type IndexedFile,
  type ListsIndex,
  MAX_INDEX_LENGTH,
} from '../../keeper/lists-index.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, listOf } from '../../lib/arguments.ts'
import { aDate } from '../../lib/dates.ts'
import { argumentType } from '../../lib/errors.ts'
import { growRevocationList } from '../../revocation/grow.ts'
import { loadRevocationList } from '../../revocation/load.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import { growTrustList } from '../../trust/grow.ts'
import { loadTrustList } from '../../trust/load.ts'
import { checkPins, type Pins } from '../../trust/pins.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { aPath } from '../files/path-argument.ts'
import { nativeEngine } from '../native-engine.ts'
import { acceptedOrThrow, refusedDocument } from './accepted.ts'
import { type Base, type ListPlace, type OpenedList, olderThan, patcher, worthyDelta } from './bases.ts'
import { type BasesOfKinds, notNeeded } from './retention.ts'
import { hashOfFile, listFilesIn, nameOfFile, readIn, removeIn, writeIn } from './site-files.ts'
import { checkTogether, type GivenSlices, type ListOfKind, type SlicedFile, withSlices } from './slices.ts'

export interface PublishListsOptions {
  /** The authority and its root keys: what does not verify under them is not published. */
  readonly pins: Pins
  /** The newest trust list, or the chain that leads to it. */
  readonly trustList: Uint8Array
  /** The newest revocation list: to be given wherever the trust list names a revocation key. */
  readonly revocationList?: Uint8Array | undefined
  /** The files of all the slices that these two name, if they name any. Those of older lists do no harm. */
  readonly slices?: readonly Uint8Array[] | undefined
  /** Older lists that verifiers may have, beside those in the folder: in any order, and others do no harm. */
  readonly before?: readonly Uint8Array[] | undefined
  /** The moment by which lists have expired or not. The system's clock by default. */
  readonly now?: Date | undefined
}

export interface PublishedLists {
  /** The numbers of the lists. */
  readonly trustList: number
  readonly revocationList?: number
  /** The numbers of the lists from which a delta leads to the newest, the highest first. */
  readonly deltasFrom: readonly number[]
  /** The names of the files that are new in the folder, in the order in which they were written. */
  readonly written: readonly string[]
  /** The names of those that nobody needs any more, and that are gone. */
  readonly removed: readonly string[]
}

const fields: ArgumentTable<PublishListsOptions> = {
  pins: (place, value) => checkPins(value as Pins, place),
  trustList: bytesOf(),
  revocationList: ifGiven(bytesOf()),
  slices: ifGiven(listOf(bytesOf())),
  before: ifGiven(listOf(bytesOf())),
  now: ifGiven(aDate),
}

/**
 * Writes an authority's lists into a folder that a web server shows, with the deltas that are worth their bytes and the
 * index `lists.json`, by which keepers find them (docs/spec/lists-index.md). Each file is there whole or not at all, and
 * the index comes last: whoever reads meanwhile finds the old lists or the new ones. The same lists again change nothing.
 *
 * Slices come before the list that names them. They stay for as long as a list in the folder names them.
 *
 * A delta is worth it where it takes less than half of its list and begins at one that has not expired. Such lists the
 * folder keeps itself. Lists in slices have patches in place of deltas, each of less than half of its slice; they begin at
 * lists whose slices are in the folder, or in `slices`.
 * @param folder made where it is missing; for one process at a time. Other files in it stay
 * @throws VeristampError `bad_document` for lists that a verifier would refuse, also because those in the folder are newer,
 * for a slice that is missing, for a trust list and a revocation list that was cut by another one so that phones would miss a
 * revocation, and for another's `lists.json`; an argument error; what the file system throws
 * @example
 * ```ts
 * import { publishLists } from 'veristamp/node'
 *
 * const [trustList, revocationList] = [trustListFile, revocationListFile]
 * const published = publishLists(`${folder}/site/lists`, { pins, trustList, revocationList })
 * published.written.at(-1) // → 'lists.json'
 * ```
 */
export function publishLists(folder: string, options: PublishListsOptions): PublishedLists {
  aPath('folder', folder)
  const { now = new Date(), before = [], slices = [], ...given } = checkTable('options', options, fields)
  const pins = checkPins(given.pins)
  const seen = memoryStore()
  recall(folder, pins, seen)
  const named: GivenSlices = new Map(slices.map((file) => [sliceFileName(sha256(file)), file]))
  const trust = withSlices(openTrust(given.trustList, pins, seen), named, TRUST)
  const opened = openRevocation(given.revocationList, trust.list, seen)
  const revocation = opened && withSlices(opened, named, REVOCATION)
  if (revocation) checkTogether(revocation, trust.list)
  const bases = basesOf({ trust, revocation }, { pins, folder, named, before, now })
  const { files, index } = layOut(pins.authority, { trust, revocation, bases })
  files.set(INDEX_NAME, new TextEncoder().encode(encodeIndex(index)))
  const written = [...files].filter(([name, bytes]) => writeIn(folder, name, bytes)).map(([name]) => name)
  const removed = listFilesIn(folder).filter(notNeeded(folder, files, bases, now))
  for (const { name } of removed) removeIn(folder, name)
  return {
    trustList: trust.list.sequence,
    ...(revocation && { revocationList: revocation.list.sequence }),
    deltasFrom: bases.revocation.flatMap(({ delta, list }) => (delta ? [list.sequence] : [])),
    written,
    removed: removed.map(({ name }) => name),
  }
}

function openTrust(
  bytes: Uint8Array,
  { authority, roots }: Pins,
  store: SequenceStore,
): OpenedList<TrustList> {
  const loaded = loadTrustList(bytes, { authority, roots, engine: nativeEngine, store })
  return { bytes, list: acceptedOrThrow(loaded, 'trust_list').trustList }
}

function openRevocation(
  bytes: Uint8Array | undefined,
  trustList: TrustList,
  store: SequenceStore,
): OpenedList<RevocationList> | undefined {
  if (bytes === undefined && trustList.revocationKey === undefined) return undefined
  if (bytes === undefined)
    throw argumentType('options.revocationList', 'the revocation list that the trust list speaks of', bytes)
  return {
    bytes,
    list: acceptedOrThrow(loadRevocationList(bytes, { trustList, store }), 'revocation_list').revocationList,
  }
}

/**
 * Counts what the folder publishes as seen, so that nothing older takes its place. What does not load there is no list.
 * @throws VeristampError `bad_document` for an index that this authority did not publish
 */
function recall(folder: string, { authority, roots }: Pins, store: SequenceStore): void {
  const bytes = readIn(folder, INDEX_NAME, MAX_INDEX_LENGTH)
  if (bytes === undefined) return
  const decoded = decodeListsIndex(Buffer.from(bytes).toString('utf8'))
  if (!decoded.ok) throw refusedDocument('document', 'malformed', INDEX_NAME)
  const { index } = decoded
  if (index.authority !== authority) throw refusedDocument('document', 'wrong_authority', index.authority)
  const trust = readIn(folder, index.trust.path)
  const loaded = trust && loadTrustList(trust, { authority, roots, engine: nativeEngine, store })
  const revocation = index.revocation && readIn(folder, index.revocation.path)
  if (loaded?.ok && revocation) loadRevocationList(revocation, { trustList: loaded.trustList, store })
}

const ownLists = (folder: string): Uint8Array[] =>
  listFilesIn(folder).flatMap(
    ({ kind, name }) => ((kind === 'trust' || kind === 'revocation') && readIn(folder, name)) || [],
  )

const TRUST: ListOfKind<TrustList> = { document: 'trust_list', grow: growTrustList }
const REVOCATION: ListOfKind<RevocationList> = { document: 'revocation_list', grow: growRevocationList }

interface NewLists {
  readonly trust: SlicedFile<TrustList>
  readonly revocation: SlicedFile<RevocationList> | undefined
}

interface OldLists {
  readonly pins: Pins
  readonly folder: string
  /** Slices that were given. */
  readonly named: GivenSlices
  readonly before: readonly Uint8Array[]
  readonly now: Date
}

/** The older lists that verifiers may have, and what leads from each to the new ones. */
function basesOf(
  { trust, revocation }: NewLists,
  { pins, folder, named, before, now }: OldLists,
): BasesOfKinds {
  const files = [...before, ...ownLists(folder)]
  const sliceOf = (sha256: string): Uint8Array | undefined => {
    const name = `slice-${sha256}.cbor`
    const there = named.get(name) ?? readIn(folder, name, MAX_SLICE_LENGTH)
    return there && hashOfFile(there) === sha256 ? there : undefined
  }
  const { authority, roots } = pins
  const openOld = (bytes: Uint8Array) => {
    const loaded = loadTrustList(bytes, { authority, roots, engine: nativeEngine })
    return loaded.ok ? placed(loaded.trustList) : undefined
  }
  const openOldRevocation = (bytes: Uint8Array) => {
    const loaded = loadRevocationList(bytes, { trustList: trust.list })
    return loaded.ok ? loaded.revocationList : undefined
  }
  const newest = { bytes: trust.bytes, list: placed(trust.list) }
  const [patchTrust, patchRevocation] = [
    patcher(trust.list, sliceOf),
    patcher(revocation?.list ?? {}, sliceOf),
  ]
  const older = revocation ? olderThan(revocation, files, openOldRevocation, now) : []
  return {
    trust: olderThan(newest, files, openOld, now).map((base) => ({
      ...base,
      patches: patchTrust(base.list),
    })),
    revocation: older.map((base) => ({
      ...base,
      delta: worthyDelta(base.bytes, revocation!.bytes),
      patches: patchRevocation(base.list),
    })),
  }
}

const placed = ({ roots, sequence, expires, slices }: TrustList): ListPlace & SlicedBody => ({
  ...{ epoch: roots.version, sequence, expires, slices },
})

/** The files by their names, slices before lists before what leads to them, and the index that names them. */
function layOut(
  authority: string,
  { trust, revocation, bases }: NewLists & { readonly bases: BasesOfKinds },
): { files: Map<string, Uint8Array>; index: ListsIndex } {
  const files = new Map([...trust.slices, ...(revocation?.slices ?? [])])
  const put = (stem: string, bytes: Uint8Array): IndexedFile => {
    const path = nameOfFile(stem, bytes)
    files.set(path, bytes)
    return { path, sha256: hashOfFile(bytes) }
  }
  const listed = (kind: string, { bytes, list: { epoch, sequence } }: OpenedList<ListPlace>) => ({
    ...{ epoch, sequence },
    ...put(`${kind}-${sequence}`, bytes),
  })
  const steps = (kind: string, all: readonly Base[], sequence: number, part: 'delta' | 'patches') =>
    all.flatMap(({ bytes, list, [part]: step }) =>
      step ? [{ from: hashOfFile(bytes), ...put(`${kind}-${list.sequence}-${sequence}`, step) }] : [],
    )
  const newest = { bytes: trust.bytes, list: placed(trust.list) }
  const index = {
    authority,
    trust: {
      ...listed('trust', newest),
      patches: steps('trust-patches', bases.trust, newest.list.sequence, 'patches'),
    },
    ...(revocation && {
      revocation: {
        ...listed('revocation', revocation),
        deltas: steps('delta', bases.revocation, revocation.list.sequence, 'delta'),
        patches: steps('revocation-patches', bases.revocation, revocation.list.sequence, 'patches'),
      },
    }),
  }
  return { files, index }
}
