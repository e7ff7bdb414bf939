import { orRefused } from '../../document/refusal.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import type { DocumentBody } from '../../scanlog/body.ts'
import { MAX_FILE_LENGTH, readScans } from '../../scanlog/document.ts'
import { pointsOf } from '../../scanlog/places.ts'
import { checkRules } from '../../scanlog/rules.ts'
import { type ScanStatistics, scanStatistics } from '../../scanlog/statistics.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { readGiven } from '../project/files.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'

/** The logs of kiosks, each signed by a scanner that the trust list names. */
export interface GatheredScans {
  readonly statistics: ScanStatistics
  /** Places whose logs were read. */
  readonly places: readonly string[]
  /** Files that were not accepted, and have been told of. */
  readonly refused: number
}

/** As kiosks take them: a scanner's clock may be ahead by a day. */
const AHEAD = 86_400

/** @param from seconds since 1970 */
export function gatherScans(
  context: Context,
  trustList: TrustList,
  files: readonly string[],
  from: number,
): GatheredScans {
  const { words, io } = context
  const bodies: DocumentBody[] = []
  let refused = 0
  for (const file of files) {
    io.signal.throwIfAborted()
    const bytes = readGiven(context, file, MAX_FILE_LENGTH)
    const read = orRefused(() => ({
      ok: true as const,
      bodies: readScans(bytes, { lists: [trustList], engine: nativeEngine }),
    }))
    if (read.ok) bodies.push(...read.bodies)
    else {
      refused++
      warn(context, words.refused(file, read.reason, printable(read.detail ?? '')))
    }
  }
  const latest = Math.floor(io.now().getTime() / 1000) + AHEAD
  const rules = checkRules('rules')
  const statistics = scanStatistics(bodies, { rules, points: pointsOf([trustList]), from, latest })
  return { statistics, places: [...new Set(bodies.map(({ place }) => place))], refused }
}
