import { dayOf } from '../lib/dates.ts'
import type { Revocation } from '../revocation/revocation-list.ts'
import type { Stamp } from '../stamp/stamp.ts'
import { scopeFault } from '../trust/scope.ts'
import type { Signatory } from './keyring.ts'
import type { InvalidReason } from './reasons.ts'

/** Something that speaks against a stamp. */
export interface Finding {
  readonly reason: InvalidReason
  readonly detail?: string
  /** Why and when, of `key_revoked` and `revoked`. */
  readonly revocation?: Revocation
}

/**
 * Steps 7 to 12: all that speaks against a stamp whose signature held. `reached` is a time that has surely
 * come, so that a clock that is behind can't bring an expired stamp back.
 */
export function findAgainst(stamp: Stamp, signatory: Signatory, reached: Date): Finding[] {
  return [
    outOfScope(stamp, signatory),
    outOfValidity(signatory, reached),
    expired(stamp, reached),
    keyRevoked(stamp, signatory),
    serialRevoked(stamp, signatory),
    notIssued(stamp, signatory),
  ].filter((finding) => finding !== undefined)
}

/** Step 7: the key stamps this facility, this product and this serial. */
function outOfScope(stamp: Stamp, { lists: { trustList }, issuer }: Signatory): Finding | undefined {
  const ownProduct = trustList.product(stamp.product)?.facility === stamp.facility
  const detail = scopeFault(issuer.scope, stamp, ownProduct)
  return detail === undefined ? undefined : { reason: 'out_of_scope', detail }
}

/** Step 8: the issuer is within its validity. */
function outOfValidity({ issuer }: Signatory, reached: Date): Finding | undefined {
  if (reached < issuer.notBefore)
    return { reason: 'issuer_not_yet_valid', detail: issuer.notBefore.toISOString() }
  if (reached > issuer.notAfter) return { reason: 'issuer_expired', detail: issuer.notAfter.toISOString() }
  return undefined
}

/** Step 9: the stamp is good through its expiry day, in UTC. */
function expired({ expires }: Stamp, reached: Date): Finding | undefined {
  if (expires === undefined) return undefined
  const end = (dayOf('expires', expires) + 1) * 86_400_000
  return reached.getTime() >= end ? { reason: 'expired', detail: expires } : undefined
}

/** Step 10: the key is not revoked, or this serial is among those that its revocation spares. */
function keyRevoked({ facility, product, serial }: Stamp, { lists, issuer }: Signatory): Finding | undefined {
  const revocation = lists.revocationList?.keyRevocation(issuer.publicKey, facility, product, serial)
  return revocation && { reason: 'key_revoked', revocation }
}

/** Step 11: the serial is not revoked. */
function serialRevoked({ facility, product, serial }: Stamp, { lists }: Signatory): Finding | undefined {
  const revocation = lists.revocationList?.findSerial(facility, product, serial)
  return revocation && { reason: 'revoked', revocation }
}

/** Step 12: the key may have issued a serial this high, as far as the list sets it a limit. */
function notIssued({ facility, product, serial }: Stamp, { lists, issuer }: Signatory): Finding | undefined {
  const watermark = lists.revocationList?.watermark(issuer.publicKey, facility, product)
  return watermark !== undefined && serial > watermark
    ? { reason: 'not_issued', detail: `above ${watermark}` }
    : undefined
}
