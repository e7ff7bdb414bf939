import type { FleetServer } from '../../fleet/driver.ts'
import type { Fleet } from '../../fleet/open.ts'
import { folderLedger, type Ledger } from '../../run/ledger/ledger.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { Config } from './config.ts'
import { ownJournal } from './files.ts'

/** The ledger that a project names: its folder, or PostgreSQL. */

/** Works with the project's ledger, and closes it. @throws VeristampError `is_link` or `fleet_failed` */
export async function withLedger<T>(
  context: Context,
  config: Config,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  if (serverOf(config) === undefined) return work(folderLedger(ownJournal(context)))
  return withFleet(context, config, work)
}

/** The same where it must be PostgreSQL. @throws also Failure `no_fleet` */
export async function withFleet<T>(
  context: Context,
  config: Config,
  work: (fleet: Fleet) => Promise<T>,
): Promise<T> {
  const options = fleetOptions(context, config)
  const { openFleet } = await import('../../fleet/open.ts')
  const fleet = await openFleet(options)
  try {
    return await work(fleet)
  } finally {
    await fleet.close()
  }
}

/** Where the fleet of a project is. @throws Failure `no_fleet`; VeristampError `is_link` */
export function fleetOptions(context: Context, config: Config) {
  const { fleet: words } = context.words
  const server = serverOf(config)
  if (server === undefined) throw new Failure('no_fleet', words.noFleet, words.noFleetHow)
  return { folder: ownJournal(context), authority: config.authority, server }
}

/** True for a ledger that cuts runs into shards. */
export const isFleet = (ledger: Ledger): ledger is Fleet => 'letWork' in ledger

/** True where the project's ledger is PostgreSQL, so that others may be at its runs. */
export const namesFleet = (config: Config): boolean => serverOf(config) !== undefined

const serverOf = ({ ledger }: Config): FleetServer | undefined =>
  typeof ledger === 'object' ? ledger.postgres : undefined
