import type { Engine } from '../../ed25519/engine.ts'
import { chunksOf, type Source } from '../../lib/chunks.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import { createVerifier } from '../../verify/verifier.ts'
import type { Given } from '../input/given.ts'
import type { Context } from '../shell/context.ts'
import type { Tally } from './tally.ts'

/** Checks what is given, one batch at a time: ends at Ctrl-C even where standard input keeps it waiting. */
export async function verifyGiven(
  context: Context,
  batches: Source<readonly Given[]>,
  lists: VerifierOptions & { readonly engine: Engine },
  now: Date,
  tally: Tally,
): Promise<void> {
  const { signal } = context.io
  const verifier = createVerifier(lists)
  for await (const [batch] of chunksOf(batches, 1, signal)) {
    const given = batch![Symbol.iterator]()
    const tidied = batch!.map(({ text }) => tidyScan(text))
    for await (const verdict of verifier.verifyMany(tidied, { now, signal }))
      tally.tell(given.next().value!.place, verdict)
    tally.write()
  }
}
