import { type Code, createIssuer, sealStamp } from 'veristamp'
import { dateText, daysAfter, newSigner, PREFIX, type Province } from './province.ts'

/** The labels of the kiosk's demo: what a market's stall may hold, good and bad. */

export const TEA = { facility: 12, product: 104 }
/** The highest serial of the tea that has left the printer. */
export const RELEASED = 91_000
/** Revoked in the list that the kiosk is given, and in the delta that follows. */
export const RECALLED = 90_007
export const RECALLED_LATER = 90_030
/** One that another kiosk, far away, has just seen too. */
export const COPIED = 90_020

export type LabelName =
  | 'valid'
  | 'sealed'
  | 'dated'
  | 'revoked'
  | 'revoked-later'
  | 'copied'
  | 'forged'
  | 'unknown'
  | 'expired'
  | 'not-issued'

/** A label, and what is printed on it. */
export interface DemoLabel {
  readonly name: LabelName
  readonly serial: number
  readonly product: string
  readonly facility: string
  readonly stars?: number
  readonly base45: string
  readonly digits: string
  readonly url: string
  readonly hiddenCode?: string
}

/** Signs the stamps of the labels. */
export async function demoLabels(province: Province, now: Date): Promise<readonly DemoLabel[]> {
  const issuer = province.issuers.get(TEA.facility)!
  const tea = (serial: number) => ({ ...TEA, serial })
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const sealed = sealStamp(tea(90_002), { keyId: TEA.facility, secret })
  const impostor = createIssuer({ keyId: TEA.facility, signer: newSigner() })
  const stranger = createIssuer({ keyId: 200, signer: newSigner() })
  const squid = { facility: 1, product: 1, serial: 4, expires: dateText(daysAfter(now, 200)), lot: 'CM2611' }
  const old = { ...tea(90_003), expires: dateText(daysAfter(now, -3)) }
  const label = (name: LabelName, code: Code) => labelOf(province, name, code)
  return [
    label('valid', await issuer.issue(tea(90_001))),
    { ...label('sealed', await issuer.issue(sealed.stamp)), hiddenCode: sealed.hiddenCode },
    label('dated', await province.issuers.get(1)!.issue(squid)),
    label('revoked', await issuer.issue(tea(RECALLED))),
    label('revoked-later', await issuer.issue(tea(RECALLED_LATER))),
    label('copied', await issuer.issue(tea(COPIED))),
    label('forged', await impostor.issue(tea(90_011))),
    label('unknown', await stranger.issue(tea(90_012))),
    label('expired', await issuer.issue(old)),
    label('not-issued', await issuer.issue(tea(RELEASED + 1))),
  ]
}

function labelOf({ catalogue }: Province, name: LabelName, code: Code): DemoLabel {
  const { stamp } = code
  const product = catalogue.products.find(({ id }) => id === stamp.product)!
  const facility = catalogue.facilities.find(({ id }) => id === stamp.facility)!
  return {
    name,
    serial: stamp.serial,
    product: product.name,
    facility: facility.name,
    ...(product.stars !== undefined && { stars: product.stars }),
    base45: code.toText('base45'),
    digits: code.toText('digits'),
    url: code.toUrl(PREFIX),
  }
}
