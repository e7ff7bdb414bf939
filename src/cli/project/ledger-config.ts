import { type FleetServer, serverFields } from '../../fleet/driver.ts'
import { checkTable } from '../../lib/arguments.ts'
import { checkObject } from '../../lib/checks.ts'

/** `runs/`, or a database. Its password is never here: it comes from PGPASSWORD or `.pgpass`. */
export type LedgerConfig = 'runs/' | { readonly postgres: FleetServer }

/** @throws an argument error */
export function checkLedger(ledger: LedgerConfig): void {
  if (ledger === 'runs/') return
  const { postgres } = checkObject('ledger', ledger) as Exclude<LedgerConfig, string>
  checkTable('ledger.postgres', postgres, serverFields)
}
