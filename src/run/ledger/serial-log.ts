import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { flushFile } from '../../node/files/disk.ts'
import { writeAll } from '../../node/files/durable.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import { isThere } from '../folder.ts'
import type { TakenSerials } from './reach.ts'

/**
 * A second witness of what a journal gave away, kept elsewhere than the journal: a restored backup of one tells
 * nothing of the other. It also keeps what people settled, so that they are asked once: faults of the journal that
 * they have looked at, and watermarks that they raised. A line each, with a checksum, at the end of the file; a line
 * that a kill has torn says nothing, so what the log says is true, if not all.
 */
export interface SerialLog {
  readonly reserved: readonly TakenSerials[]
  readonly settled: ReadonlySet<string>
}

export type SerialLogLine = { readonly reserved: TakenSerials } | { readonly settled: readonly string[] }

const MAX_LOG = 2 ** 28

/** @throws VeristampError `store_corrupt` for anything but a file; what the file system throws */
export function readSerialLog(file: string): SerialLog {
  const reserved: TakenSerials[] = []
  const settled = new Set<string>()
  const bytes = isThere(file) ? readBoundedFile(file, MAX_LOG) : new Uint8Array()
  if (bytes === undefined)
    throw new VeristampError('store_corrupt', `${file}: no file of this project`, {
      fault: 'unreadable',
      file,
    })
  for (const text of new TextDecoder().decode(bytes).split(/\r?\n/)) {
    const line = readLine(text)
    if (line === undefined) continue
    if ('reserved' in line) reserved.push(line.reserved)
    else for (const each of line.settled) settled.add(each)
  }
  return { reserved, settled }
}

/** Adds a line, durably. @throws what the file system throws */
export function appendSerialLog(file: string, line: SerialLogLine): void {
  const json = JSON.stringify(line)
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

function readLine(text: string): SerialLogLine | undefined {
  const json = text.slice(17)
  if (text.slice(0, 17) !== `${checksum(json)} `) return undefined
  try {
    const line = checkObject('line', JSON.parse(json)) as SerialLogLine
    if (!('reserved' in line))
      return { settled: line.settled.map((each) => checkText('settled', each, 1, 400)) }
    const { id, facility, product, first, last } = line.reserved
    for (const number of [facility, product, first, last]) checkInteger('reserved', number, 0, MAX_ID)
    return { reserved: { id: checkText('id', id, 1, 60), facility, product, first, last } }
  } catch {
    return undefined
  }
}
