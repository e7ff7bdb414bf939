import { type CodeRow, readRows } from '../node/run/code-lines.ts'
import { readPieces } from '../node/run/codes-file.ts'
import type { FinishedRun } from '../node/run/run.ts'
import type { Context } from './context.ts'
import { progressOf } from './progress.ts'

const STEP = 1024

/** The codes of a finished run, with progress. @throws (the stream rejects with) the signal's reason after Ctrl-C */
export async function* rowsOf(
  context: Context,
  name: string,
  { codes, run: { count } }: FinishedRun,
): AsyncGenerator<CodeRow> {
  const show = progressOf(context, name)
  let done = 0
  for await (const row of readRows(readPieces(codes))) {
    yield row
    if (++done % STEP !== 0) continue
    show(done, count)
    await new Promise(setImmediate) // lets Ctrl-C in
    context.io.signal.throwIfAborted()
  }
  show(done, count)
}
