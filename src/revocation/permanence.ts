import { compareSeen } from '../document/store.ts'
import type { ErrorDetails } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'
import { checkContent } from './arguments.ts'
import {
  byName,
  keyName,
  productName,
  type RevocationContent,
  type RevokedKey,
  serialsName,
} from './content.ts'
import { subtractSet } from './serial-set-algebra.ts'

/**
 * Checks that a list may come after another: it is of the same authority and of a later epoch, or of the same
 * one and a later sequence; and it keeps every revocation, with its reason and date. A key's marks may go down
 * but not up. Watermarks may change in any way, because they revoke nothing.
 * @param previous the list that was published
 * @param next the one that follows it
 * @throws VeristampError `bad_document` for one that is not a later list of this authority,
 * `revocation_permanent` for one that drops a revocation
 * @example
 * ```ts
 * import { checkPermanence, readRevocationList } from 'veristamp/authority'
 *
 * checkPermanence(readRevocationList(revocationListFile), readRevocationList(nextRevocationListFile))
 * ```
 */
export function checkPermanence(previous: RevocationContent, next: RevocationContent): void {
  checkContent('previous', previous)
  checkContent('next', next)
  if (previous.authority !== next.authority || compareSeen(next, previous) <= 0) {
    throw new VeristampError('bad_document', 'revocation list: expected a later one of the same authority', {
      fault: 'not_later',
    })
  }
  checkSerialsKept(previous, next)
  checkKeysKept(previous, next)
}

function checkSerialsKept(previous: RevocationContent, next: RevocationContent): void {
  const kept = byName(next.revoked, serialsName)
  for (const entry of previous.revoked) {
    const same = kept.get(serialsName(entry))
    const dropped = same === undefined ? entry.serials : subtractSet(entry.serials, same.serials)
    if (dropped.firsts.length > 0) {
      throw permanent({ facility: entry.facility, product: entry.product, serial: dropped.firsts[0]! })
    }
  }
}

function checkKeysKept(previous: RevocationContent, next: RevocationContent): void {
  const kept = byName(next.revokedKeys, keyName)
  for (const entry of previous.revokedKeys) {
    const same = kept.get(keyName(entry))
    if (same === undefined || !coversAsMuch(entry, same)) throw permanent({ key: keyName(entry) })
  }
}

function coversAsMuch(before: RevokedKey, after: RevokedKey): boolean {
  const marks = byName(before.above, productName)
  return (
    after.reason === before.reason &&
    after.date === before.date &&
    after.above.every((mark) => mark.serial <= (marks.get(productName(mark))?.serial ?? -1))
  )
}

/** What a signed list revoked stays revoked. */
export function permanent(details: ErrorDetails['revocation_permanent']): VeristampError {
  let what = details.serial === undefined ? `key ${details.key}` : `serial ${details.serial}`
  if ('facility' in details) what += ` of facility ${details.facility}, product ${details.product}`
  const message = `${what}: revoked by a signed list, with its reason and date`
  return new VeristampError('revocation_permanent', message, details)
}
