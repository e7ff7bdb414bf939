import { createHash } from 'node:crypto'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { aFlag, checkTable, ifGiven } from '../../lib/arguments.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { checkBytes } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import type { ScanStore } from '../../scanlog/store.ts'
import { cleanUp, flushFile, renameFile, syncFolder } from '../files/disk.ts'
import { aPath } from '../files/path-argument.ts'

export interface FileScanStoreOptions {
  /**
   * Whether `append` waits until a chunk is on the disk (fsync), as it does unless told otherwise. Without it a
   * chunk survives the end of the process at any moment, but a power cut may take the last seconds.
   */
  readonly fsync?: boolean | undefined
}

export interface FileScanStore extends ScanStore {
  /** Bytes at the end of the file that were no whole line and were cut off when it was read: 0 for none. */
  readonly cutOff: number
  close(): void
}

/**
 * A scan log's store in a file that only grows: a line for each chunk, with a checksum. A process or a machine that
 * stops in the midst of a line leaves a torn one at the end, which `read` cuts off and `cutOff` tells; a bad line
 * anywhere else is `store_corrupt`. For one process at a time. The folder must exist.
 * @throws from its methods what the file system throws; `read` throws VeristampError `store_corrupt`
 * @example
 * ```ts
 * import { fileScanStore } from 'veristamp/node'
 * import { openScanLog } from 'veristamp/scanlog'
 *
 * const store = fileScanStore(`${folder}/scans.log`)
 * const log = await openScanLog({ place: 'Ha Long market 1', trustLists: [trustList], store })
 * log.scan(scanned, verifier.verify(scanned))
 * await log.flush() // on the disk now
 * ```
 */
export function fileScanStore(path: string, options: FileScanStoreOptions = {}): FileScanStore {
  const { fsync = true } = checkTable('options', options, { fsync: ifGiven(aFlag) })
  aPath('path', path)
  const file = resolve(path)
  let descriptor: number | undefined
  let cutOff = 0

  const opened = (): number => {
    if (descriptor === undefined) {
      descriptor = openSync(file, 'a+')
      if (fstatSync(descriptor).size === 0) appendBytes(descriptor, HEADER, fsync)
      if (fsync) syncFolder(dirname(file))
    }
    return descriptor
  }
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  return {
    get cutOff() {
      return cutOff
    },
    read() {
      const target = opened()
      const content = readFileSync(file)
      const { chunks, end } = readLines(content, file)
      cutOff = content.length - end
      if (cutOff > 0) ftruncateSync(target, end)
      if (end === 0) appendBytes(target, HEADER, fsync)
      return chunks
    },
    append: (chunk) => appendBytes(opened(), lineOf(checkBytes('chunk', chunk)), fsync),
    replace(chunks) {
      writeWhole(`${file}.tmp`, chunks)
      close()
      renameFile(`${file}.tmp`, file)
      syncFolder(dirname(file))
    },
    close,
  }
}

const HEADER = Buffer.from('veristamp-scans-1\n')
const NEWLINE = 10

/** The first 64 bits of the SHA-256 of the text, a space, the chunk in base64. */
function lineOf(chunk: Uint8Array): Buffer {
  const text = Buffer.from(chunk).toString('base64')
  return Buffer.from(`${checksum(text)} ${text}\n`)
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** The chunk of a line without its end, or undefined for any other line. */
function chunkOf(line: string): Bytes | undefined {
  const text = line.slice(17)
  return line === `${checksum(text)} ${text}` ? new Uint8Array(Buffer.from(text, 'base64')) : undefined
}

/** The chunks of a file, and where the last whole line ends. */
function readLines(content: Buffer, file: string): { chunks: Uint8Array[]; end: number } {
  if (content.length < HEADER.length && HEADER.subarray(0, content.length).equals(content)) {
    return { chunks: [], end: 0 }
  }
  if (!content.subarray(0, HEADER.length).equals(HEADER)) throw corrupt(file, 0)
  const chunks: Uint8Array[] = []
  let end = HEADER.length
  for (;;) {
    const stop = content.indexOf(NEWLINE, end)
    const chunk = stop < 0 ? undefined : chunkOf(content.toString('latin1', end, stop))
    if (chunk === undefined) {
      if (stop >= 0 && stop < content.length - 1) throw corrupt(file, end)
      return { chunks, end }
    }
    chunks.push(chunk)
    end = stop + 1
  }
}

const corrupt = (file: string, at: number): VeristampError =>
  new VeristampError('store_corrupt', `scan log: a bad line at byte ${at} of ${file}`, {
    fault: 'unreadable',
    file,
    at,
  })

/** Appends all of the bytes or, where that fails, none: or else the next line would begin within this one. */
function appendBytes(descriptor: number, bytes: Uint8Array, fsync: boolean): void {
  const { size } = fstatSync(descriptor)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
    if (fsync) flushFile(descriptor)
  } catch (error) {
    ftruncateSync(descriptor, size)
    throw error
  }
}

function writeWhole(file: string, chunks: Iterable<Uint8Array>): void {
  const descriptor = openSync(file, 'w')
  try {
    appendBytes(descriptor, HEADER, false)
    for (const chunk of chunks) appendBytes(descriptor, lineOf(checkBytes('chunk', chunk)), false)
    flushFile(descriptor)
  } catch (error) {
    cleanUp(file) // its room may be what the log itself needs
    throw error
  } finally {
    closeSync(descriptor)
  }
}
