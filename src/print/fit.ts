import { VeristampError } from '../lib/errors.ts'
import type { Level } from './level.ts'
import { codewordsOf, MAX_VERSION } from './press/capacity.ts'
import { bitsIn, type Segment } from './segment.ts'
import { segmentsOf } from './segments.ts'

export interface Fitted {
  readonly version: number
  readonly segments: readonly Segment[]
}

/**
 * The segments of a text, and the version that holds them: the wanted one, or the smallest.
 * @throws an argument error for a text outside the carriers' letters; VeristampError `does_not_fit`
 */
export function fitText(text: string, level: Level, wanted: number | undefined): Fitted {
  if (wanted === undefined) return smallest(text, level) ?? refuse(text, MAX_VERSION, level)
  const segments = segmentsOf(text, wanted)
  return fits(segments, wanted, level) ? { version: wanted, segments } : refuse(text, wanted, level)
}

/** The last versions with heads of one length (ISO/IEC 18004, table 3). */
const CLASSES = [9, 26, MAX_VERSION]

function smallest(text: string, level: Level): Fitted | undefined {
  let version = 1
  for (const last of CLASSES) {
    const segments = segmentsOf(text, last)
    for (; version <= last; version++) if (fits(segments, version, level)) return { version, segments }
  }
  return undefined
}

const fits = (segments: readonly Segment[], version: number, level: Level): boolean =>
  bitsIn(segments, version) <= 8 * codewordsOf(version, level).data

function refuse(text: string, version: number, level: Level): never {
  const enough = smallest(text, level)?.version
  const advice =
    enough === undefined ? 'no version holds it' : `version ${enough} is the smallest that holds it`
  throw new VeristampError('does_not_fit', `symbol: too long for version ${version}-${level}; ${advice}`, {
    what: 'symbol',
    version,
    level,
    enough,
  })
}
