import { encodeBase45 } from '../codec/base45.ts'
import type { SliceEntry } from '../document/slices.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { withSlice } from '../verify/with-slice.ts'
import { KeeperFault } from './fault.ts'
import type { Held } from './held.ts'
import type { Inquiry } from './inquiry.ts'
import { nameOf, noteKept, overlaps, placeOfSlice, readKept, readKnown } from './kept-slices.ts'
import type { ListsIndex } from './lists-index.ts'
import type { KeeperStore } from './store.ts'

/** The slices of an authority's lists: those that are here, in memory and in a store, and those that a server has. */
export interface SliceShelf {
  /** The lists with all the slices that are here. */
  grow(held: Held): Held
  /**
   * Brings the missing slices that are wanted, and loads them: an answer need not wait until they are in the store.
   * @param change of those who want all slices: patches make many of them
   * @returns why some are still missing
   * @throws the reason of a signal
   */
  bring(
    held: Held,
    isWanted: (entry: SliceEntry) => boolean,
    inquiry: Inquiry,
    change?: ListsChange,
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

/** The lists that were here before these, and the index that brought these. */
export interface ListsChange {
  readonly before: Held
  readonly index: ListsIndex | undefined
}

type List = TrustList | RevocationList
/** The lists that were loaded, and what became of them. */
type Grown = ReadonlyMap<List, List>

export function createSliceShelf(store: KeeperStore | undefined, authority: string): SliceShelf {
  /** By their hashes. */
  const here = new Map<string, Uint8Array>()
  let grown: Grown = new Map()
  let before: Grown = grown
  /** What patches begin at, until all slices of a newer list are here. */
  let bases: readonly Base[] = []
  const isBase = (name: string): boolean => bases.some(({ names }) => names.has(name))
  /** What is being written. It never rejects: what is not kept can be asked for again. */
  let writing: Promise<unknown> = Promise.resolve()
  /** Notes what is kept once all is written, one note after another. */
  const noteIn = (keeping: KeeperStore, held: Held, isHere: (entry: SliceEntry) => boolean): void => {
    const shelf = { store: keeping, authority, isBase }
    writing = writing.then(() => noteKept(shelf, entriesOf(held), isHere)).catch(() => undefined)
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

  const ownSlice = async (name: string): Promise<Uint8Array | undefined> =>
    here.get(name) ?? (await readKept(store, placeOfSlice(authority, name), name))

  const keep = (name: string, file: Uint8Array): void => {
    const put = async () => store?.set(placeOfSlice(authority, name), encodeBase45(file))
    writing = Promise.allSettled([writing, put()])
  }

  async function fetchSlice(entry: SliceEntry, inquiry: Inquiry): Promise<Uint8Array> {
    const name = nameOf(entry)
    const kept = await ownSlice(name)
    if (kept !== undefined) return kept
    const [, , length] = entry
    const file = await inquiry.download({ path: `slice-${name}.cbor`, sha256: name }, length)
    keep(name, file)
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

  /** Puts on the shelf what patches make of it. */
  async function patchTo(
    list: List,
    wanted: readonly SliceEntry[],
    inquiry: Inquiry,
    index: ListsIndex,
  ): Promise<void> {
    const kind = kindOf(list)
    const [base, offered] = [bases.find((each) => each.kind === kind), index[kind]?.patches]
    if (base === undefined || offered === undefined) return
    const missing: SliceEntry[] = []
    for (const entry of wanted) {
      const [name, own] = [nameOf(entry), await ownSlice(nameOf(entry))]
      if (own === undefined) missing.push(entry)
      else here.set(name, own)
    }
    const { bringPatched } = await import('./patched.ts')
    for (const file of await bringPatched(missing, base.from, offered, inquiry, ownSlice)) {
      const name = toHex(sha256(file))
      here.set(name, file)
      keep(name, file)
    }
  }

  async function bringTo(
    list: List,
    wanted: readonly SliceEntry[],
    inquiry: Inquiry,
    index: ListsIndex | undefined,
  ): Promise<readonly KeeperFault[]> {
    if (index !== undefined) await patchTo(list, wanted, inquiry, index)
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
    async bring(held, isWanted, inquiry, change) {
      const lists = listsOf(held)
      bases = basesOf(bases, change?.before ?? held, held)
      grown = new Map([...grown].filter(([list]) => lists.includes(list)))
      before = grown
      // Both lists' at the same time, which is a round trip less before an answer.
      const faults = await Promise.all(
        lists.map((list) =>
          bringTo(list, growList(list).missingSlices.filter(isWanted), inquiry, change?.index),
        ),
      )
      const whole = new Set(lists.filter((list) => growList(list).missingSlices.length === 0).map(kindOf))
      bases = bases.filter(({ kind }) => !whole.has(kind))
      const named = new Set(entriesOf(held).map(nameOf))
      for (const name of here.keys()) if (!named.has(name) && !isBase(name)) here.delete(name)
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

type Kind = 'trust' | 'revocation'
const kindOf = (list: List): Kind => ('ofKey' in list ? 'revocation' : 'trust')

/** A list that slices here are of, by its file, and their names. */
interface Base {
  readonly kind: Kind
  readonly from: string
  readonly names: ReadonlySet<string>
}

/** What patches begin at once other lists are held: those that are known stay. */
function basesOf(known: readonly Base[], before: Held, { kept }: Held): readonly Base[] {
  const fresh = listsOf(before).filter((list) => {
    const kind = kindOf(list)
    return before.kept[kind] !== kept[kind] && !known.some((base) => base.kind === kind)
  })
  return [
    ...known,
    ...fresh.map((list) => ({
      kind: kindOf(list),
      from: toHex(sha256(before.kept[kindOf(list)]!.bytes)),
      names: new Set((list.slices ?? []).map(nameOf)),
    })),
  ]
}

const listsOf = ({ trustList, revocationList }: Held): List[] =>
  [trustList, revocationList].filter((list) => list !== undefined)
const entriesOf = (held: Held): SliceEntry[] => listsOf(held).flatMap(({ slices = [] }) => slices)
