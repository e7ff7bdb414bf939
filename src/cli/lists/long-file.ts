import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type LineBlock, linesIn } from '../../node/files/file-text.ts'
import { lineBlocks } from '../../node/files/line-blocks.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import type { LinesAsked } from '../../node/pool/lines-task.ts'
import { verifyLinesOver } from '../../node/pool/verify-lines.ts'
import type { WorkerPool } from '../../node/pool/worker-pool.ts'
import { type LineLayout, layoutFinder } from '../../stamp/code-lines.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import { contentsOf, MAX_ROW, noCodes, openGiven, PIECE } from '../input/given.ts'
import type { Context } from '../shell/context.ts'
import { progressOf } from '../shell/progress.ts'
import type { Tally } from './tally.ts'
import { verifyGiven } from './verify-given.ts'

/** Files of so many codes that all cores are worth their start. */

/** Bytes: some 10,000 codes, a tenth of a second on one core. Compressed they are fewer. */
const LONG = 2 ** 20

/** True for such a file. */
export function isLong(context: Context, file: string | undefined): file is string {
  if (file === undefined || availableParallelism() < 2) return false
  const stat = statSync(context.path(file), { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size >= LONG
}

/** Checks a file's codes over the cores, in order, and shows how far it is. This thread cuts the file, and tells. */
export async function verifyLong(
  context: Context,
  file: string,
  lists: VerifierOptions,
  now: Date,
  tally: Tally,
  openPool: () => WorkerPool,
): Promise<void> {
  const { size } = statSync(context.path(file))
  let read = 0
  const chunks = openGiven(context, file, PIECE.many, (bytes) => {
    read += bytes
  })
  const contents = await contentsOf(context, file, chunks)
  if ('shown' in contents)
    return verifyGiven(context, [contents.shown], { ...lists, engine: nativeEngine }, now, tally)
  const asked = askedOf(context, file, contents.lines, () => ({ read, countsValid: tally.countsValid }))
  const progress = progressOf(context, 'verify')
  const pool = openPool()
  try {
    for await (const found of verifyLinesOver(pool, lists, asked, { now, signal: context.io.signal })) {
      tally.countValid(found.valid)
      for (const [line, verdict] of found.told) tally.tell(`${file}:${line}`, verdict)
      tally.write()
      const { count } = tally
      // As many codes as the file would have if all were as long as those so far.
      const all = Math.max(count + 1, Math.round((count * size) / found.asked.read))
      if (count > 0 && found.asked.read < size) progress(count, all)
    }
    progress(tally.count, tally.count)
  } finally {
    await pool.close()
  }
}

/** What threads are asked about a block, and how much of the file had been read by then. */
interface Asked extends LinesAsked {
  readonly read: number
}

/** The blocks of a file, whose first lines tell this thread where in the others the codes are. @throws Failure `no_codes` */
async function* askedOf(
  context: Context,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  state: () => Pick<Asked, 'read' | 'countsValid'>,
): AsyncGenerator<Asked> {
  const find = layoutFinder()
  let layout: LineLayout | undefined
  /** How many lines say no more than that. */
  const headingsOf = (block: LineBlock): number => {
    const lines = linesIn(block, MAX_ROW)
    for (const [i, line] of lines.entries()) {
      const found = find(line)
      if (found === 'none') throw noCodes(context, file)
      if (found === 'more') continue
      layout = found.layout
      return found.isHeading ? i + 1 : i
    }
    return lines.length
  }
  for await (const block of lineBlocks(chunks, MAX_ROW)) {
    const headings = layout === undefined ? headingsOf(block) : 0
    yield { block, layout: layout ?? { kind: 'line' }, headings, max: MAX_ROW, ...state() }
  }
}
