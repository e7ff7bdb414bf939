import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ListFiles, namedSlices, sliceFileName } from '../../document/named-slices.ts'
import { MAX_SLICE_LENGTH, type SliceEntry } from '../../document/slices.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { type RevocationContent, readRevocationList } from '../../revocation/content.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { type ListKind, newestList, readGiven, replaceOwn, shown } from './files.ts'

/**
 * Where lists are read, with all their slices: who signs, prints or checks goes by the whole list. A slice lies beside the
 * list that names it, or in the project's own `lists/`.
 */

/** A list and its slices. @throws Failure `no_file`, `slice_missing` or `slice_wrong`, which name the file */
export function openListFile(context: Context, file: string): ListFiles {
  const document = readGiven(context, file)
  return { document, slices: slicesOf(context, context.path(file), document) }
}

/** The slices that a list names, which lies or is to lie in a file. @throws Failure `slice_missing` or `slice_wrong` */
export function slicesOf(
  context: Context,
  file: string,
  document: Uint8Array,
  carried: ReadonlyMap<string, Uint8Array> = new Map(),
): readonly Uint8Array[] {
  return namedSlices(document).map(
    (entry) => carried.get(sliceFileName(entry[3])) ?? readSlice(context, file, entry),
  )
}

/** Those of its slices that are here, for who only looks at a list. */
export function slicesHere(context: Context, file: string, document: Uint8Array): readonly Uint8Array[] {
  const paths = (entry: SliceEntry) => placesOf(context, file, entry)
  return namedSlices(document).flatMap((entry) => {
    const found = paths(entry).map((path) => sliceIn(path, entry))
    return found.find((bytes) => bytes !== undefined) ?? []
  })
}

/** The newest list with its slices. @throws as `openListFile` does */
export function newestFiles(context: Context, kind: ListKind): ListFiles | undefined {
  const file = newestList(context, kind)
  return file === undefined ? undefined : openListFile(context, file)
}

/** What the newest revocation list says, whoever signed it; undefined where there is none. @throws as `openListFile` does */
export function revocationContent(context: Context): RevocationContent | undefined {
  const files = newestFiles(context, 'revocation')
  return files && readRevocationList(files.document, { slices: files.slices })
}

/** Puts slices where the project's lists are: before the list that names them. */
export function keepSlices(context: Context, slices: readonly Uint8Array[]): void {
  for (const slice of slices) {
    const file = join(context.folder, 'lists', sliceFileName(sha256(slice)))
    const there = existsSync(file) ? readBoundedFile(file, MAX_SLICE_LENGTH) : undefined
    // A name stands for its bytes: others under it are damaged.
    if (there === undefined || !equalBytes(there, slice)) replaceOwn(context, file, slice)
  }
}

function readSlice(context: Context, file: string, entry: SliceEntry): Uint8Array {
  const { slices } = context.words
  const places = placesOf(context, file, entry)
  for (const path of places) {
    const bytes = sliceIn(path, entry)
    if (bytes !== undefined) return bytes
  }
  const list = shown(context, file)
  const wrong = places.find((path) => existsSync(path))
  const how = slices.bring(sliceFileName(entry[3]))
  if (wrong !== undefined) throw new Failure('slice_wrong', slices.wrong(shown(context, wrong), list), how)
  throw new Failure('slice_missing', slices.missing(shown(context, places[0]!), list), how)
}

function placesOf(context: Context, file: string, [, , , digest]: SliceEntry): string[] {
  const folders = new Set([dirname(file), join(context.folder, 'lists')])
  return [...folders].map((folder) => join(folder, sliceFileName(digest)))
}

/** Undefined for no file, and for other bytes than those that the list names. */
function sliceIn(path: string, [, , length, digest]: SliceEntry): Uint8Array | undefined {
  if (!existsSync(path)) return undefined
  const bytes = readBoundedFile(path, MAX_SLICE_LENGTH)
  return bytes?.length === length && equalBytes(sha256(bytes), digest) ? bytes : undefined
}
