import { basename, dirname, join } from 'node:path'
import { decodeListsIndex, INDEX_NAME, MAX_INDEX_LENGTH } from '../../keeper/lists-index.ts'
import { readGiven } from '../project/files.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/**
 * The files to take in. A published folder, or its `lists.json` among the files, stands for the lists that it names: what else is
 * given of that folder is for devices, older lists, deltas and patches. Slices are found beside their list.
 * @throws Failure `not_a_list` for a `lists.json` that is no index; `no_file` or `too_long`
 */
export function filesToImport(context: Context, given: readonly string[]): string[] {
  const files = given.map((each) =>
    stateOf(context.path(each))?.isDirectory() ? join(each, INDEX_NAME) : each,
  )
  const indexes = [...new Set(files)].filter((file) => basename(file) === INDEX_NAME)
  const published = new Set(indexes.map((file) => dirname(file)))
  const others = files.filter((file) => !published.has(dirname(file)))
  return [...indexes.flatMap((index) => newestIn(context, index)), ...others]
}

function newestIn(context: Context, file: string): string[] {
  const { words } = context
  if (stateOf(context.path(file)) === undefined)
    throw new Failure('no_file', words.missingFile(file), words.desk.noIndexHow)
  const text = new TextDecoder().decode(readGiven(context, file, MAX_INDEX_LENGTH))
  const decoded = decodeListsIndex(text)
  if (!decoded.ok) throw new Failure('not_a_list', words.desk.notAList(file), words.desk.notAListHow(file))
  const { trust, revocation } = decoded.index
  return [trust, revocation].flatMap((list) => (list ? [join(dirname(file), list.path)] : []))
}
