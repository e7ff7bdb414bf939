import { decodeBase45, encodeBase45 } from '../codec/base45.ts'
import type { SliceEntry } from '../document/slices.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { withSlice } from '../verify/with-slice.ts'
import { KeeperFault } from './fault.ts'
import type { Held } from './held.ts'
import type { Inquiry } from './inquiry.ts'
import type { KeeperStore } from './store.ts'

/** The slices of an authority's lists: those that are here, in memory and in a store, and those that a server has. */
export interface SliceShelf {
  /** The lists with all the slices that are here. */
  grow(held: Held): Held
  /**
   * Brings the missing slices that are wanted, and loads them: an answer need not wait until they are in the store.
   * @returns why some are still missing
   * @throws the reason of a signal
   */
  bring(
    held: Held,
    isWanted: (entry: SliceEntry) => boolean,
    inquiry: Inquiry,
  ): Promise<readonly KeeperFault[]>
  /**
   * Brings into the store what has come in the place of slices that it keeps, so that they are there without a network too.
   * @returns and throws as `bring`
   */
  renew(held: Held, inquiry: Inquiry): Promise<readonly KeeperFault[]>
  /** Resolves once the store keeps what came, and nothing else. */
  tidy(held: Held): Promise<void>
  /** Puts away what `bring` brought last: it cannot stand beside other lists. */
  undo(): void
}

type List = TrustList | RevocationList
/** The lists that were loaded, and what became of them. */
type Grown = ReadonlyMap<List, List>

export function createSliceShelf(store: KeeperStore | undefined, authority: string): SliceShelf {
  /** By their hashes. */
  const here = new Map<string, Uint8Array>()
  let grown: Grown = new Map()
  let before: Grown = grown
  /** What is being written. It never rejects: what is not kept can be asked for again. */
  let writing: Promise<unknown> = Promise.resolve()
  /** Notes what is kept once all is written, one note after another. */
  const noteIn = (keeping: KeeperStore, held: Held, isHere: (entry: SliceEntry) => boolean): void => {
    writing = writing.then(() => note(keeping, authority, held, isHere)).catch(() => undefined)
  }

  const growList = <T extends List>(list: T): T => {
    const known = grown.get(list)
    if (known !== undefined) return known as T
    const files = (list.slices ?? []).flatMap((entry) => here.get(nameOf(entry)) ?? [])
    const loaded = withSlice(list, files)
    const own = loaded.ok ? loaded.list : list
    grown = new Map([...grown, [list, own]])
    return own
  }

  async function fetchSlice(entry: SliceEntry, inquiry: Inquiry): Promise<Uint8Array> {
    const name = nameOf(entry)
    const kept = here.get(name) ?? (await readKept(store, keyOf(authority, name), name))
    if (kept !== undefined) return kept
    const [, , length] = entry
    const file = await inquiry.download({ path: `slice-${name}.cbor`, sha256: name }, length)
    const keep = async () => store?.set(keyOf(authority, name), encodeBase45(file))
    writing = Promise.allSettled([writing, keep()])
    return file
  }

  /** Some at a time: a server is not asked for hundreds at once. Where none of some comes, it is asked for no more. */
  async function fetchAll(wanted: readonly SliceEntry[], inquiry: Inquiry): Promise<Fetched> {
    const fetched = { files: [] as Uint8Array[], faults: [] as KeeperFault[] }
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const before = fetched.files.length
      const some = wanted.slice(at, at + AT_ONCE).map((entry) => fetchSlice(entry, inquiry))
      for (const each of await Promise.allSettled(some)) {
        if (each.status === 'fulfilled') fetched.files.push(each.value)
        else if (each.reason instanceof KeeperFault) fetched.faults.push(each.reason)
        else throw each.reason
      }
      if (fetched.files.length === before) break
    }
    return fetched
  }

  async function bringTo(
    list: List,
    wanted: readonly SliceEntry[],
    inquiry: Inquiry,
  ): Promise<readonly KeeperFault[]> {
    const { files, faults } = await fetchAll(wanted, inquiry)
    if (files.length === 0) return faults
    const loaded = withSlice(growList(list), files)
    if (!loaded.ok) return [...faults, new KeeperFault(loaded.reason, loaded.detail)]
    for (const file of files) here.set(toHex(sha256(file)), file)
    grown = new Map([...grown, [list, loaded.list]])
    return faults
  }

  return {
    grow(held) {
      const { trustList, revocationList } = held
      return {
        ...held,
        trustList: trustList && growList(trustList),
        revocationList: revocationList && growList(revocationList),
      }
    },
    async bring(held, isWanted, inquiry) {
      const lists = listsOf(held)
      grown = new Map([...grown].filter(([list]) => lists.includes(list)))
      before = grown
      // Both lists' at the same time, which is a round trip less before an answer.
      const faults = await Promise.all(
        lists.map((list) => bringTo(list, growList(list).missingSlices.filter(isWanted), inquiry)),
      )
      const named = new Set(entriesOf(held).map(nameOf))
      for (const name of here.keys()) if (!named.has(name)) here.delete(name)
      return faults.flat()
    },
    async renew(held, inquiry) {
      if (!store) return []
      await writing
      const known = await readKnown(store, authority).catch(() => [])
      const names = new Set(known.map(({ name }) => name))
      const { files, faults } = await fetchAll(
        entriesOf(held).filter(
          (entry) => !names.has(nameOf(entry)) && known.some((range) => overlaps(entry, range)),
        ),
        inquiry,
      )
      const come = new Set(files.map((file) => toHex(sha256(file))))
      if (come.size > 0) noteIn(store, held, (entry) => come.has(nameOf(entry)))
      await writing
      return faults
    },
    async tidy(held) {
      if (store) noteIn(store, held, (entry) => here.has(nameOf(entry)))
      await writing
    },
    undo() {
      grown = before
    },
  }
}

