import { hostname } from 'node:os'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import {
  type ArgumentCheck,
  type ArgumentTable,
  aFlag,
  aFunction,
  anyText,
  aSignal,
  checkTable,
  ifGiven,
  listOf,
  textOf,
} from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { aPool } from '../node/pool/pool-threads.ts'
import type { WorkerPool } from '../node/pool/worker-pool.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import { copyFonts } from '../print/sheet/options.ts'
import { filesOf, tidyRunFolder } from '../run/folder.ts'
import { digestFonts } from '../run/fonts.ts'
import type { Reservation } from '../run/job.ts'
import { isPassing } from './failures.ts'
import { type Heart, Lost, startHeart } from './heart.ts'
import { joinRun, LostShard } from './join-run.ts'
import {
  closedShards,
  countOpen,
  type Lease,
  type PassedOver,
  releaseShard,
  reopenShard,
  type ShardFile,
  type Skills,
  takeShard,
} from './leases.ts'
import { makeShard } from './make-shard.ts'
import { mendFolder } from './mend-folder.ts'
import { aFleet, type Fleet } from './open.ts'
import { type ShardServer, shardServerFields } from './send-shard.ts'
import type { Shard } from './shards.ts'
import { openWorkplace, type Workplace } from './workplace.ts'

/** What a worker works with. */
export interface WorkTools {
  /** The keys that it signs with. Shards of other keys are left to others. */
  readonly signers: readonly Signer[]
  /** The program's version: runs that another version queued are left to it. */
  readonly program: string
  /** For sealed stamps: opens the secret in the run's folder, which is never sent. Without it sealed runs are left to others. */
  readonly passphrase?: string | undefined
  /** For runs with sheets. */
  readonly fonts?: SheetFonts | undefined
  /** Threads that lay the sheets out. */
  readonly pool?: WorkerPool | undefined
  /**
   * A `veristamp serve` that has the fleet's folder, where this machine does not mount it: each file is sent there before
   * its shard is closed. Runs are then put together by others.
   */
  readonly sendTo?: ShardServer | undefined
  /** What this worker is called, for people. The machine and the process by default. */
  readonly name?: string | undefined
  /** True to end when nothing is left to do; otherwise it waits for more until the signal. */
  readonly drain?: boolean | undefined
  /** Ends the work: the shard is given back. */
  readonly signal?: AbortSignal | undefined
  /** Asked before a shard is signed: throws for serials that must not be stamped. */
  readonly check?: ((run: Reservation, shard: Shard) => void) | undefined
  readonly onEvent?: ((event: WorkEvent) => void) | undefined
}

export type WorkEvent =
  /** `taken` and `done`: of a shard, or of the putting together of a run, whose shard is 0. `lost`: another has it by now. */
  | { readonly event: 'taken' | 'done' | 'lost'; readonly run: string; readonly shard: number }
  /** A shard whose files were gone or damaged, and that is to be done again. */
  | { readonly event: 'reopened'; readonly run: string; readonly shard: number }
  /** Nothing to do for now, though so many shards wait: for other keys, versions or fonts, a passphrase or the folder. */
  | { readonly event: 'waiting'; readonly passedOver: PassedOver }
  /** The database does not answer, or the server that files are sent to, which is then named; it is asked again. */
  | { readonly event: 'unreachable'; readonly server?: string }

export interface WorkDone {
  /** Shards that this worker closed. */
  readonly shards: number
  readonly stamps: number
}

const workFields: ArgumentTable<WorkTools> = {
  signers: listOf(ownSigner as ArgumentCheck, 1),
  program: anyText,
  passphrase: ifGiven(textOf(1024)),
  fonts: ifGiven(() => {}), // as the sheet has it
  pool: ifGiven(aPool),
  sendTo: ifGiven((name, server) => checkTable(name, server as ShardServer, shardServerFields)),
  name: ifGiven(textOf(100)),
  drain: ifGiven(aFlag),
  signal: ifGiven(aSignal),
  check: ifGiven(aFunction),
  onEvent: ifGiven(aFunction),
}

/** Milliseconds between two looks at the table, whatever messages say. */
const SWEEP = 2_000
/** The same while the database does not answer. */
const RETRY = 500

/**
 * Works in a fleet: takes shards, signs them, checks every signature, lays out their sheets and closes them, and puts
 * runs together whose shards are done. Whatever becomes of it, another worker goes on, and the files are the same.
 * @throws an argument error; VeristampError `not_deterministic`, `signing_failed`, `passphrase`, `run_corrupt` or
 * `fleet_failed`, or `send_failed`; what the file system throws, such as `ENOSPC`. The shard is then given back
 * @example
 * ```ts
 * import { openFleet, workFleet } from 'veristamp/fleet'
 *
 * const fleet = await openFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server: { host: 'db' } })
 * const { shards } = await workFleet(fleet, { signers: [signer], program: '1', drain: true })
 * console.log(shards)
 * await fleet.close()
 * ```
 */
