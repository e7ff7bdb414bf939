import { compareSeen, type SequenceStore } from '../../document/store.ts'
import { aFlag, checkTable, ifGiven } from '../../lib/arguments.ts'
import { isMalformed, VeristampError } from '../../lib/errors.ts'
import { aPath } from '../files/path-argument.ts'
import { decodeEntries, type Entries, encodeEntries, entryKey } from './file-store-text.ts'
import { type Generation, generationsOf } from './generations.ts'

export interface FileStoreOptions {
  /**
   * True for a device that has loaded a list before: then a store without a file is `store_corrupt`. By itself a
   * file that was lost can't be told from one that never was, and reads as empty.
   */
  readonly mustExist?: boolean | undefined
}

/**
 * A store in files `<path>.<generation>` of one folder: the folder must exist, and its file system must know
 * hard links. It survives a kill and a power cut at any moment: a generation is written whole to a file of
 * another name, flushed, and only then given its own. Several processes may share one: a generation's name can
 * be taken once only, so whoever comes second begins again from what the first has kept, and none goes back.
 * The files carry a checksum; copies and restored backups of them are for the caller to prevent.
 * @throws VeristampError `store_corrupt` from `read` and `write`, for a newest generation that is
 * damaged, or another version's; and whatever the file system throws, such as `EACCES` or `ENOSPC`
 * @example
 * ```ts
 * import { fileStore } from 'veristamp/node'
 * import { loadTrustList } from 'veristamp/verify'
 *
 * const store = fileStore(`${folder}/seen`)
 * loadTrustList(trustListFile, { authority, roots, store }).ok // → true
 * ```
 */
export function fileStore(path: string, options: FileStoreOptions = {}): SequenceStore {
  const { mustExist = false } = checkTable('options', options, { mustExist: ifGiven(aFlag) })
  aPath('path', path)
  const generations = generationsOf(path)
  const entriesOf = ({ generation, text }: Generation): Entries => {
    const file = generations.nameOf(Math.max(generation, 1))
    if (text === undefined && mustExist) throw corrupt(file, 'lost')
    try {
      return text === undefined ? new Map() : decodeEntries(text)
    } catch (cause) {
      throw isMalformed(cause) ? corrupt(file, 'unreadable', cause) : cause
    }
  }
  return {
    read: (authority, kind) => entriesOf(generations.newest()).get(entryKey(authority, kind))?.seen,
    write(authority, kind, seen) {
      const key = entryKey(authority, kind)
      generations.update((newest) => {
        const entries = entriesOf(newest)
        const kept = entries.get(key)?.seen
        if (kept !== undefined && compareSeen(seen, kept) <= 0) return undefined
        return encodeEntries(entries.set(key, { authority, kind, seen }))
      })
    },
  }
}

const corrupt = (file: string, fault: 'lost' | 'unreadable', cause?: unknown): VeristampError =>
  new VeristampError('store_corrupt', `store: ${fault}: ${file}`, { fault, file }, { cause })
