import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkObject, checkText } from '../../lib/checks.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { syncFolder } from '../../node/files/disk.ts'
import { createWhole } from '../../node/files/durable.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import { describeKeyFile } from '../../node/keys/key-file.ts'
import { CONFIG_FILE } from '../project/config.ts'
import { shown } from '../project/files.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/**
 * A backup is a folder with the project's files as they are, and `backup.json`, which says what each of them holds. It is
 * brought back file by file, never over one that is there.
 */
export interface Backup {
  readonly authority: string
  /** ISO 8601. */
  readonly time: string
  /** SHA-256 in hexadecimal, by the path in the project. */
  readonly files: Readonly<Record<string, string>>
}

const FORMAT = 'veristamp-backup-1'
const BACKUP_FILE = 'backup.json'
const FOLDERS = ['registry', 'lists', 'runs', 'state', 'keys']
const MAX_BACKUP = 2 ** 28
/** What a command at work has open, or a kill left half written. */
const PASSING = /(^|\/)lock\.\d+$|\.tmp$|\.marks$/
const PATH = /^(veristamp\.json|(registry|lists|runs|state|keys)(\/[A-Za-z0-9_][A-Za-z0-9._-]*){1,3})$/

/** @throws Failure `exists` for a folder that is there */
export function writeBackup(context: Context, authority: string, folder: string, withKeys: boolean): Backup {
  const { words, io } = context
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Failure('exists', words.exists(shown(context, folder)), words.backup.newFolderHow)
  const files: Record<string, string> = {}
  for (const path of projectFiles(context, withKeys)) {
    io.signal.throwIfAborted()
    copyInto(folder, path, join(context.folder, path))
    files[path] = digestOf(join(folder, path))
  }
  const backup = { authority, time: io.now().toISOString(), files }
  createWhole(
    join(folder, BACKUP_FILE),
    Buffer.from(`${JSON.stringify({ format: FORMAT, ...backup }, null, 2)}\n`),
  )
  return backup
}

function projectFiles(context: Context, withKeys: boolean): string[] {
  const all = [CONFIG_FILE, ...FOLDERS.flatMap((name) => filesBelow(context.folder, name))]
  return all.filter(
    (path) => PATH.test(path) && !PASSING.test(path) && (!isPrivate(path) || isKept(context, path, withKeys)),
  )
}

const isPrivate = (path: string): boolean => path.startsWith('keys/') && !path.endsWith('.pub')

/** Private keys only where they are asked for, and never one that lies open. */
function isKept(context: Context, path: string, withKeys: boolean): boolean {
  if (!withKeys) return false
  try {
    return describeKeyFile(join(context.folder, path)).kdf !== 'none'
  } catch {
    return false
  }
}

function filesBelow(project: string, path: string): string[] {
  const state = stateOf(join(project, path))
  if (state?.isFile()) return [path]
  if (!state?.isDirectory()) return []
  return readdirSync(join(project, path)).flatMap((name) => filesBelow(project, `${path}/${name}`))
}

/** What a backup says it holds, with every file looked through. @throws Failure `bad_backup` that names the file */
export function readBackup(context: Context, folder: string): Backup {
  const { words } = context
  const bad = (file: string) =>
    new Failure('bad_backup', words.backup.bad(shown(context, join(folder, file))), words.backup.badHow)
  let backup: Backup
  try {
    const bytes = readBoundedFile(join(folder, BACKUP_FILE), MAX_BACKUP)
    const { format, ...value } = checkObject(
      'backup',
      JSON.parse(new TextDecoder().decode(bytes)),
    ) as Backup & {
      format: unknown
    }
    if (format !== FORMAT || Number.isNaN(Date.parse(value.time))) throw bad(BACKUP_FILE)
    checkText('authority', value.authority, 1, 64)
    backup = { ...value, files: checkObject('files', value.files) as Backup['files'] }
  } catch {
    throw bad(BACKUP_FILE)
  }
  for (const [path, digest] of Object.entries(backup.files)) {
    const isWhole =
      PATH.test(path) && stateOf(join(folder, path))?.isFile() && digestOf(join(folder, path)) === digest
    if (!isWhole) throw bad(path)
  }
  return backup
}

/** Puts back what is missing. @returns how many files were put back, and how many were there */
export function putBack(
  context: Context,
  folder: string,
  { files }: Backup,
): { restored: number; kept: number } {
  const missing = Object.keys(files).filter((path) => !existsSync(join(context.folder, path)))
  // The project's file comes last: without it there is no project.
  missing.sort((a, b) => Number(a === CONFIG_FILE) - Number(b === CONFIG_FILE))
  for (const path of missing) {
    checkNoLink(context.folder, join(context.folder, path))
    copyInto(context.folder, path, join(folder, path))
  }
  return { restored: missing.length, kept: Object.keys(files).length - missing.length }
}

function copyInto(folder: string, path: string, from: string): void {
  const to = join(folder, path)
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  syncFolder(dirname(to))
}

const PIECE = 2 ** 20

function digestOf(file: string): string {
  const hash = createHash('sha256')
  const descriptor = openSync(file, 'r')
  const piece = Buffer.alloc(PIECE)
  try {
    for (let length = PIECE; length > 0; ) {
      length = readSync(descriptor, piece, 0, PIECE, null)
      hash.update(piece.subarray(0, length))
    }
  } finally {
    closeSync(descriptor)
  }
  return hash.digest('hex')
}
