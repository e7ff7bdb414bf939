import { DAY_MS } from '../lib/dates.ts'
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
 * come, in milliseconds since 1970, so that a clock that is behind can't bring an expired stamp back.
 */
export function findAgainst(stamp: Stamp, signatory: Signatory, reached: number): Finding[] {
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
function outOfValidity({ issuer }: Signatory, reached: number): Finding | undefined {
  const { notBefore, notAfter } = issuer
  if (reached < +notBefore) return { reason: 'issuer_not_yet_valid', detail: notBefore.toISOString() }
  if (reached > +notAfter) return { reason: 'issuer_expired', detail: notAfter.toISOString() }
  return undefined
}

/** Step 9: the stamp is good through its expiry day, in UTC. */
function expired({ expires }: Stamp, reached: number): Finding | undefined {
  if (!expires || reached < Date.parse(expires) + DAY_MS) return undefined
  return { reason: 'expired', detail: expires }
}

/** Step 10: the key is not revoked, or this serial is among those that its revocation spares. */
function keyRevoked({ facility, product, serial }: Stamp, { record }: Signatory): Finding | undefined {
  const revocation = record?.revocation(facility, product, serial)
  return revocation && { reason: 'key_revoked', revocation }
}

/** Step 11: the serial is not revoked. */
function serialRevoked({ facility, product, serial }: Stamp, { lists }: Signatory): Finding | undefined {
  const revocation = lists.revocationList?.findSerial(facility, product, serial)
  return revocation && { reason: 'revoked', revocation }
}

/** Step 12: the key may have issued a serial this high, as far as the list sets it a limit. */
function notIssued({ facility, product, serial }: Stamp, { record }: Signatory): Finding | undefined {
  const watermark = record?.watermark(facility, product)
  return watermark !== undefined && serial > watermark
    ? { reason: 'not_issued', detail: `above ${watermark}` }
    : undefined
}
