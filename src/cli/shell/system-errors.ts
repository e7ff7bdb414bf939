import type { Words } from '../words/words.ts'
import { Failure } from './io.ts'

/** What the file system refuses, in words. */

/** By the error's code: what is wrong with which file. Others are told by their code. */
const KINDS: Readonly<Record<string, Exclude<keyof Words['system'], 'other'>>> = {
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'readOnly',
  EISDIR: 'folder',
  ENOTDIR: 'noFolder',
  ENAMETOOLONG: 'longName',
  EINVAL: 'badName',
  ELOOP: 'circle',
  EBUSY: 'busy',
  ETXTBSY: 'busy',
  EMFILE: 'manyFiles',
  ENFILE: 'manyFiles',
  EIO: 'broken',
  ENXIO: 'noFile',
  ENODEV: 'noFile',
}

const FULL = ['ENOSPC', 'EFBIG', 'EDQUOT']

/** The failure that an error of a system call is; undefined for any other error. */
export function systemFailure(error: unknown, words: Words): Failure | undefined {
  const { code, syscall, message, path, dest } = error as NodeJS.ErrnoException & {
    dest?: string | undefined
  }
  if (code === undefined) return undefined
  if (FULL.includes(code)) return new Failure(code, words.diskFull, words.diskFullHow)
  const file = named(dest ?? path ?? message)
  if (code === 'ENOENT') return new Failure(code, words.missingFile(file))
  // A folder could not be made, because a file has its name.
  const kind = code === 'EEXIST' && syscall === 'mkdir' ? 'noFolder' : KINDS[code]
  if (code === 'EEXIST' && kind === undefined) return new Failure(code, words.exists(file), words.existsHow)
  if (kind !== undefined) return new Failure(code, words.system[kind](file), words.systemHow[kind])
  if (syscall === undefined) return undefined
  return new Failure(code, words.system.other(file, code), words.systemHow.other)
}

/** Files are written under another name first, which nobody knows. */
const named = (path: string): string => path.replace(/\.[0-9a-f]{8}-[0-9a-f-]{27}\.tmp$/, '')
