import { unrevokedRuns } from '../lists/void-runs.ts'
import type { Config } from '../project/config.ts'
import { isAtHand } from '../project/keys.ts'
import { revocationContent } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'

/** Void runs that no list revokes yet: kiosks call their stamps valid. */
export function voidDuties(context: Context, config: Config): string[] {
  const { status } = context.words
  const content = config.revocation === undefined ? undefined : revocationContent(context)
  if (content === undefined) return [] // another duty asks for the first list
  const isOurs = isAtHand(context, config, config.revocation!)
  return unrevokedRuns(context, content.revoked).map(({ run: { id } }) =>
    isOurs ? status.voided(id) : status.voidedElsewhere(id),
  )
}