export async function workFleet(fleet: Fleet, given: WorkTools): Promise<WorkDone> {
  aFleet('fleet', fleet)
  checkTable('tools', given, workFields)
  const fonts = given.fonts && copyFonts('tools.fonts', given.fonts)
  const tools = { ...given, fonts, signers: given.signers.map((each) => ownSigner('tools.signers', each)) }
  const place = openWorkplace(fleet, tools.sendTo)
  try {
    if (place.isShared) await mendFolder(fleet)
    return await workAt(fleet, place, tools)
  } finally {
    place.close()
  }
}

async function workAt(fleet: Fleet, place: Workplace, tools: WorkTools): Promise<WorkDone> {
  const { signal, drain = false, onEvent = () => {} } = tools
  const { database, authority } = fleet
  const skills = { ...skillsOf(tools), folder: place.isShared }
  let [shards, stamps] = [0, 0]
  while (!signal?.aborted) {
    let lease: Lease | undefined
    try {
      lease = await takeShard(database, authority, skills)
      if (lease === undefined) {
        const { open, able, passedOver } = await countOpen(database, authority, skills)
        if (open > 0) onEvent({ event: 'waiting', passedOver })
        if (drain && able === 0) break
        await database.wait(SWEEP, signal)
        continue
      }
    } catch (error) {
      if (!isPassing(error)) throw error
      onEvent({ event: 'unreachable' })
      await database.wait(RETRY, signal)
      continue
    }
    if (!(await workOn(fleet, place, lease, tools))) continue
    if (lease.shard.number > 0) {
      shards++
      stamps += lease.shard.last - lease.shard.first + 1
    }
  }
  return { shards, stamps }
}

function skillsOf({ signers, program, passphrase, fonts, name }: WorkTools): Omit<Skills, 'folder'> {
  return {
    worker: name ?? `${hostname()}:${process.pid}`,
    keys: signers.map(({ publicKey }) => toHex(publicKey)),
    program,
    fonts: fonts && digestFonts(fonts),
    sealed: passphrase !== undefined,
  }
}

/** True once the shard is closed by this worker. */
async function workOn(fleet: Fleet, place: Workplace, lease: Lease, tools: WorkTools): Promise<boolean> {
  const { signal, onEvent = () => {} } = tools
  const told = { run: lease.run.id, shard: lease.shard.number }
  onEvent({ event: 'taken', ...told })
  const heart = startHeart(fleet, lease, signal)
  try {
    await heart.close(await filesOfShard(fleet, place, lease, tools, heart))
    // Only whoever closed it knows that the rest belongs to nobody who is still to have a say.
    if (lease.shard.number === 0) tidyRunFolder(filesOf(fleet.folder, lease.run).folder)
    onEvent({ event: 'done', ...told })
    return true
  } catch (error) {
    place.clear(lease)
    // Whoever wakes up late may find the whole folder gone.
    if (error instanceof Lost || !(await heart.isMine())) {
      onEvent({ event: 'lost', ...told })
      return false
    }
    await giveBack(fleet, lease, tools, error)
    if (error instanceof LostShard || isPassing(error) || signal?.aborted) return false
    throw error
  } finally {
    heart.stop()
  }
}

/** What closes a shard; nothing where the shard is the run itself. */
async function filesOfShard(
  { database, authority, folder }: Fleet,
  place: Workplace,
  lease: Lease,
  { signers, passphrase, fonts, pool, check, signal, onEvent = () => {} }: WorkTools,
  heart: Heart,
): Promise<readonly ShardFile[]> {
  const { run, shard } = lease
  place.begin(run)
  const signer = signers.find(({ publicKey }) => toHex(publicKey) === run.publicKey)!
  check?.(run, shard)
  if (shard.number > 0) {
    const made = { signer, passphrase, fonts, pool, secrets: folder, onDone: heart.tell }
    const files = await makeShard(place.folder, lease, made)
    const onAway = (server: string) => onEvent({ event: 'unreachable', server })
    await place.bring(lease, files, { signal, onTry: () => heart.tell(shard.last - shard.first + 1), onAway })
    return files
  }
  const shards = await closedShards(database, authority, run.id)
  await joinRun(folder, run, shards, signer, () => heart.tell(0))
  return []
}

/** So that another takes it at once; without this its lease ends by itself. */
async function giveBack(
  { database, authority }: Fleet,
  lease: Lease,
  { onEvent = () => {} }: WorkTools,
  error: unknown,
): Promise<void> {
  try {
    if (error instanceof LostShard) {
      await reopenShard(database, authority, lease, error.number)
      onEvent({ event: 'reopened', run: lease.run.id, shard: error.number })
    }
    await releaseShard(database, authority, lease)
  } catch {} // told by what comes next, if it lasts
}
