import type { FleetFacts } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'

/** What the database answers, as errors of ours. */

const MESSAGES: Readonly<Record<FleetFacts['fault'], string>> = {
  no_driver: 'the package pg is not installed, which talks to PostgreSQL: npm install pg',
  unreachable: 'PostgreSQL can’t be reached',
  refused: 'PostgreSQL does not let this user in, or not do this',
  not_ready: 'the database has no tables of veristamp: veristamp fleet init',
  newer: 'the database was set up by a newer veristamp: bring this one up to date',
  older: 'the database was set up by an older veristamp: veristamp fleet init',
  unsafe: 'PostgreSQL runs with fsync off: after a power cut it would give serials away twice',
  failed: 'PostgreSQL',
}

export const fleetFailed = (facts: FleetFacts, cause?: unknown): VeristampError<'fleet_failed'> => {
  const { detail } = facts as { detail?: string | undefined }
  const message = `fleet: ${MESSAGES[facts.fault]}${detail === undefined ? '' : `: ${detail}`}`
  return new VeristampError('fleet_failed', message, facts, { cause })
}

/** Errors of sockets and of names. */
const SYSTEM = /^(E[A-Z]+|ERR_[A-Z_]+|[A-Z_]*CERT[A-Z_]*)$/

/** @returns the error itself where it is no error of the database */
export function toFleetError(error: unknown): unknown {
  const { code, severity, message = '' } = error as { code?: string; severity?: string; message?: string }
  if (error instanceof VeristampError) return error
  const detail = message.split('\n')[0]!.slice(0, 300)
  if (severity === undefined) {
    const isSocket = typeof code === 'string' && SYSTEM.test(code)
    const isCut = /terminated|timeout|ended|not queryable|SASL|SSL/i.test(message)
    return isSocket || isCut ? fleetFailed({ fault: 'unreachable', detail: detail || code }, error) : error
  }
  if (code === undefined) return error
  // 57P: shut down, starting up. 08: the connection. 53300: too many others are there.
  if (/^(57P|08|53300)/.test(code)) return fleetFailed({ fault: 'unreachable', detail }, error)
  if (/^(28|42501|3D000)/.test(code)) return fleetFailed({ fault: 'refused', detail }, error)
  if (code === '3F000' || code === '42P01') return fleetFailed({ fault: 'not_ready' }, error)
  return fleetFailed({ fault: 'failed', detail, state: code }, error)
}

/** True for what may be gone in a moment: the server restarts, or the line was cut. */
export const isPassing = (error: unknown): boolean =>
  error instanceof VeristampError && error.code === 'fleet_failed' && error.details.fault === 'unreachable'
