import type { Engine } from '../ed25519/engine.ts'
import { breathe, checkAborted } from '../lib/abort.ts'
import { chunksOf, type Source } from '../lib/chunks.ts'
import { acceptText, type Setting } from './check.ts'
import type { Verdict } from './verdict.ts'
import { verifyTexts } from './verify-texts.ts'

/** How a stream of verdicts runs. */
export interface Flow {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((checked: number) => void) | undefined
  readonly chunk: number
}

/**
 * The verdicts of a stream of texts, in order. Holds one chunk at a time, and lets other work run after each. Nothing is
 * awaited before the source is begun: one like readline's loses what comes before somebody listens.
 */
export async function* verifyStream(
  texts: Source<string>,
  setting: Setting,
  { chunk, signal, onProgress }: Flow,
  engine?: Engine,
): AsyncGenerator<Verdict, void, undefined> {
  let checked = 0
  for await (const some of chunksOf(texts, chunk, signal, acceptText)) {
    for (const verdict of verifyTexts(some, setting, engine)) {
      checkAborted(signal)
      yield verdict
    }
    checked += some.length
    onProgress?.(checked)
    await breathe()
  }
}
