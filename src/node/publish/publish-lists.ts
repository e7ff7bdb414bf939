import { memoryStore, type SequenceStore } from '../../document/store.ts'
import {
  decodeIndex,
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
import { type Base, basesOf, type OpenedList } from './bases.ts'
import { notNeeded } from './retention.ts'
import { hashOfFile, listFilesIn, nameOfFile, readIn, removeIn, writeIn } from './site-files.ts'
import { checkTogether, type ListOfKind, type SlicedFile, withSlices } from './slices.ts'

export interface PublishListsOptions {
  /** The authority and its root keys: what does not verify under them is not published. */
  readonly pins: Pins
  /** The newest trust list, or the chain that leads to it. */
  readonly trustList: Uint8Array
  /** The newest revocation list: to be given wherever the trust list names a revocation key. */
  readonly revocationList?: Uint8Array | undefined
  /** The files of all the slices that these two name, if they name any. */
  readonly slices?: readonly Uint8Array[] | undefined
  /** Older revocation lists that verifiers may have, beside those in the folder: in any order, and others do no harm. */
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
 * folder keeps itself.
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
  const trust = withSlices(openTrust(given.trustList, pins, seen), slices, TRUST)
  const opened = openRevocation(given.revocationList, trust.list, seen)
  const revocation = opened && withSlices(opened, slices, REVOCATION)
  if (revocation) checkTogether(revocation, trust.list)
  const older = [...before, ...ownLists(folder)]
  const bases = revocation ? basesOf(older, revocation, { trustList: trust.list, now }) : []
  const { files, index } = layOut(pins.authority, { trust, revocation, bases })
  files.set(INDEX_NAME, new TextEncoder().encode(encodeIndex(index)))
  const written = [...files].filter(([name, bytes]) => writeIn(folder, name, bytes)).map(([name]) => name)
  const removed = listFilesIn(folder).filter(notNeeded(folder, files, bases, now))
  for (const { name } of removed) removeIn(folder, name)
  return {
    trustList: trust.list.sequence,
    ...(revocation && { revocationList: revocation.list.sequence }),
    deltasFrom: bases.flatMap(({ delta, list }) => (delta ? [list.sequence] : [])),
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
  const decoded = decodeIndex(Buffer.from(bytes).toString('utf8'))
  if (!decoded.ok) throw refusedDocument('document', 'malformed', INDEX_NAME)
  const { index } = decoded
  if (index.authority !== authority) throw refusedDocument('document', 'wrong_authority', index.authority)
  const trust = readIn(folder, index.trust.path)
  const loaded = trust && loadTrustList(trust, { authority, roots, engine: nativeEngine, store })
  const revocation = index.revocation && readIn(folder, index.revocation.path)
  if (loaded?.ok && revocation) loadRevocationList(revocation, { trustList: loaded.trustList, store })
}

const ownLists = (folder: string): Uint8Array[] =>
  listFilesIn(folder).flatMap(({ kind, name }) => (kind === 'revocation' && readIn(folder, name)) || [])

const TRUST: ListOfKind<TrustList> = { document: 'trust_list', grow: growTrustList }
const REVOCATION: ListOfKind<RevocationList> = { document: 'revocation_list', grow: growRevocationList }

interface Lists {
  readonly trust: SlicedFile<TrustList>
  readonly revocation: SlicedFile<RevocationList> | undefined
  readonly bases: readonly Base[]
}

/** The files by their names, slices before lists before deltas, and the index that names them. */
function layOut(
  authority: string,
  { trust, revocation, bases }: Lists,
): { files: Map<string, Uint8Array>; index: ListsIndex } {
  const files = new Map([...trust.slices, ...(revocation?.slices ?? [])])
  const put = (stem: string, bytes: Uint8Array): IndexedFile => {
    const path = nameOfFile(stem, bytes)
    files.set(path, bytes)
    return { path, sha256: hashOfFile(bytes) }
  }
  const listed = (
    kind: string,
    epoch: number,
    { bytes, list: { sequence } }: OpenedList<{ sequence: number }>,
  ) => ({
    ...{ epoch, sequence },
    ...put(`${kind}-${sequence}`, bytes),
  })
  const index = {
    authority,
    trust: listed('trust', trust.list.roots.version, trust),
    ...(revocation && {
      revocation: {
        ...listed('revocation', revocation.list.epoch, revocation),
        deltas: bases.flatMap(({ bytes, list, delta }) =>
          delta
            ? [
                {
                  from: hashOfFile(bytes),
                  ...put(`delta-${list.sequence}-${revocation.list.sequence}`, delta),
                },
              ]
            : [],
        ),
      },
    }),
  }
  return { files, index }
}
