/**
 * Prints on many machines: the ledger of serials on PostgreSQL, runs in shards, and workers that do them.
 * @module veristamp/fleet
 */

export type { Signer } from './ed25519/signer.ts'
export type { FleetServer } from './fleet/driver.ts'
export type { PassedOver } from './fleet/leases.ts'
export { type Cut, type Fleet, type FleetOptions, initFleet, openFleet } from './fleet/open.ts'
export { letWorkersAt, queueRun } from './fleet/queue.ts'
export { fleetScanStore } from './fleet/scan-store.ts'
export type { ShardServer } from './fleet/send-shard.ts'
export type { Shard } from './fleet/shards.ts'
export { type WorkDone, type WorkEvent, type WorkTools, workFleet } from './fleet/work.ts'
export { type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Reservation, RunJob } from './run/job.ts'
export {
  folderLedger,
  type Ledger,
  type LedgerRun,
  type RunVoid,
  type ShardState,
} from './run/ledger/ledger.ts'
export type { Reach, ReserveOptions } from './run/ledger/reach.ts'
export type { Journal, RunProduct } from './run/ledger/survey.ts'
export type { StartTools } from './run/run.ts'
export type { RunTools } from './run/tools.ts'
export type { ScanStore } from './scanlog/store.ts'
