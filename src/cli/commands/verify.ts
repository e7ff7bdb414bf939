import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { chunksOf } from '../../lib/chunks.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import { explainWarning } from '../../verify/messages.ts'
import { createVerifier } from '../../verify/verifier.ts'
import { batchesOf } from '../input/given.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { listAges, tellVerdict } from '../lists/verdict.ts'
import { readConfig } from '../project/config.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface VerifyCommandOptions {
  readonly file?: string | undefined
  readonly trust?: string | undefined
  readonly revocation?: string | undefined
}

/** Checks codes: each is told, then how many there were of each kind. */
export async function verifyCommand(
  context: Context,
  texts: readonly string[],
  options: VerifyCommandOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config, options.trust)
  const revocationList = revocationListAtHand(context, trustList, options.revocation)
  const isMany = options.file !== undefined || texts.includes('-')
  const verifier = createVerifier({
    trustLists: [trustList],
    ...(revocationList && { revocationLists: [revocationList] }),
    engine: isMany ? await loadEngine() : nativeEngine,
  })
  const [now, { signal }] = [io.now(), io]
  const counts = { valid: 0, invalid: 0, indeterminate: 0 }
  let count = 0
  // One batch at a time, which ends at Ctrl-C even where standard input keeps it waiting.
  for await (const [batch] of chunksOf(batchesOf(context, texts, options.file), 1, signal)) {
    const given = batch![Symbol.iterator]()
    const verdicts = verifier.verifyMany(
      batch!.map(({ text }) => tidyScan(text)),
      { now, signal },
    )
    for await (const verdict of verdicts) {
      counts[verdict.status]++
      if (++count === 1)
        for (const warning of verdict.warnings) io.err(`${explainWarning(warning, context.language)}\n`)
      tellVerdict(context, given.next().value!.place, verdict)
    }
  }
  if (count === 0) throw new Failure('nothing_to_check', words.nothingToCheck, words.nothingToCheckHow)
  const ages = listAges(context, now, trustList, revocationList)
  const summary = words.checked(counts.valid, counts.invalid, counts.indeterminate)
  if (count > 1) context.report({ count, ...counts, ...ages.data }, `${ages.text}\n${summary}`)
  else if (!context.json) context.report({}, ages.text)
  if (counts.invalid > 0) return EXIT.invalid
  return counts.indeterminate > 0 ? EXIT.indeterminate : EXIT.valid
}
