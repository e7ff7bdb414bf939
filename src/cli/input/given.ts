import { createReadStream, existsSync, statSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { linesOf } from '../../node/files/line-blocks.ts'
import { codeIn, type LineLayout, layoutFinder } from '../../stamp/code-lines.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { checkReadable, fileKind, HEAD } from './file-kind.ts'
import { MAX_PICTURE, textsInPicture, tooLarge } from './picture.ts'

/** What is given to be checked: texts, lines of files, and pictures. */

export interface Given {
  readonly text: string
  /** Where it came from, for people. */
  readonly place: string
}

/** Of a longer line so much is kept: a row of a table has more than its code. */
export const MAX_ROW = 8192

/** Bytes of a file that are read at a time: where one thread checks them, and where many do, as much as keeps each busy. */
export const PIECE = { one: 65_536, many: 262_144 } as const

/** Everything that is given, in order, some at a time: as much as one piece of a file has. */
export async function* batchesOf(
  context: Context,
  texts: readonly string[],
  file: string | undefined,
): AsyncGenerator<Given[]> {
  for (const text of texts) checkNoFile(context, text)
  for (const [i, text] of texts.entries()) {
    if (text === '-') yield* batchesIn(context, 'stdin', context.io.input())
    else yield [{ text, place: `#${i + 1}` }]
  }
  if (file !== undefined) yield* batchesIn(context, file, openGiven(context, file, PIECE.one))
}

function checkNoFile(context: Context, text: string): void {
  const path = context.path(text)
  const isFile = text !== '-' && existsSync(path) && statSync(path).isFile()
  if (isFile) throw new Failure('is_file', context.words.isFile(text), `veristamp verify --file ${text}`)
}

/** @param onRead told how many bytes of the file each piece takes, as it is read */
export function openGiven(
  context: Context,
  file: string,
  piece: number,
  onRead?: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  const path = context.path(file)
  if (!existsSync(path)) throw new Failure('no_file', context.words.missingFile(file))
  if (statSync(path).isDirectory()) throw new Failure('is_folder', context.words.isFolder(file || '.'))
  const stream = createReadStream(path, { highWaterMark: piece })
  return onRead ? stream.on('data', ({ length }) => onRead(length)) : stream
}

async function* batchesIn(
  context: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Given[]> {
  const contents = await contentsOf(context, name, chunks)
  if ('lines' in contents) yield* givenInLines(context, name, contents.lines)
  else if (contents.shown.length > 0) yield contents.shown
}

/** The lines of a text, or what a picture shows. */
export type Contents = { readonly lines: AsyncIterable<Uint8Array> } | { readonly shown: Given[] }

/** What a file has in it, unpacked where it was compressed. @throws Failure as `checkReadable` does, and for a picture */
export async function contentsOf(
  context: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  isUnpacked = false,
): Promise<Contents> {
  const pieces = withHead(chunks)
  const first = await pieces.next()
  if (first.done) return { shown: [] }
  const all = andRest(first.value, pieces)
  const kind = fileKind(first.value)
  if (kind === undefined) return { lines: all }
  if (kind === 'gzip' && !isUnpacked) return contentsOf(context, name, unpack(context, name, all), true)
  checkReadable(context, name, kind)
  const picture = await gather(all)
  if (picture === undefined) throw tooLarge(context.words, name)
  const texts = await textsInPicture(context, name, kind, picture)
  return { shown: texts.map((text, i) => ({ text, place: `${name}#${i + 1}` })) }
}

/** What was compressed, some at a time however much it is. @throws Failure `bad_gzip` where it is damaged or cut off */
async function* unpack(
  { words }: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: PIECE.many })
  pipeline(chunks, unpacked, () => {}) // what goes wrong is thrown below
  try {
    yield* unpacked as AsyncIterable<Uint8Array>
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
    throw new Failure('bad_gzip', words.badGzip(name), words.badGzipHow)
  }
}

/** The same bytes, the first piece long enough to tell what the file is, unless it is surely a text that is typed. */
async function* withHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < HEAD && !head.includes('\n')) continue
    yield head
    head = undefined
  }
  if (head !== undefined && head.length > 0) yield head
}

async function* andRest(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

/** All of it; undefined where that is more than a picture may have. */
async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const all: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > MAX_PICTURE) return undefined
    all.push(chunk)
  }
  return Buffer.concat(all)
}

/** A text a line. Spaces are letters of base45 and stay. */
async function* givenInLines(
  context: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Given[]> {
  const find = codeFinder(context, name)
  let number = 0
  for await (const lines of linesOf(chunks, MAX_ROW)) {
    const batch = lines.flatMap((line) => {
      number++
      const text = find(line)
      return text === undefined ? [] : [{ text, place: `${name}:${number}` }]
    })
    if (batch.length > 0) yield batch
  }
}

/** Finds the codes of one file, line by line: how it is written, its first lines tell. @throws Failure `no_codes` */
function codeFinder(context: Context, name: string): (line: string) => string | undefined {
  const find = layoutFinder()
  let layout: LineLayout | undefined
  return (line) => {
    if (layout !== undefined) return codeIn(line, layout)
    const found = find(line)
    if (found === 'none') throw noCodes(context, name)
    if (found === 'more') return undefined
    layout = found.layout
    return found.isHeading ? undefined : codeIn(line, layout)
  }
}

/** A table or NDJSON without codes. */
export const noCodes = ({ words }: Context, name: string): Failure =>
  new Failure('no_codes', words.noCodes(name), words.noCodesHow)
