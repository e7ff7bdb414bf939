import { writeSync } from 'node:fs'
import { fileScanStore } from '../../src/node/stores/file-scan-store.ts'
import { codeOf, openLog, scan } from '../scanlog/logs.ts'

/** A process of its own: scans serials from `first` on, and prints each when it is durable, until it is killed. */
const [path, first] = process.argv.slice(2) as [string, string]
const log = await openLog({ store: fileScanStore(path) })
for (let serial = Number(first); ; serial++) {
  scan(log, codeOf(serial), serial)
  await log.flush()
  writeSync(1, `${serial}\n`)
}
