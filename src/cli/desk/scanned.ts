import { chunksOf } from '../../lib/chunks.ts'
import { runEngine } from '../../run/check-signatures.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { explain } from '../../verify/messages.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { createVerifier } from '../../verify/verifier.ts'
import { batchesOf } from '../input/given.ts'
import { revocationListAtHand } from '../lists/lists.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { Span } from './recall.ts'

/** Stamps that somebody holds in hand, by what a scanner read off them. */
export interface ScannedStamps {
  readonly spans: readonly Span[]
  /** How many texts were no stamp whose signature holds. */
  readonly strangers: number
}

/** So many of them are told one by one. */
const MANY = 20

/**
 * The stamps in a file of texts, a table with codes or a picture, each verified: a forged one names no serial. What is no
 * stamp of this authority is named to the clerk.
 * @param file a path, or `-` for standard input
 * @throws Failure `nothing_to_revoke` where not one of them is a stamp
 */
export async function scannedStamps(
  context: Context,
  trustList: TrustList,
  file: string,
): Promise<ScannedStamps> {
  const { words, io, language } = context
  const revocationList = revocationListAtHand(context, trustList)
  const lists = { trustLists: [trustList], ...(revocationList && { revocationLists: [revocationList] }) }
  const verifier = createVerifier({ ...lists, engine: await runEngine() })
  const spans: Span[] = []
  let strangers = 0
  const given = file === '-' ? batchesOf(context, ['-'], undefined) : batchesOf(context, [], file)
  for await (const [batch] of chunksOf(given, 1, io.signal)) {
    for (const { text, place } of batch!) {
      const verdict: Verdict = verifier.verify(tidyScan(text), { now: io.now() })
      const { stamp } = verdict
      if (stamp !== undefined) {
        const { facility, product, serial } = stamp
        spans.push({ facility, product, first: serial, last: serial })
      } else if (++strangers <= MANY) warn(context, `${place}: ${explain(verdict, language)}`)
    }
  }
  if (spans.length === 0)
    throw new Failure('nothing_to_revoke', words.lists.noneScanned(file), words.lists.noneScannedHow)
  return { spans, strangers }
}
