import { createHash } from 'node:crypto'
import { type CodeRow, readRows } from '../../run/codes/code-lines.ts'
import { readPieces } from '../../run/codes/codes-file.ts'
import type { Context } from '../shell/context.ts'
import { progressOf } from '../shell/progress.ts'
import { checkSame, type SoundRun } from './sound-run.ts'

const STEP = 1024

/**
 * The codes of a run that was checked, with progress.
 * @throws (the stream rejects with) the signal's reason after Ctrl-C; Failure `run_fault`, at the end, where the codes
 * are others by now
 */
export async function* rowsOf(
  context: Context,
  name: string,
  files: Omit<SoundRun, 'signed'>,
): AsyncGenerator<CodeRow> {
  const { count } = files.run
  const show = progressOf(context, name)
  const hash = createHash('sha256')
  let done = 0
  for await (const row of readRows(hashed(files.codes, hash))) {
    yield row
    if (++done % STEP !== 0) continue
    show(done, count)
    await new Promise(setImmediate) // lets Ctrl-C in
    context.io.signal.throwIfAborted()
  }
  checkSame(context, files, hash.digest())
  show(done, count)
}

function* hashed(file: string, hash: ReturnType<typeof createHash>): Generator<Uint8Array> {
  for (const piece of readPieces(file)) {
    hash.update(piece)
    yield piece
  }
}
