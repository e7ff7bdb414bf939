import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { readBoundedFile } from '../files/bounded-file.ts'
import { cleanUp } from '../files/disk.ts'
import { makeFolderDurably, replaceWhole } from '../files/durable.ts'

/**
 * The files of published lists: `trust-3-1f2e3d4c.cbor`, `delta-11-12-1f2e3d4c.cbor`, `trust-patches-2-3-1f2e3d4c.cbor`. The last part is the beginning of the
 * file's SHA-256, so that a name never stands for other bytes, and caches may keep them for ever. A slice's name has it all.
 */
export interface ListFile {
  readonly name: string
  readonly kind: 'trust' | 'revocation' | 'delta' | 'trust-patches' | 'revocation-patches' | 'slice'
  /** Of a delta and of patches: the list that they lead to. 0 for a slice. */
  readonly sequence: number
}

const NAME =
  /^(?:(trust|revocation)|(delta|trust-patches|revocation-patches)-\d{1,16})-(\d{1,16})-[0-9a-f]{8}\.cbor$/

const SLICE = /^slice-[0-9a-f]{64}\.cbor$/

/** The longest: a chain. */
const MAX_FILE = 2 ** 24

export const hashOfFile = (bytes: Uint8Array): string => toHex(sha256(bytes))

/** What a file of these bytes is called: `stem` is `trust-3`. */
export const nameOfFile = (stem: string, bytes: Uint8Array): string =>
  `${stem}-${hashOfFile(bytes).slice(0, 8)}.cbor`

/** The files with such names, of whatever bytes. */
export function listFilesIn(folder: string): ListFile[] {
  return namesIn(folder).flatMap((name): ListFile[] => {
    if (SLICE.test(name)) return [{ name, kind: 'slice', sequence: 0 }]
    const [, list, step, sequence] = NAME.exec(name) ?? []
    const kind = (list ?? step) as ListFile['kind'] | undefined
    return kind === undefined ? [] : [{ name, kind, sequence: Number(sequence) }]
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Undefined for one that is not there, and for what is no such file. */
export function readIn(folder: string, name: string, max = MAX_FILE): Uint8Array | undefined {
  try {
    return readBoundedFile(join(folder, name), max)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file whole, unless it is there with the very bytes. True where it was written. */
export function writeIn(folder: string, name: string, bytes: Uint8Array): boolean {
  const there = readIn(folder, name)
  if (there !== undefined && equalBytes(there, bytes)) return false
  makeFolderDurably(folder)
  replaceWhole(join(folder, name), bytes)
  return true
}

export const removeIn = (folder: string, name: string): void => cleanUp(join(folder, name))
