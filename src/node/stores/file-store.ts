import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { compareSeen, type SequenceStore } from '../../document/store.ts'
import { aFlag, checkTable, ifGiven } from '../../lib/arguments.ts'
import { isMalformed, VeristampError } from '../../lib/errors.ts'
import { cleanUp } from '../files/disk.ts'
import { createWhole } from '../files/durable.ts'
import { aPath } from '../files/path-argument.ts'
import { decodeEntries, type Entries, encodeEntries, entryKey } from './file-store-text.ts'

export interface FileStoreOptions {
  /**
   * True for a device that has loaded a list before: then a store without a file is `store_corrupt`. By itself a
   * file that was lost can't be told from one that never was, and reads as empty.
   */
  readonly mustExist?: boolean | undefined
}

/** Generations that stay, so that a reader who is slow still finds the one that it was about to read. */
const KEPT_GENERATIONS = 8

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
  const files = generationFiles(path)
  const newest = () => readNewest(files, mustExist)
  return {
    read: (authority, kind) => newest().entries.get(entryKey(authority, kind))?.seen,
    write(authority, kind, seen) {
      const key = entryKey(authority, kind)
      for (;;) {
        const { generation, entries } = newest()
        const kept = entries.get(key)?.seen
        if (kept !== undefined && compareSeen(seen, kept) <= 0) return
        entries.set(key, { authority, kind, seen })
        keepGeneration(files, generation + 1, entries)
      }
    },
  }
}

interface GenerationFiles {
  nameOf(generation: number): string
  /** Those that are there, the newest first. */
  list(): number[]
}

function generationFiles(path: string): GenerationFiles {
  const [file, folder, name] = [resolve(path), dirname(resolve(path)), basename(path)]
  return {
    nameOf: (generation) => `${file}.${generation}`,
    list() {
      const ends = readdirSync(folder).filter((entry) => entry.startsWith(`${name}.`))
      const generations = ends.map((entry) => entry.slice(name.length + 1))
      return generations
        .filter((end) => /^[1-9]\d{0,15}$/.test(end))
        .map(Number)
        .sort((a, b) => b - a)
    },
  }
}

interface Generation {
  readonly generation: number
  readonly entries: Entries
}

function readNewest(files: GenerationFiles, mustExist: boolean): Generation {
  for (let attempts = 0; ; attempts++) {
    const [generation] = files.list()
    if (generation === undefined) {
      if (mustExist) throw corrupt(files.nameOf(1), 'lost')
      return { generation: 0, entries: new Map() }
    }
    const file = files.nameOf(generation)
    try {
      return { generation, entries: decodeEntries(readFileSync(file, 'utf8')) }
    } catch (cause) {
      // Newer ones have come since the folder was listed, and this one went.
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && attempts < KEPT_GENERATIONS) continue
      // What the file system has against it says nothing of the file.
      throw isMalformed(cause) ? corrupt(file, 'unreadable', cause) : cause
    }
  }
}

const corrupt = (file: string, fault: 'lost' | 'unreadable', cause?: unknown): VeristampError =>
  new VeristampError('store_corrupt', `store: ${fault}: ${file}`, { fault, file }, { cause })

/** Gives the entries the name of a generation, unless someone else was faster. */
function keepGeneration(files: GenerationFiles, generation: number, entries: Entries): void {
  try {
    createWhole(files.nameOf(generation), new TextEncoder().encode(encodeEntries(entries)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    throw error
  }
  for (const old of files.list()) {
    if (old <= generation - KEPT_GENERATIONS) cleanUp(files.nameOf(old))
  }
}
