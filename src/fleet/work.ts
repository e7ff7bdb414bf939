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
import { VeristampError } from '../lib/errors.ts'
import { aPool } from '../node/pool/pool-threads.ts'
import type { WorkerPool } from '../node/pool/worker-pool.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import { copyFonts } from '../print/sheet/options.ts'
import { filesOf, tidyRunFolder } from '../run/folder.ts'
import { digestFonts } from '../run/fonts.ts'
import type { Reservation } from '../run/job.ts'
import { isVoid } from '../run/ledger/void.ts'
import { isPassing } from './failures.ts'
import { type Heart, Lost, startHeart } from './heart.ts'
import { joinRun, LostShard } from './join-run.ts'
import {
  closedShards,
  countPassedOver,
  type Lease,
  type PassedOver,
  releaseShard,
  reopenShard,
  type ShardFile,
  type Skills,
  takeShard,
} from './leases.ts'
import { makeShard, removeShardFiles, shardFolder } from './make-shard.ts'
import { mirrorRuns } from './mirror.ts'
import { aFleet, type Fleet } from './open.ts'
import { allRuns } from './run-rows.ts'
import type { Shard } from './shards.ts'

/** What a worker works with. */
export interface WorkTools {
  /** The keys that it signs with. Shards of other keys are left to others. */
  readonly signers: readonly Signer[]
  /** The program's version: runs that another version queued are left to it. */
  readonly program: string
  /** For sealed stamps: opens the secret in the run's folder. Without it sealed runs are left to others. */
  readonly passphrase?: string | undefined
  /** For runs with sheets. */
  readonly fonts?: SheetFonts | undefined
  /** Threads that lay the sheets out. */
  readonly pool?: WorkerPool | undefined
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
  /** Nothing to do for now, though so many shards wait: for other keys, versions, fonts or a passphrase. */
  | { readonly event: 'waiting'; readonly passedOver: PassedOver }
  /** The database does not answer, and is asked again. */
  | { readonly event: 'unreachable' }

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
 * `fleet_failed`; what the file system throws, such as `ENOSPC`. The shard is then given back
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
  const { signal, drain = false, onEvent = () => {} } = tools
  const { database, authority, folder } = fleet
  const skills = skillsOf(tools)
  mirrorRuns(folder, await allRuns(database, authority))
  let [shards, stamps] = [0, 0]
  while (!signal?.aborted) {
    let lease: Lease | undefined
    try {
      lease = await takeShard(database, authority, skills)
      if (lease === undefined) {
        const { open, ...passedOver } = await countPassedOver(database, authority, skills)
        if (open > 0) onEvent({ event: 'waiting', passedOver })
        if (drain && open <= mostOf(passedOver)) break
        await database.wait(SWEEP, signal)
        continue
      }
    } catch (error) {
      if (!isPassing(error)) throw error
      onEvent({ event: 'unreachable' })
      await database.wait(RETRY, signal)
      continue
    }
    if (!(await workOn(fleet, lease, tools))) continue
    if (lease.shard.number > 0) {
      shards++
      stamps += lease.shard.last - lease.shard.first + 1
    }
  }
  return { shards, stamps }
}

const mostOf = ({ key, program, fonts, sealed }: PassedOver): number => Math.max(key, program, fonts, sealed)

function skillsOf({ signers, program, passphrase, fonts, name }: WorkTools): Skills {
  return {
    worker: name ?? `${hostname()}:${process.pid}`,
    keys: signers.map(({ publicKey }) => toHex(publicKey)),
    program,
    fonts: fonts && digestFonts(fonts),
    sealed: passphrase !== undefined,
  }
}

/** True once the shard is closed by this worker. */
async function workOn(fleet: Fleet, lease: Lease, tools: WorkTools): Promise<boolean> {
  const { signal, onEvent = () => {} } = tools
  const told = { run: lease.run.id, shard: lease.shard.number }
  onEvent({ event: 'taken', ...told })
  const heart = startHeart(fleet, lease, signal)
  try {
    await heart.close(await filesOfShard(fleet, lease, tools, heart))
    // Only whoever closed it knows that the rest belongs to nobody who is still to have a say.
    if (lease.shard.number === 0) tidyRunFolder(filesOf(fleet.folder, lease.run).folder)
    onEvent({ event: 'done', ...told })
    return true
  } catch (error) {
    removeShardFiles(shardFolder(fleet.folder, lease.run), lease)
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
  lease: Lease,
  { signers, passphrase, fonts, pool, check }: WorkTools,
  heart: Heart,
): Promise<readonly ShardFile[]> {
  const { run, shard } = lease
  mirrorRuns(folder, [{ run }])
  if (isVoid(folder, run.id))
    throw new VeristampError('run_void', `run ${run.id}: was declared void`, { run: run.id })
  const signer = signers.find(({ publicKey }) => toHex(publicKey) === run.publicKey)!
  check?.(run, shard)
  if (shard.number > 0)
    return makeShard(folder, lease, { signer, passphrase, fonts, pool, onDone: heart.tell })
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
