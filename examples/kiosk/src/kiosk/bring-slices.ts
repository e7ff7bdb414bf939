import { applySlicePatches, type ListsIndex } from 'veristamp/keeper'
import { hashOf, nameOf } from '../core/slices.ts'
import type { Lists, Patchable } from './lists.ts'
import { readUpTo } from './read-up-to.ts'

/** Requests under way. */
const AT_ONCE = 8
/** Milliseconds for one slice, which is at most 256 kB, and for a file of patches. */
const DEADLINE = 60_000
const PATCHES_DEADLINE = 180_000
/** 4 MiB: no file of patches is longer. */
const MAX_PATCHES = 2 ** 22

/** As the keeper asks for lists: no cookie, no referrer, no other host. */
const POLITE = {
  redirect: 'error',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const

/**
 * Brings the slices that an authority's lists lack from the server that its pins name: by patches where some begin at the
 * lists of before, and one by one. Each is kept as it comes, so that nothing is asked for twice; at the end the lists use them.
 * @param index what the server has
 * @returns whether all are here
 */
export async function bringSlices(
  lists: Lists,
  address: string,
  index: ListsIndex | undefined,
): Promise<boolean> {
  for (const each of lists.patchable) {
    // What does not come of patches is asked for one by one.
    await bringPatched(lists, each, address, index).catch(console.warn)
  }
  const wanted = await lacking(lists, lists.missing)
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE).map(async (entry) => {
      const [name, [, , length]] = [nameOf(entry), entry]
      const file = { path: `slice-${name}.cbor`, sha256: name }
      return [name, await fetchFile(address, file, length, DEADLINE)] as const
    })
    const come = (await Promise.allSettled(some)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value] : [],
    )
    // Where none of some comes, the server is not asked for hundreds more.
    if (come.length === 0) break
    await lists.slices.put(new Map(come))
  }
  await lists.tidySlices()
  return lists.missing.length === 0
}

type Entries = Lists['missing']

/** Those of the slices that are not kept. */
async function lacking(lists: Lists, missing: Entries): Promise<Entries> {
  const kept = await lists.slices.names()
  return missing.filter((entry) => !kept.has(nameOf(entry)))
}

/** Makes what is missing out of the slices of the list before, and keeps it. */
async function bringPatched(
  lists: Lists,
  { kind, from, missing }: Patchable,
  address: string,
  index: ListsIndex | undefined,
): Promise<void> {
  const named = index?.[kind]?.patches?.find((each) => each.from === from)
  const wanted = await lacking(lists, missing)
  if (named === undefined || wanted.length === 0) return
  // What takes more bytes than the slices themselves is not read to its end.
  const worth = wanted.reduce((sum, [, , length]) => sum + length, 0)
  const file = await fetchFile(address, named, Math.min(MAX_PATCHES, worth), PATCHES_DEADLINE)
  const patched = await applySlicePatches(file, wanted, (name) => lists.slices.one(name))
  if (patched.ok) await lists.slices.put(new Map(patched.slices.map((slice) => [hashOf(slice), slice])))
}

interface NamedFile {
  readonly path: string
  readonly sha256: string
}

async function fetchFile(
  address: string,
  { path, sha256 }: NamedFile,
  max: number,
  deadline: number,
): Promise<Uint8Array> {
  const answer = await fetch(new URL(path, address), { ...POLITE, signal: AbortSignal.timeout(deadline) })
  const bytes = await readUpTo(answer, max)
  if (!answer.ok || hashOf(bytes) !== sha256) throw new Error(`another file than ${path}`)
  return bytes
}
