import { decodeBase45 } from '../codec/base45.ts'
import type { SliceEntry } from '../document/slices.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import type { KeeperStore } from './store.ts'

/** The slices that a store keeps of one authority's lists, and what it notes of them. */

/** By its hash, in hexadecimal. */
export const nameOf = ([, , , digest]: SliceEntry): string => toHex(digest)
/** Its place in a store. */
export const placeOfSlice = (authority: string, name: string): string =>
  `veristamp ${authority} slice ${name}`

/** What a store keeps is what was put there, or nothing. */
export async function readKept(
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
export interface KnownSlice {
  readonly first: number
  readonly last: number
  readonly name: string
}

const placeOf = (authority: string): string => `veristamp ${authority} slices`
export const overlaps = ([first, last]: SliceEntry, range: KnownSlice): boolean =>
  first <= range.last && range.first <= last

export async function readKnown(store: KeeperStore, authority: string): Promise<readonly KnownSlice[]> {
  const text = (await store.get(placeOf(authority))) || ''
  return [...text.matchAll(/(\d+)-(\d+)-([0-9a-f]{64})/g)].map(([, first, last, name]) => ({
    ...{ first: Number(first), last: Number(last), name: name! },
  }))
}

/** A store's slices of one authority. */
export interface KeptShelf {
  readonly store: KeeperStore
  readonly authority: string
  /** Whether patches begin at a slice. */
  readonly isBase: (name: string) => boolean
}

/**
 * Notes which slices are kept, and empties the places of those that no list names any more. Those whose key ids have no
 * other slice yet are not forgotten: it is still to come. Those that patches begin at stay.
 */
export async function noteKept(
  { store, authority, isBase }: KeptShelf,
  entries: readonly SliceEntry[],
  isHere: (entry: SliceEntry) => boolean,
): Promise<void> {
  const known = await readKnown(store, authority)
  const named = new Set(entries.map(nameOf))
  const were = new Set(known.map(({ name }) => name))
  const kept = entries
    .filter((entry) => isHere(entry) || were.has(nameOf(entry)))
    .map((entry): KnownSlice => ({ first: entry[0], last: entry[1], name: nameOf(entry) }))
  const others = known.filter(({ name }) => !named.has(name))
  const gone = others.filter(({ name }) => !isBase(name))
  for (const { name } of gone) await store.set(placeOfSlice(authority, name), '')
  const awaited = gone.filter((range) =>
    entries.some((entry) => overlaps(entry, range) && !kept.some(({ name }) => name === nameOf(entry))),
  )
  const bases = others.filter(({ name }) => isBase(name))
  const text = [...kept, ...bases, ...awaited]
    .map(({ first, last, name }) => `${first}-${last}-${name}`)
    .join(' ')
  if (text !== known.map(({ first, last, name }) => `${first}-${last}-${name}`).join(' '))
    await store.set(placeOf(authority), text)
}
