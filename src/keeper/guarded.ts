import { breathe, checkAborted } from '../lib/abort.ts'
import { checkTable } from '../lib/arguments.ts'
import { chunksOf, type Source } from '../lib/chunks.ts'
import { acceptText } from '../verify/check.ts'
import { checkStream, type VerifierOptions, type VerifyManyOptions, verifyFields } from '../verify/options.ts'
import { readScan } from '../verify/scan.ts'
import type { Verdict } from '../verify/verdict.ts'
import { createVerifier, type Verifier } from '../verify/verifier.ts'
import { momentOf } from './timing.ts'

/**
 * A verifier for pinned authorities some of whose lists are not here yet: what such a list could say stays open, and is
 * `indeterminate` with the reason `trust_list_missing`.
 * @throws as `createVerifier` does
 */
export function guardedVerifier(options: VerifierOptions, pinned: number): Verifier {
  if (options.trustLists.length === 0) return withoutLists
  const verifier = createVerifier(options)
  if (options.trustLists.length === pinned) return verifier
  return {
    verify: (text, verifyOptions) => leftOpen(verifier.verify(text, verifyOptions)),
    verifyMany: (texts, manyOptions) => eachLeftOpen(verifier.verifyMany(texts, manyOptions)),
  }
}

/** Where no key of the lists here signed a stamp, one of a missing list may have. */
function leftOpen(verdict: Verdict): Verdict {
  if (verdict.stamp !== undefined || verdict.status !== 'invalid' || verdict.reason === 'malformed')
    return verdict
  const { reason: finding, checkedAt, warnings } = verdict
  return { status: 'indeterminate', reason: 'trust_list_missing', finding, checkedAt, warnings }
}

async function* eachLeftOpen(verdicts: AsyncGenerator<Verdict>): AsyncGenerator<Verdict, void, undefined> {
  for await (const verdict of verdicts) yield leftOpen(verdict)
}

const CHUNK = 32

const withoutLists: Verifier = {
  verify(text, options) {
    const { now } = options === undefined ? {} : checkTable('options', options, verifyFields)
    return judgeAlone(text, momentOf(now))
  },
  verifyMany: (texts, options) => judgeEach(texts, checkStream(texts, options)),
}

async function* judgeEach(
  texts: Source<string>,
  { now, chunk = CHUNK, signal, onProgress }: VerifyManyOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const moment = momentOf(now)
  let checked = 0
  for await (const some of chunksOf(texts, chunk, signal, acceptText)) {
    for (const text of some) {
      checkAborted(signal)
      yield judgeAlone(text, moment)
    }
    checked += some.length
    onProgress?.(checked)
    await breathe()
  }
}

/** What a text says by its form alone. */
function judgeAlone(text: string, checkedAt: Date): Verdict {
  const scan = readScan(text)
  const checked = { checkedAt, warnings: [] }
  if ('reason' in scan) return { ...scan, ...checked }
  return { status: 'indeterminate', reason: 'trust_list_missing', ...checked }
}
