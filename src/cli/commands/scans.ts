import { dayOf } from '../../lib/dates.ts'
import type { SuspectCode } from '../../scanlog/statistics.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { type GatheredScans, gatherScans } from '../desk/gather-scans.ts'
import { scansPage } from '../desk/scans-page.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { beginOf, minuteAt } from '../project/desk-day.ts'
import { openOutput } from '../project/output.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface ScansOptions {
  readonly output?: string | undefined
  /** The first day that counts. */
  readonly since?: string | undefined
}

/**
 * Puts the logs of many scanners together, and says what they saw: by place and product, with the stamps that were
 * probably copied.
 * @returns 1 where a file was refused
 */
export async function scansCommand(
  context: Context,
  files: readonly string[],
  { output, since }: ScansOptions,
): Promise<ExitCode> {
  const { words } = context
  const page = output === undefined ? undefined : openOutput(context, output)
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const gathered = gatherScans(context, trustList, files, secondsSince(context, since))
  const nameOf = nameIn(trustList)
  const whyOf = (suspect: SuspectCode) => suspect.findings.map((finding) => why(context, finding)).join('; ')
  if (page !== undefined)
    await page.write([
      Buffer.from(scansPage(context, { ...gathered, authority: config.authority, nameOf, whyOf })),
    ])
  if (output !== '-') tell(context, gathered, nameOf, whyOf)
  page?.report({ file: output! }, words.wrote(output!))
  if (gathered.refused === 0) return EXIT.valid
  throw new Failure('refused', words.scans.refused(gathered.refused), words.scans.refusedHow, EXIT.invalid)
}

function secondsSince(context: Context, since: string | undefined): number {
  const { words } = context
  if (since === undefined) return 0
  try {
    dayOf('since', since)
    return beginOf(context, since).getTime() / 1000
  } catch {
    throw new Failure('argument_range', words.scans.badSince(since), words.scans.badSinceHow)
  }
}

const nameIn =
  (trustList: TrustList) =>
  (product: number): string => {
    const name = trustList.product(product)?.name
    return name === undefined ? `${product}` : `${product} ${printable(name)}`
  }

type Finding = SuspectCode['findings'][number]

function why(context: Context, finding: Finding): string {
  const { scans } = context.words
  const minute = (time: Date) => minuteAt(context, time)
  if (finding.kind === 'rate') return scans.rate(finding.count, minute(finding.first), minute(finding.last))
  const { from, to, kilometres, seconds } = finding
  return scans.travel(from.place, to.place, Math.round(kilometres), Math.round(seconds / 60))
}

function tell(
  context: Context,
  { statistics, places }: GatheredScans,
  nameOf: (product: number) => string,
  whyOf: (suspect: SuspectCode) => string,
): void {
  const { scans } = context.words
  for (const row of statistics.rows) {
    const { place, product, codes, notValid, suspects } = row
    context.report(row, scans.row(place, nameOf(product), row.scans, codes, notValid, suspects))
  }
  for (const suspect of statistics.suspects)
    context.report({ suspect }, scans.suspect(nameOf(suspect.product), suspect.serial, whyOf(suspect)))
  const { scans: count, codes, suspects } = statistics
  context.report(
    { scans: count, codes, places: places.length, suspects: suspects.length },
    count === 0 ? scans.none : scans.sum(count, codes, places.length, suspects.length),
  )
}
