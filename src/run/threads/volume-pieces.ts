import type { CodeRow } from '../codes/code-lines.ts'
import { checkFonts } from '../fonts.ts'
import type { Reservation } from '../job.ts'
import type { RunTools } from '../tools.ts'
import type { Volume } from '../volumes.ts'
import { sheetsOver } from './sheets-over.ts'

/**
 * The PDF of a volume, in pieces: laid out by a thread of the pool, where there is one.
 * @throws as `checkFonts` does; what the rows throw; VeristampError `worker_failed`
 */
export async function* volumePieces(
  run: Reservation,
  volume: Volume,
  rows: AsyncIterable<CodeRow>,
  { fonts, pool }: Pick<RunTools, 'fonts' | 'pool'>,
): AsyncGenerator<Uint8Array, void> {
  if (pool !== undefined) {
    checkFonts(run, fonts!)
    yield* sheetsOver(pool, { run, fonts: fonts!, volume }, rows)
    return
  }
  // Here it need not be loaded where a thread has it.
  const { sheetsOf, stampLayer } = await import('../sheets.ts')
  yield* sheetsOf(run, run.sheet!, rows, { fonts: fonts!, volume, ...stampLayer(run) })
}
