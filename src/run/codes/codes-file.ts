import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../../lib/bytes.ts'
import { VeristampError } from '../../lib/errors.ts'
import { flushFile, openPlainFile, syncFolder } from '../../node/files/disk.ts'
import { writeAll } from '../../node/files/durable.ts'

/**
 * A file that grows by chunks, each on the disk before the next is begun, beside a file of marks that say where
 * each ends and what its SHA-256 is. After a kill or a power cut the chunks whose marks hold are kept, and what
 * lies beyond them goes.
 */
export interface ChunkFile {
  /** The rows that are there. */
  readonly rows: number
  /** The SHA-256 of all that was appended and kept: the file's own, unless someone else wrote to it. */
  readonly digest: Uint8Array
  append(chunk: Uint8Array, rows: number): void
  close(): void
}

interface Mark {
  /** Bytes of the file up to here, and rows. */
  readonly end: number
  readonly rows: number
  readonly digest: string
}

/** Bytes of one chunk: as many lines as there may be, of the longest. */
const MAX_CHUNK = 65_536 * 600

/** Opens the file, or makes it, and keeps what is sound of it. @throws what the file system throws, such as `ENOSPC` */
export function openChunkFile(folder: string, name: string): ChunkFile {
  const file = openForGrowth(join(folder, name))
  const marks = openForGrowth(join(folder, `${name}.marks`))
  syncFolder(folder)
  const hash = createHash('sha256')
  const sound = soundMarks(readMarks(join(folder, `${name}.marks`)), file, hash)
  cutTo(file, sound.at(-1)?.end ?? 0)
  cutTo(marks, Buffer.byteLength(sound.map(markLine).join('')))
  let end = sound.at(-1)?.end ?? 0
  let rows = sound.at(-1)?.rows ?? 0
  return {
    get rows() {
      return rows
    },
    get digest() {
      return new Uint8Array(hash.copy().digest())
    },
    append(chunk, added) {
      grow(file, chunk)
      hash.update(chunk)
      end += chunk.length
      rows += added
      grow(marks, Buffer.from(markLine({ end, rows, digest: sha256Hex(chunk) })))
    },
    close() {
      closeSync(file)
      closeSync(marks)
    },
  }
}

// In append mode every write goes to the file's end, wherever it was cut. A link is no file of this run.
const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0 } = constants
const openForGrowth = (path: string): number => openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW)

function grow(descriptor: number, bytes: Uint8Array): void {
  writeAll(descriptor, bytes)
  flushFile(descriptor)
}

function cutTo(descriptor: number, length: number): void {
  if (fstatSync(descriptor).size === length) return
  ftruncateSync(descriptor, length)
  flushFile(descriptor)
}

const sha256Hex = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A line with a checksum of its own, because its write may be cut off. */
function markLine({ end, rows, digest }: Mark): string {
  const mark = `${end} ${rows} ${digest}`
  return `${mark} ${sha256Hex(mark).slice(0, 16)}\n`
}

/** The marks up to the first that is not whole, with the end of its line. */
function readMarks(path: string): Mark[] {
  const marks: Mark[] = []
  for (const line of readFileSync(path, 'latin1').split('\n').slice(0, -1)) {
    const [end, rows, digest = ''] = line.split(' ')
    const mark = { end: Number(end), rows: Number(rows), digest }
    if (!Number.isSafeInteger(mark.end) || !Number.isSafeInteger(mark.rows) || markLine(mark) !== `${line}\n`)
      break
    marks.push(mark)
  }
  return marks
}

/** The marks up to the first whose chunk is not what it was; the hash takes up the chunks. */
function soundMarks(marks: readonly Mark[], file: number, hash: Hash): Mark[] {
  const { size } = fstatSync(file)
  const sound: Mark[] = []
  let start = 0
  for (const mark of marks) {
    const length = mark.end - start
    if (!(length > 0 && length <= MAX_CHUNK && mark.end <= size)) break
    const chunk = Buffer.alloc(length)
    readSync(file, chunk, 0, length, start)
    if (sha256Hex(chunk) !== mark.digest) break
    hash.update(chunk)
    sound.push(mark)
    start = mark.end
  }
  return sound
}

/**
 * The bytes of a file in pieces, and their number never above `end`.
 * @throws VeristampError `run_corrupt` for anything but a file; what the file system throws
 */
export function* readPieces(path: string, end = Number.POSITIVE_INFINITY): Generator<Uint8Array> {
  const descriptor = openPlainFile(path)
  if (descriptor === undefined)
    throw new VeristampError('run_corrupt', `${path}: is no file`, { fault: 'no_file', file: path })
  try {
    for (let at = 0; at < end; ) {
      const piece = Buffer.alloc(65_536)
      const length = readSync(descriptor, piece, 0, Math.min(piece.length, end - at), at)
      if (length === 0) return
      at += length
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The SHA-256 of a file. */
export const digestFile = (path: string): Bytes => digestFiles([path])

/** SHA-256 of files, one after another. */
export function digestFiles(paths: readonly string[]): Bytes {
  const hash = createHash('sha256')
  for (const path of paths) for (const piece of readPieces(path)) hash.update(piece)
  return new Uint8Array(hash.digest())
}
