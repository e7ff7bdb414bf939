import { type BigIntStats, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** Where paths really lead, and when two names are one to some file system. */

/** As many links as Linux follows. */
const MAX_LINKS = 40

/**
 * The file that an absolute path leads to, there or not yet: through links on its way and at its end.
 * @throws what the file system throws, such as `ELOOP`
 */
export function leadsTo(path: string, links = MAX_LINKS): string {
  const real = orMissing(() => realpathSync.native(path))
  if (real !== undefined) return real
  const above = dirname(path)
  if (above === path) return path
  const here = join(leadsTo(above, links), basename(path))
  const isLink = orMissing(() => lstatSync(here))?.isSymbolicLink() ?? false
  return isLink && links > 0 ? leadsTo(resolve(dirname(here), readlinkSync(here)), links - 1) : here
}

/** The file's own state, links followed; undefined where there is none. */
export const stateOf = (path: string): BigIntStats | undefined =>
  orMissing(() => statSync(path, { bigint: true }))

function orMissing<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

export const isSame = (one: BigIntStats | undefined, other: BigIntStats | undefined): boolean =>
  one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino

/**
 * A name as the least particular file system has it: without case, form or invisible letters (macOS), without dots
 * and spaces at its end and what stands after a colon (Windows). Names that differ only so count as one everywhere.
 */
const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/(?<=.):.*$/su, '')
    .replace(/(?<=[^. ])[. ]+$/u, '')

const partsOf = (path: string): string[] =>
  path
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .map(fold)

/** The folded names that lead from a folder to a path; undefined where it is not below. Empty for the folder itself. */
export function partsBelow(folder: string, path: string): string[] | undefined {
  const [above, all] = [partsOf(folder), partsOf(path)]
  return above.every((part, i) => part === all[i]) ? all.slice(above.length) : undefined
}