interface Fetched {
  readonly files: readonly Uint8Array[]
  readonly faults: readonly KeeperFault[]
}

/** Requests under way for a list. */
const AT_ONCE = 8

const listsOf = ({ trustList, revocationList }: Held): List[] =>
  [trustList, revocationList].filter((list) => list !== undefined)
const entriesOf = (held: Held): SliceEntry[] => listsOf(held).flatMap(({ slices = [] }) => slices)

const nameOf = ([, , , digest]: SliceEntry): string => toHex(digest)
const keyOf = (authority: string, name: string): string => `veristamp ${authority} slice ${name}`

/** What a store keeps is what was put there, or nothing. */
async function readKept(
  store: KeeperStore | undefined,
  key: string,
  name: string,
): Promise<Uint8Array | undefined> {
  try {
    const file = decodeBase45((await store?.get(key)) || '')
    return toHex(sha256(file)) === name ? file : undefined
  } catch {
    return undefined
  }
}

/** A slice that was kept, for which key ids. */
interface KnownSlice {
  readonly first: number
  readonly last: number
  readonly name: string
}

const placeOf = (authority: string): string => `veristamp ${authority} slices`
const overlaps = ([first, last]: SliceEntry, range: KnownSlice): boolean =>
  first <= range.last && range.first <= last

async function readKnown(store: KeeperStore, authority: string): Promise<readonly KnownSlice[]> {
  const text = (await store.get(placeOf(authority))) || ''
  return [...text.matchAll(/(\d+)-(\d+)-([0-9a-f]{64})/g)].map(([, first, last, name]) => ({
    ...{ first: Number(first), last: Number(last), name: name! },
  }))
}

/**
 * Notes which slices are kept, and empties the places of those that no list names any more. Those whose key ids have no
 * other slice yet are not forgotten: it is still to come.
 */
async function note(
  store: KeeperStore,
  authority: string,
  held: Held,
  isHere: (entry: SliceEntry) => boolean,
): Promise<void> {
  const known = await readKnown(store, authority)
  const entries = entriesOf(held)
  const named = new Set(entries.map(nameOf))
  const were = new Set(known.map(({ name }) => name))
  const kept = entries
    .filter((entry) => isHere(entry) || were.has(nameOf(entry)))
    .map((entry): KnownSlice => ({ first: entry[0], last: entry[1], name: nameOf(entry) }))
  const gone = known.filter(({ name }) => !named.has(name))
  for (const { name } of gone) await store.set(keyOf(authority, name), '')
  const awaited = gone.filter((range) =>
    entries.some((entry) => overlaps(entry, range) && !kept.some(({ name }) => name === nameOf(entry))),
  )
  const text = [...kept, ...awaited].map(({ first, last, name }) => `${first}-${last}-${name}`).join(' ')
  if (text !== known.map(({ first, last, name }) => `${first}-${last}-${name}`).join(' '))
    await store.set(placeOf(authority), text)
}
