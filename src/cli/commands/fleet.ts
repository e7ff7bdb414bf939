import { hostname } from 'node:os'
import type { Signer } from '../../ed25519/signer.ts'
import { initFleet } from '../../fleet/open.ts'
import type { ShardServer } from '../../fleet/send-shard.ts'
import { type WorkEvent, workFleet } from '../../fleet/work.ts'
import { equalBytes } from '../../lib/bytes.ts'
import type { Reservation } from '../../run/job.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import { serverAddress, serverToken } from '../exports/server-credentials.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { readFonts } from '../project/fonts.ts'
import { isAtHand, passphraseOnce, signerOf } from '../project/keys.ts'
import { fleetOptions, withFleet } from '../project/ledger.ts'
import { pressFor, signerFor } from '../runs/printing.ts'
import { checkSerials, checkTime } from '../runs/ready.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { VERSION } from '../shell/version.ts'

/** Many machines: what makes the database ready, and what works at its runs. */

export interface FleetInitOptions {
  readonly user?: string | undefined
}

/** Makes the database ready, and takes in the runs of the folder. */
export async function fleetInitCommand(context: Context, { user }: FleetInitOptions): Promise<ExitCode> {
  const { words } = context
  const { server, ...options } = fleetOptions(context, readConfig(context))
  const adopted = await initFleet({ ...options, server: user === undefined ? server : { ...server, user } })
  context.report(
    { ready: true, adopted },
    `${words.fleet.ready(adopted)}\n${words.next}: ${words.fleet.readyHow}`,
  )
  return EXIT.valid
}

export interface WorkOptions {
  readonly drain?: boolean | undefined
  readonly sealed?: boolean | undefined
  readonly key?: string | undefined
  readonly font?: string | undefined
  readonly sendTo?: string | undefined
  readonly tokenFile?: string | undefined
  readonly allowHttp?: boolean | undefined
}

/** Works at queued runs until it is stopped, or until nothing is left. */
export async function workCommand(context: Context, options: WorkOptions): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  trustListAtHand(context, config)
  const sendTo = serverOf(context, options)
  return withFleet(context, config, async (fleet) => {
    const signers = await signersAtHand(context, config, options.key)
    const name = `${hostname()}:${process.pid}`
    if (!context.json) io.err(`${words.fleet.working(name)}\n`)
    const { shards, stamps } = await workFleet(fleet, {
      ...{ signers, name, program: VERSION, drain: options.drain, signal: io.signal },
      passphrase: options.sealed ? await passphraseOnce(context) : undefined,
      fonts: readFonts(context, options.font),
      pool: pressFor(MANY),
      sendTo,
      check: (run, shard) => checkShard(context, config, { ...run, ...shard }),
      onEvent: tellerOf(context),
    })
    context.report({ shards, stamps }, words.fleet.worked(shards, stamps))
    return EXIT.valid
  })
}

/** From so many stamps on, threads are worth starting: shards are about as long. */
const MANY = 50_000

/** Where files are sent; undefined where they belong in this machine's own folder. @throws Failure `misuse`, `no_token`, `bad_address` */
function serverOf(
  context: Context,
  { sendTo, tokenFile, allowHttp = false }: WorkOptions,
): ShardServer | undefined {
  const { fleet: words } = context.words
  if (sendTo === undefined) {
    const extra = [
      ...(tokenFile === undefined ? [] : ['--token-file']),
      ...(allowHttp ? ['--allow-http'] : []),
    ]
    if (extra.length > 0) throw new Failure('misuse', words.needsSendTo(extra.join(', ')))
    return undefined
  }
  const url = serverAddress(sendTo, allowHttp, (got) => [words.badServer(got), words.badServerHow])
  const token = serverToken(context, tokenFile)
  if (token === undefined) throw new Failure('no_token', words.noToken, words.noTokenHow)
  return { url, token, allowHttp }
}

/** All keys that this machine signs with, or the one that is named. @throws Failure `no_key` */
async function signersAtHand(context: Context, config: Config, key: string | undefined): Promise<Signer[]> {
  const { fleet: words } = context.words
  const names = config.issuers
    .map((issuer) => issuer.key)
    .filter((name) => (key === undefined ? isAtHand(context, config, name) : name === key))
  if (names.length === 0) throw new Failure('no_key', words.noKeys, words.noKeysHow)
  const signers: Signer[] = []
  for (const name of names) signers.push(await signerOf(context, config, name, signerFor(MANY)))
  return signers
}

/** Asks the lists at hand, which may be newer than when the run was queued. @throws Failure */
function checkShard(context: Context, config: Config, shard: Reservation): void {
  const { words } = context
  const trustList = trustListAtHand(context, config)
  const issuer = trustList.issuers.find(({ publicKey }) => equalBytes(publicKey, publicKeyOfRun(shard)))
  if (issuer === undefined) throw new Failure('no_issuer', words.noIssuer(shard.publicKey), words.noIssuerHow)
  const standing = { trustList, revocationList: revocationListAtHand(context, trustList), issuer }
  checkTime(context, standing, shard)
  checkSerials(context, standing, shard)
}

/** Tells what happens, each thing once until something else does. */
function tellerOf(context: Context): (event: WorkEvent) => void {
  const { io, json } = context
  let last = ''
  return (event) => {
    const line = JSON.stringify(event)
    if (line === last || (event.event === 'taken' && !json)) return
    last = line
    if (json) io.err(`${line}\n`)
    else if (event.event === 'reopened') warn(context, context.words.fleet.reopened(event.run, event.shard))
    else io.err(`${textOf(context, event)}\n`)
  }
}

function textOf({ words: { fleet } }: Context, event: WorkEvent): string {
  switch (event.event) {
    case 'done':
      return fleet.shardDone(event.run, event.shard)
    case 'lost':
      return fleet.shardLost(event.run, event.shard)
    case 'waiting':
      return fleet.passedOver(event.passedOver) || fleet.waiting
    case 'unreachable':
      return event.server === undefined ? fleet.unreachable : fleet.serverAway(event.server)
    default:
      return ''
  }
}
