import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { chunksOf } from '../../lib/chunks.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import { explain, explainWarning } from '../../verify/messages.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { createVerifier } from '../../verify/verifier.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { batchesOf } from '../given.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { openRevocationList, openTrustList } from '../lists.ts'
import { printable } from '../printable.ts'

export interface VerifyOptions {
  readonly file?: string
  readonly trust?: string
  readonly revocation?: string
}

/** Checks codes: each is told, then how many there were of each kind. */
export async function verify(
  context: Context,
  texts: readonly string[],
  options: VerifyOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  const trustList = openTrustList(context, config, options.trust)
  const revocationList = openRevocationList(context, trustList, options.revocation)
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
      tell(context, given.next().value!.place, verdict)
    }
  }
  if (count === 0) throw new Failure('nothing_to_check', words.nothingToCheck, words.nothingToCheckHow)
  if (count > 1)
    context.report({ count, ...counts }, words.checked(counts.valid, counts.invalid, counts.indeterminate))
  if (counts.invalid > 0) return EXIT.invalid
  return counts.indeterminate > 0 ? EXIT.indeterminate : EXIT.valid
}

function tell(context: Context, place: string, verdict: Verdict): void {
  const { status, stamp, product } = verdict
  const reason =
    verdict.status === 'valid'
      ? {}
      : { reason: verdict.reason, ...(verdict.detail && { detail: verdict.detail }) }
  const facts = stamp && { facility: stamp.facility, product: stamp.product, serial: stamp.serial }
  const name = product === undefined ? '' : ` ${printable(product.name)}`
  const what = stamp === undefined ? '' : ` ${stamp.facility}-${stamp.product}-${stamp.serial}${name}`
  const code = verdict.status === 'valid' ? '' : `/${verdict.reason}`
  context.report(
    { place, status, ...reason, ...facts },
    `${printable(place)}: ${status}${code}${what}\n  ${explain(verdict, context.language)}`,
  )
}
