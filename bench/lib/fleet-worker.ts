import { openFleet } from '../../src/fleet/open.ts'
import { workFleet } from '../../src/fleet/work.ts'
import { keySigner, PRESS_SEED } from '../../test/support/runs.ts'

/** Works until nothing is left: `fleet-worker.ts FOLDER SERVER`. */
const [folder, server] = process.argv.slice(2) as [string, string]
const fleet = await openFleet({ folder, authority: 'QN', server: JSON.parse(server) })
await workFleet(fleet, { signers: [keySigner(PRESS_SEED)], program: '1', drain: true })
await fleet.close()
