import { serve } from '@hono/node-server'
import { openIntake } from '../../intake/intake.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { serverToken } from '../exports/server-credentials.ts'
import { type Config, readConfig } from '../project/config.ts'
import { isFleet } from '../project/ledger.ts'
import { stateOf } from '../project/real-path.ts'
import { serverApp } from '../server/app.ts'
import { withIntakeStore } from '../server/intake-at-hand.ts'
import type { ServerParts } from '../server/parts.ts'
import { runsAtHand } from '../server/runs-at-hand.ts'
import { intakeListsOf, watchServedLists } from '../server/served-lists.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { failureOf } from '../shell/failure.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { placeOf } from '../site/place.ts'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly tokenFile?: string | undefined
}

/** Runs that are shown. */
const MAX_RUNS = 500
/** Milliseconds between two looks for lists, and for what a stopped server left behind. */
const LOOK = 5_000
const SETTLE = 60_000
/** Milliseconds within which a whole request has to come: files of shards are large, and lines slow. */
const REQUEST = 3_600_000

/** Takes scans, answers for products, and shows a site, until it is stopped. */
export async function serveCommand(
  context: Context,
  given: string | undefined,
  options: ServeOptions,
): Promise<ExitCode> {
  const config = readConfig(context)
  const site = given === undefined ? undefined : siteAt(context, config, given)
  const token = serverToken(context, options.tokenFile)
  const lists = watchServedLists(context, config)
  return withIntakeStore(context, config, async (store, ledger) => {
    const intake = openIntake({ store, lists: intakeListsOf(lists.current()), engine: nativeEngine })
    await intake.findings({ max: 1 }) // else a user that may not would only be told by those who ask
    const { words, io } = context
    const refresh = (): void => {
      if (lists.look()) intake.useLists(intakeListsOf(lists.current()))
    }
    const onFault = (error: unknown) => warn(context, words.site.serverFault(messageOf(context, error)))
    let warned = ''
    const look = setInterval(() => {
      refresh()
      const fault = lists.fault() === undefined ? '' : messageOf(context, lists.fault())
      if (fault !== '' && fault !== warned) warn(context, words.site.listsFault(fault))
      warned = fault
    }, LOOK)
    const settle = setInterval(() => intake.settle().catch(onFault), SETTLE)
    try {
      const runs = () => runsAtHand(context, ledger, MAX_RUNS)
      const fleet = isFleet(ledger) ? ledger : undefined
      const parts = { intake, lists, runs, fleet, token, site, now: io.now, refresh, onFault }
      await listen(context, parts, options)
      return EXIT.valid
    } finally {
      clearInterval(look)
      clearInterval(settle)
      await intake.settle().catch(onFault)
    }
  })
}

/** In words; what nobody foresaw, as it is: a server goes on. */
function messageOf({ words }: Context, error: unknown): string {
  try {
    return failureOf(error, words).message
  } catch {
    return String(error)
  }
}

function siteAt(context: Context, { prefixes: [prefix] }: Config, given: string): ServerParts['site'] {
  const { words } = context
  if (prefix === undefined) throw new Failure('no_prefix', words.site.noPrefix, words.site.noPrefixHow)
  const folder = context.path(given)
  if (!stateOf(folder)?.isDirectory())
    throw new Failure('no_file', words.missingFile(given), words.site.makeFirst(given))
  return { folder, place: placeOf(prefix) }
}

async function listen(context: Context, parts: ServerParts, { port, host }: ServeOptions): Promise<void> {
  const { words, io } = context
  const server = serve({
    ...{ fetch: serverApp(parts).fetch, port, hostname: host },
    serverOptions: { requestTimeout: REQUEST },
  })
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const { port: open } = server.address() as { readonly port: number }
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${open}/`
  const address = `${origin.slice(0, -1)}${parts.site?.place.path ?? '/'}`
  const office = parts.token === undefined ? [] : [words.site.office(origin)]
  context.report({ address }, [words.site.serving(address), ...office].join('\n'))
  if (parts.token === undefined) warn(context, words.site.noToken)
  if (!io.signal.aborted)
    await new Promise<void>((resolve) => io.signal.addEventListener('abort', () => resolve(), { once: true }))
  await new Promise((resolve) => {
    server.close(resolve)
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
