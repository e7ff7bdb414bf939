import { checkText, copyBytes } from '../lib/checks.ts'
import type { ScanStore } from '../scanlog/store.ts'
import { type Asking, DURABLE } from './database.ts'
import { aFleet, type Fleet } from './open.ts'

/**
 * A store of a scan log in the fleet's database, beside those in files and in browsers.
 * @param log the log's name: each has chunks of its own
 * @throws an argument error; its methods VeristampError `fleet_failed`
 * @example
 * ```ts
 * import { fleetScanStore, openFleet } from 'veristamp/fleet'
 * import { openScanLog } from 'veristamp/scanlog'
 *
 * const fleet = await openFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server: { host: 'db' } })
 * const log = await openScanLog({ place: 'Ha Long market 1', store: fleetScanStore(fleet, 'market-1') })
 * console.log(log.size)
 * await fleet.close()
 * ```
 */
export function fleetScanStore(fleet: Fleet, log: string): ScanStore {
  aFleet('fleet', fleet)
  const { database } = fleet
  checkText('log', log, 1, 200)
  const append = async ({ query }: Asking, chunk: Buffer): Promise<void> => {
    await query(
      `${DURABLE}
       INSERT INTO veristamp.scan_chunks (log, chunk) SELECT $1, $2 FROM durable`,
      [log, chunk],
    )
  }
  const own = (chunk: Uint8Array) => Buffer.from(copyBytes('chunk', chunk))
  return {
    async read() {
      const rows = await database.query<{ chunk: Buffer }>(
        'SELECT chunk FROM veristamp.scan_chunks WHERE log = $1 ORDER BY number',
        [log],
      )
      return rows.map(({ chunk }) => new Uint8Array(chunk))
    },
    append: async (chunk) => append(database, own(chunk)),
    async replace(chunks) {
      const kept = Array.from(chunks, own)
      await database.transaction(async (query) => {
        await query('DELETE FROM veristamp.scan_chunks WHERE log = $1', [log])
        for (const chunk of kept) await append({ query }, chunk)
      })
    },
  }
}
