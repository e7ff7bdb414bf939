import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VeristampError } from '../lib/errors.ts'
import { filesOf } from '../run/folder.ts'
import type { Reservation } from '../run/job.ts'
import { isVoid } from '../run/ledger/void.ts'
import type { Lease, ShardFile } from './leases.ts'
import { mirrorRuns } from './mirror.ts'
import type { Fleet } from './open.ts'
import { type Sending, type ShardServer, shardSender } from './send-shard.ts'
import { removeShardFiles, shardFolder } from './shard-files.ts'

/** Where a worker makes shards: in the fleet's folder, or in one of its own, from which it sends them. */
export interface Workplace {
  /** True for the fleet's folder, where runs are put together. */
  readonly isShared: boolean
  /** In which each run has a folder of its own. */
  readonly folder: string
  /** Called before a run is worked at. @throws VeristampError `run_void` */
  begin(run: Reservation): void
  /** Brings files to the fleet's folder, if they are not there. @throws as `SendShard` does */
  bring(lease: Lease, files: readonly ShardFile[], sending: Sending): Promise<void>
  /** Takes away what this worker has made and nobody needs any more. */
  clear(lease: Lease): void
  close(): void
}

/** @throws an argument error for the server's address */
export const openWorkplace = (fleet: Fleet, server: ShardServer | undefined): Workplace =>
  server === undefined ? sharedPlace(fleet.folder) : ownPlace(server)

const sharedPlace = (folder: string): Workplace => ({
  isShared: true,
  folder,
  begin(run) {
    mirrorRuns(folder, [{ run }])
    if (isVoid(folder, run.id))
      throw new VeristampError('run_void', `run ${run.id}: was declared void`, { run: run.id })
  },
  async bring() {},
  clear: (lease) => removeShardFiles(shardFolder(folder, lease.run), lease),
  close() {},
})

/** All that is asked of the shared folder, the server asks. What a kill leaves here, the system clears away. */
function ownPlace(server: ShardServer): Workplace {
  const send = shardSender(server)
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-work-'))
  const clear = (path: string): void => rmSync(path, { recursive: true, force: true })
  return {
    isShared: false,
    folder,
    begin() {},
    async bring({ run }, files, sending) {
      const own = shardFolder(folder, run)
      for (const file of files) await send(own, file, sending)
      clear(filesOf(folder, run).folder)
    },
    clear: ({ run }) => clear(filesOf(folder, run).folder),
    close: () => clear(folder),
  }
}
