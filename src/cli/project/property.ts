import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_FILE } from './config.ts'
import { isSame, leadsTo, partsBelow, stateOf } from './real-path.ts'

/** What belongs to a project: no output ever lands on it, whatever it is called on the way. */

const OWN_NAMES = ['keys', 'lists', 'runs', 'state', 'registry', CONFIG_FILE]
const isOwn = (name: string): boolean => OWN_NAMES.includes(name) || name.startsWith('.git')

/** What `sheet` lays out beside a run's own files: made again at any time, so it is nobody's property. */
const isLaidOut = (parts: readonly string[]): boolean =>
  parts.length === 3 &&
  parts[0] === 'runs' &&
  /^((stamp|hidden)\.(pdf|zpl|tspl|csv)|table\.csv|cover\.pdf)$/.test(parts[2]!)

/**
 * What of a project a file is or lies in, by its path in the project; undefined for what belongs to none. Asked of the
 * project at hand, and of every project that the file lies in.
 * @param file as `leadsTo` gives it
 */
export function ownedPart(project: string, file: string): string | undefined {
  const projects = [leadsTo(project), ...foldersAbove(file).filter(isProject)]
  for (const each of projects) {
    const named = partsIn(each, file)
    const found = named === undefined || isLaidOut(named) ? linkedParts(each, file, named) : named
    if (found !== undefined) return found.join('/')
  }
  return undefined
}

const isProject = (folder: string): boolean => stateOf(join(folder, CONFIG_FILE))?.isFile() ?? false

function foldersAbove(file: string): string[] {
  const folders: string[] = []
  for (let at = file; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at))
  return folders
}

/** By name: below the project's folder, or below where one of its own folders is linked to. */
function partsIn(project: string, file: string): string[] | undefined {
  const below = partsBelow(project, file)
  if (below?.[0] !== undefined && isOwn(below[0])) return below
  for (const name of OWN_NAMES) {
    const rest = partsBelow(leadsTo(join(project, name)), file)
    if (rest !== undefined) return [name, ...rest]
  }
  return undefined
}

/** By what it is, under any name: a hard link, a mount, another name of the same folder. */
function linkedParts(project: string, file: string, named: string[] | undefined): string[] | undefined {
  const state = stateOf(file)
  const above = named === undefined ? foldersAbove(file).map(stateOf) : []
  for (const name of OWN_NAMES) {
    const own = stateOf(join(project, name))
    if (above.some((folder) => isSame(own, folder))) return [name]
    const twin = state && pathsBelow(project, [name]).find((parts) => isSame(state, stateIn(project, parts)))
    if (twin !== undefined) return twin
  }
  return undefined
}

const stateIn = (project: string, parts: readonly string[]) => stateOf(join(project, ...parts))

/** A project's folders have folders in them, and those have files. */
const DEPTH = 3

/** A file or folder and all below it that belongs to the project. */
function pathsBelow(project: string, parts: readonly string[]): string[][] {
  const isFolder = stateIn(project, parts)?.isDirectory() ?? false
  const names = isFolder && parts.length < DEPTH ? readdirSync(join(project, ...parts)) : []
  const below = names.flatMap((name) => pathsBelow(project, [...parts, name]))
  return isLaidOut(parts) ? below : [[...parts], ...below]
}
