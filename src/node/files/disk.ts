import { closeSync, constants, fstatSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { VeristampError } from '../../lib/errors.ts'

/**
 * The one place where files get and lose their names. On Windows antivirus programs and indexers open what was just
 * written, and for a moment renaming, linking and removing fail: they are tried again for about a second.
 */

/** The file system's own calls, and how to wait for it. Tests put faults in their places; nothing else does. */
export const systemCalls = {
  rename: (from: string, to: string): void => renameSync(from, to),
  link: (from: string, to: string): void => linkSync(from, to),
  remove: (file: string): void => rmSync(file, { force: true }),
  flush: (descriptor: number): void => fsyncSync(descriptor),
  wait: (milliseconds: number): void => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  },
}

/** Milliseconds between the tries: one second in all. */
const PAUSES = [5, 15, 30, 50, 100, 200, 300, 300]
const PASSING = ['EPERM', 'EBUSY', 'EACCES']

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code)

function patiently(call: () => void): void {
  for (const pause of PAUSES) {
    try {
      call()
      return
    } catch (error) {
      if (!PASSING.includes(codeOf(error))) throw error
      systemCalls.wait(pause)
    }
  }
  call()
}

/** Puts a file in the place of another. @throws what the file system throws, for a second on end */
export const renameFile = (from: string, to: string): void => patiently(() => systemCalls.rename(from, to))

/** Removes a file that is there or not. @throws what the file system throws, for a second on end */
export const removeFile = (file: string): void => patiently(() => systemCalls.remove(file))

/** Removes what nobody needs any more: where that fails nothing is lost, and what was done stays done. */
export function cleanUp(file: string): void {
  try {
    removeFile(file)
  } catch {}
}

/** What file systems answer that know no hard links. `EPERM` counts once a second of tries has not helped. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'ENOSYS', 'EMLINK']

/**
 * Gives a file a second name, which none had: of several processes one succeeds.
 * @throws `EEXIST`; VeristampError `no_hard_links`; what else the file system throws
 */
export function linkFile(from: string, to: string): void {
  try {
    patiently(() => systemCalls.link(from, to))
  } catch (cause) {
    if (!NO_LINKS.includes(codeOf(cause))) throw cause
    throw new VeristampError(
      'no_hard_links',
      `${dirname(to)}: its file system has no hard links, without which two processes could take the same serials`,
      { folder: dirname(to) },
      { cause },
    )
  }
}

/** Flushes a file to the disk. */
export const flushFile = (descriptor: number): void => systemCalls.flush(descriptor)

/** What file systems answer that can't flush folders, such as some on networks. */
const NO_FOLDER_FLUSH = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

/** Makes a folder's new names durable. Windows keeps names so by itself, and opens no folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    flushFile(descriptor)
  } catch (error) {
    if (!NO_FOLDER_FLUSH.includes(codeOf(error))) throw error
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Opens a file to read it; undefined for what is none: a folder, a device, a pipe, which would be waited for.
 * @throws what the file system throws
 */
export function openPlainFile(path: string): number | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  if (fstatSync(descriptor).isFile()) return descriptor
  closeSync(descriptor)
  return undefined
}
