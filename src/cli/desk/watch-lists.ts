import type { Reservation } from '../../run/job.ts'
import type { RunTools } from '../../run/tools.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import type { Config } from '../project/config.ts'
import { newestList } from '../project/files.ts'
import { checkSerials } from '../runs/ready.ts'
import type { Context } from '../shell/context.ts'

/**
 * Tools of a run that stops when a list is signed meanwhile by which its stamps would be invalid: another command may
 * revoke its key, or its serials, while thousands are still to be signed.
 */
export function watchingLists(
  context: Context,
  config: Config,
  tools: RunTools,
  runOf: () => Reservation | undefined,
): RunTools {
  const stop = new AbortController()
  const { signal, onProgress } = tools
  let seen = namesOf(context)
  return {
    ...tools,
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    onProgress(progress) {
      onProgress?.(progress)
      const run = runOf()
      const names = namesOf(context)
      if (run === undefined || names === seen || progress.done === progress.count) return
      seen = names
      try {
        checkRun(context, config, run)
      } catch (error) {
        stop.abort(error)
      }
    },
  }
}

const namesOf = (context: Context): string =>
  [newestList(context, 'trust'), newestList(context, 'revocation')].join(' ')

/** @throws Failure `key_revoked`, `revoked` or `no_scope` */
function checkRun(context: Context, config: Config, run: Reservation): void {
  const trustList = trustListAtHand(context, config)
  const revocationList = revocationListAtHand(context, trustList)
  const issuer = trustList.issuers.find(
    ({ publicKey }) => Buffer.from(publicKey).toString('hex') === run.publicKey,
  )
  if (issuer !== undefined) checkSerials(context, { trustList, revocationList, issuer }, run)
}
