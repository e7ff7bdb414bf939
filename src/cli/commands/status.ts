import { type Status, statusOf } from '../desk/status.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { newestList } from '../project/files.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

/**
 * Says how the project stands and what to do next, for people and for a timer.
 * @returns 0 where nothing is to be done, 3 where something is to be done soon, 1 where it should have been done
 */
export function statusCommand(context: Context): ExitCode {
  const config = readConfig(context)
  const trustList = newestList(context, 'trust') === undefined ? undefined : trustListAtHand(context, config)
  const status = statusOf(context, config, trustList)
  context.report(dataOf(config, status), textOf(context, config, status))
  if (status.duties.some(({ when }) => when === 'now')) return EXIT.invalid
  return status.duties.length > 0 ? EXIT.indeterminate : EXIT.valid
}

const dataOf = ({ authority }: Config, { runs, issuers, ...rest }: Status): object => ({
  authority,
  ...rest,
  issuers: issuers.map(({ data }) => data),
  runs: runs.map(({ run, ...standing }) => ({ run: run.id, count: run.count, ...standing })),
})

function textOf({ words }: Context, { authority }: Config, status: Status): string {
  const { lists, issuers, runs, behind, orphans, scanners, duties } = status
  const count = (state: string) => runs.filter((each) => each.state === state).length
  const released = runs.reduce((sum, each) => sum + each.released, 0)
  const whole = runs.filter(({ state }) => state !== 'void' && state !== 'unfinished' && state !== 'revoked')
  const held = whole.reduce(
    (sum, { run, released, revoked }) => sum + Math.max(0, run.count - released - revoked),
    0,
  )
  const own = words.status
  return [
    own.authority(authority),
    ...lists.map(({ kind, sequence, until, days }) => own.list(kind, sequence, until, days)),
    ...issuers.map(({ text }) => text),
    ...orphans,
    own.runs(runs.length, count('unfinished'), count('void')),
    own.stamps(released, held),
    ...behind.map((each) => own.behind(each, each.reached, each.watermark)),
    own.scanners(scanners),
    ...(duties.length === 0
      ? [own.allWell]
      : [own.toDo, ...duties.map(({ when, text }) => `- ${own[when]}: ${text}`)]),
  ].join('\n')
}
