import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fleetIntakeStore } from '../../fleet/intake-store.ts'
import { openChunkIntakeStore } from '../../intake/chunk-store.ts'
import type { IntakeStore } from '../../intake/store.ts'
import { isOurs } from '../../lib/errors.ts'
import { fileScanStore } from '../../node/stores/file-scan-store.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import { type Lock, lockFolder } from '../../run/ledger/lock.ts'
import type { Config } from '../project/config.ts'
import { ownState, shown } from '../project/files.ts'
import { isFleet, withLedger } from '../project/ledger.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/**
 * Works with the store of scans that belongs to the project's ledger: PostgreSQL, or a file in `state/scans`, which one
 * server has at a time.
 * @throws Failure `server_busy`; VeristampError `fleet_failed` or `store_corrupt`
 */
export const withIntakeStore = <T>(
  context: Context,
  config: Config,
  work: (store: IntakeStore, ledger: Ledger) => Promise<T>,
): Promise<T> =>
  withLedger(context, config, (ledger) =>
    isFleet(ledger)
      ? work(fleetIntakeStore(ledger), ledger)
      : withFileStore(context, (store) => work(store, ledger)),
  )

async function withFileStore<T>(context: Context, work: (store: IntakeStore) => Promise<T>): Promise<T> {
  const folder = join(ownState(context), 'scans')
  mkdirSync(folder, { recursive: true })
  const lock = lockScans(context, folder)
  try {
    const file = fileScanStore(join(folder, 'taken.log'))
    const store = await openChunkIntakeStore(file, { close: file.close })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    lock.release()
  }
}

function lockScans(context: Context, folder: string): Lock {
  try {
    return lockFolder(folder)
  } catch (error) {
    if (!isOurs(error, 'run_busy')) throw error
    const { site } = context.words
    throw new Failure('server_busy', site.otherServer(shown(context, folder)), site.otherServerHow)
  }
}
