import { createReadStream, existsSync, statSync } from 'node:fs'
import type { Context } from './context.ts'
import { Failure } from './io.ts'
import { MAX_PICTURE, pictureKind, textsInPicture, tooLarge } from './picture.ts'

/** What is given to be checked: texts, lines of files, and pictures. */

export interface Given {
  readonly text: string
  /** Where it came from, for people. */
  readonly place: string
}

/** A longer line is no code, whatever a scanner puts around it: so much of it is kept. */
const MAX_LINE = 1024
const PIECE = 65_536

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
  if (file !== undefined) yield* batchesIn(context, file, openGiven(context, file))
}

function checkNoFile(context: Context, text: string): void {
  const path = context.path(text)
  const isFile = text !== '-' && existsSync(path) && statSync(path).isFile()
  if (isFile) throw new Failure('is_file', context.words.isFile(text), `veristamp verify --file ${text}`)
}

function openGiven(context: Context, file: string): AsyncIterable<Uint8Array> {
  const path = context.path(file)
  if (!existsSync(path)) throw new Failure('no_file', context.words.missingFile(file))
  if (statSync(path).isDirectory()) throw new Failure('is_folder', context.words.isFolder(file))
  return createReadStream(path, { highWaterMark: PIECE })
}

async function* batchesIn(
  context: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Given[]> {
  const pieces = withHead(chunks)
  const first = await pieces.next()
  if (first.done) return
  const all = andRest(first.value, pieces)
  const kind = pictureKind(first.value)
  if (kind === undefined) return yield* linesIn(name, all)
  const picture = await gather(all)
  if (picture === undefined) throw tooLarge(context.words, name)
  const texts = await textsInPicture(context, name, kind, picture)
  yield texts.map((text, i) => ({ text, place: `${name}#${i + 1}` }))
}

const HEAD = 12

/** The same bytes, the first piece long enough to tell a picture's kind, unless its first byte says that it is none. */
async function* withHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    const isMaybePicture = head.length === 0 || '\x89\xffGBR%'.includes(String.fromCharCode(head[0]!))
    if (isMaybePicture && head.length < HEAD) continue
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

/** What editors on Windows put before a text, its bytes as latin1 reads them. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/

/** A text a line, or the codes of a run's file. Spaces are letters of base45 and stay. */
async function* linesIn(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Given[]> {
  let rest = ''
  let number = 0
  const read = (line: string): Given[] => {
    number++
    const begun = number === 1 ? line.replace(BYTE_ORDER_MARK, '') : line
    const text = begun.slice(0, MAX_LINE).replace(/\r$/, '')
    const quoted = /^"\d+","([^"]*)"$/.exec(text)
    if (text === '' || text === '"serial","code"') return []
    return [{ text: quoted?.[1] ?? text, place: `${name}:${number}` }]
  }
  for await (const chunk of chunks) {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!.slice(0, MAX_LINE)
    const batch = lines.flatMap(read)
    if (batch.length > 0) yield batch
  }
  if (rest !== '') yield read(rest)
}
