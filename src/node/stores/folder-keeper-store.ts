import { join } from 'node:path'
import type { KeeperStore } from '../../keeper/store.ts'
import { makeFolderDurably } from '../files/durable.ts'
import { aPath } from '../files/path-argument.ts'
import { type Generations, generationsOf } from './generations.ts'

/**
 * A keeper's store in a folder of its own, which it makes. It survives a kill and a power cut at any moment, and several
 * processes may share it; the folder's file system must know hard links.
 * @throws what the file system throws: to the keeper, which goes on without it and says so in its state
 * @example
 * ```ts
 * import { createKeeper } from 'veristamp/keeper'
 * import { folderKeeperStore } from 'veristamp/node'
 *
 * const keeper = createKeeper({ pins, store: folderKeeperStore(`${folder}/lists`) })
 * ```
 */
export function folderKeeperStore(folder: string): Required<KeeperStore> {
  aPath('folder', folder)
  /** Names of files that no system takes for anything else. */
  const filesOf = (key: string): Generations => {
    makeFolderDurably(folder)
    return generationsOf(join(folder, encodeURIComponent(key).replaceAll('*', '%2A')))
  }
  const update: Required<KeeperStore>['update'] = async (key, change) =>
    filesOf(key).update(({ text }) => change(text))
  return {
    get: async (key) => filesOf(key).newest().text,
    set: (key, text) => update(key, () => text),
    update,
  }
}
