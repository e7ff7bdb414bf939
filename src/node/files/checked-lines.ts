import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from './bounded-file.ts'
import { flushFile } from './disk.ts'
import { writeAll } from './durable.ts'

/**
 * A file to which lines of JSON are added, each with a checksum. A line that a kill has torn says nothing, so what the file
 * says is true, if not all.
 */

/**
 * The values of all whole lines; none where there is no file.
 * @throws VeristampError `store_corrupt` for anything but a file, and for one that is longer; what the file system throws
 */
export function readCheckedLines(file: string, max: number): unknown[] {
  const bytes = bytesOf(file, max)
  if (bytes === undefined)
    throw new VeristampError('store_corrupt', `${file}: no file of this project`, {
      fault: 'unreadable',
      file,
    })
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map(readLine)
    .filter((value) => value !== undefined)
}

function bytesOf(file: string, max: number): Uint8Array | undefined {
  try {
    return readBoundedFile(file, max)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return new Uint8Array()
  }
}

/** Adds a line, durably. @throws what the file system throws */
export function appendCheckedLine(file: string, value: unknown): void {
  const json = JSON.stringify(value)
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0 } = constants
  const descriptor = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW)
  try {
    // After a line that was torn the next begins anew.
    const { size } = fstatSync(descriptor)
    const last = Buffer.alloc(1)
    const isTorn = size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 10
    writeAll(descriptor, Buffer.from(`${isTorn ? '\n' : ''}${checksum(json)} ${json}\n`))
    flushFile(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

function readLine(text: string): unknown {
  const json = text.slice(17)
  if (text.slice(0, 17) !== `${checksum(json)} `) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
