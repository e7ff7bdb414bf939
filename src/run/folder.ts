import { lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ArgumentCheck, type ArgumentTable, ifGiven, kindOf, listOf } from '../lib/arguments.ts'
import { VeristampError } from '../lib/errors.ts'
import { cleanUp, syncFolder } from '../node/files/disk.ts'
import { checkNoLink } from '../node/files/own-path.ts'
import { aPath } from '../node/files/path-argument.ts'
import type { Reservation } from './job.ts'
import { MANIFEST_FILE } from './manifest.ts'
import { volumesOf } from './volumes.ts'

/** A run's folder, `<journal>/<id>`, and the names in it. */

/** A run that is finished, and where its files are. */
export interface FinishedRun {
  readonly run: Reservation
  readonly folder: string
  /** CSV: a serial and a text a line. */
  readonly codes: string
  /** PDF, the volumes in their order, where the job has a sheet. */
  readonly sheets?: readonly string[] | undefined
  /** The signed manifest. */
  readonly manifest: string
}

const CODES_FILE = 'codes.csv'
const SECRET_FILE = 'secret.json'

const aRun: ArgumentCheck = kindOf('a reservation', (value) => typeof Object(value).id === 'string')

export const fileFields: ArgumentTable<FinishedRun> = {
  run: ifGiven(aRun),
  folder: ifGiven(aPath),
  codes: aPath,
  sheets: ifGiven(listOf(aPath, 1)),
  manifest: aPath,
}

/** A run of a journal, by its reservation. */
function checkRun(journal: unknown, run: unknown): void {
  aPath('journal', journal)
  aRun('run', run)
}

/** Where a run's files are, or will be. */
export function filesOf(journal: string, run: Reservation): FinishedRun {
  checkRun(journal, run)
  const folder = join(journal, run.id)
  return {
    run,
    folder,
    codes: join(folder, CODES_FILE),
    ...(run.sheet && { sheets: volumesOf(run).map(({ name }) => join(folder, name)) }),
    manifest: join(folder, MANIFEST_FILE),
  }
}

export const secretFile = (folder: string): string => join(folder, SECRET_FILE)

/** True where there is a file, a folder, a link or anything of this name. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** Makes the folder of a run that has just been reserved. @throws VeristampError `run_corrupt` for anything there */
export function makeRunFolder(folder: string): void {
  if (!makeFolder(folder))
    throw corrupt(folder, 'taken', 'was there before its run. Move it away and resume the run')
}

/**
 * Opens the folder of a run that was reserved before, or makes it, because a kill may have come between.
 * @throws VeristampError `is_link` for a link, there or in it, because it would lead what is written to other files;
 * `run_corrupt` for anything but a folder, and for a folder or a pipe in the place of one of its files
 */
export function openRunFolder(folder: string): void {
  checkNoLink(dirname(folder), folder)
  if (makeFolder(folder)) return
  if (!lstatSync(folder).isDirectory())
    throw corrupt(folder, 'no_folder', 'is not a folder. Move it away and resume the run')
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    checkNoLink(folder, join(folder, entry.name))
    if (entry.isFile() || !OWN.test(entry.name)) continue
    throw corrupt(
      join(folder, entry.name),
      'no_file',
      'is not a file of its own. Move it away and resume the run',
    )
  }
}

const OWN = /^(codes\.csv|sheets(-\d+)?\.pdf|manifest\.cbor|secret\.json)(\.marks)?$|^lock\.\d+$/

/** False where something has the name. */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
  syncFolder(dirname(folder))
  return true
}

/** Removes what only unfinished runs need, and what a kill left half written. */
export function tidyRunFolder(folder: string): void {
  for (const name of readdirSync(folder)) {
    const isLeft = name.endsWith('.tmp') && !name.startsWith('lock.')
    if (isLeft || name === `${CODES_FILE}.marks`) cleanUp(join(folder, name))
  }
}

const corrupt = (file: string, fault: 'taken' | 'no_folder' | 'no_file', how: string): VeristampError =>
  new VeristampError('run_corrupt', `${file}: ${how}`, { fault, file })
