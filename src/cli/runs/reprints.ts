import { join } from 'node:path'
import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { appendCheckedLine, readCheckedLines } from '../../node/files/checked-lines.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import { ownState } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

/** Labels that were printed once more, and when: a line each in `state/reprints.log`, never changed. */
export interface Reprint {
  readonly run: string
  readonly first: number
  readonly last: number
  readonly layer: 'stamp' | 'hidden'
  /** ISO 8601. */
  readonly time: string
}

const LOG = 'reprints.log'
const MAX_LOG = 2 ** 28

/** @throws VeristampError `store_corrupt` for anything but a file */
export const reprintsOf = ({ folder }: Context, run: string): Reprint[] =>
  readCheckedLines(join(folder, 'state', LOG), MAX_LOG)
    .flatMap((line) => readReprint(line) ?? [])
    .filter((reprint) => reprint.run === run)

export const noteReprint = (context: Context, reprint: Reprint): void =>
  appendCheckedLine(join(ownState(context), LOG), { reprint })

function readReprint(line: unknown): Reprint | undefined {
  try {
    const { run, first, last, layer, time } = (checkObject('line', line) as { readonly reprint: Reprint })
      .reprint
    for (const serial of [first, last]) checkInteger('reprint', serial, 0, MAX_ID)
    if (Number.isNaN(Date.parse(time))) return undefined
    return {
      run: checkText('run', run, 1, 60),
      first,
      last,
      layer: layer === 'hidden' ? layer : 'stamp',
      time,
    }
  } catch {
    return undefined
  }
}
