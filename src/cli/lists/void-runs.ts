import type { RevokedSerials } from '../../revocation/content.ts'
import { serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'
import { voidReason } from '../../run/ledger/void.ts'
import { journalOf, reservationsOf } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

/** A run that was declared void, and of which a list does not revoke every serial. */
export interface VoidRun {
  readonly run: Reservation
  readonly why: Pick<RevokedSerials, 'reason' | 'date'>
}

/** Void runs whose stamps are valid all the same, as long as kiosks go by what `revoked` says. */
export const unrevokedRuns = (context: Context, revoked: readonly RevokedSerials[]): VoidRun[] =>
  reservationsOf(context).flatMap((run) => {
    const why = voidReason(journalOf(context), run.id)
    if (why === undefined) return []
    const { facility, product, first, last } = run
    const missing = revoked
      .filter((entry) => entry.facility === facility && entry.product === product)
      .reduce((left, { serials }) => subtractSet(left, serials), serialSetOf([{ first, last }]))
    return missing.firsts.length === 0 ? [] : [{ run, why }]
  })
