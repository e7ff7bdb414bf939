import { readFileSync, writeSync } from 'node:fs'
import { openFleet } from '../../src/fleet/open.ts'
import { workFleet } from '../../src/fleet/work.ts'
import { keySigner, PRESS_SEED } from './runs.ts'

/** A worker in a process of its own, which says when it has taken a shard, and what it ended with. */
const [folder, server, font] = process.argv.slice(2) as [string, string, string]

const fleet = await openFleet({ folder, authority: 'QN', server: JSON.parse(server) })
try {
  const done = await workFleet(fleet, {
    signers: [keySigner(PRESS_SEED)],
    program: '1',
    fonts: { regular: readFileSync(font) },
    onEvent: (event) => writeSync(1, `${JSON.stringify(event)}\n`),
  })
  writeSync(1, `${JSON.stringify(done)}\n`)
} catch (error) {
  writeSync(2, `${(error as Error).stack}\n`)
}
await fleet.close()
