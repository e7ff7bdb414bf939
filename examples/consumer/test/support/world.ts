import type { Code } from 'veristamp'
import {
  addSerials,
  draftRevocationList,
  type RevocationReason,
  reviseRevocationList,
  setWatermark,
  signRevocationList,
  signTrustList,
} from 'veristamp/authority'
import { type DemoLabel, demoLabels, RELEASED, TEA } from '../../../quang-ninh/kiosk-labels.ts'
import { AUTHORITY, daysAfter, foundProvince, type Province } from '../../../quang-ninh/province.ts'

/** A province whose stamps lead to a page, good and bad ones. */

export const PATH = 'HTTPS://TEM.EXAMPLE/QNI/'
export const HASH = 'HTTPS://TEM.EXAMPLE/QNI/#'
/** Green tea by its GTIN. */
const TEA_GTIN = 9521012000068
export const PHONE = 'tel:+842033835678'
export const MAIL = 'mailto:tem@quang-ninh.example'

export interface World {
  readonly province: Province
  readonly trustList: Uint8Array
  readonly labels: readonly DemoLabel[]
  label(name: DemoLabel['name']): DemoLabel
  /** A good stamp as a link of GS1's. */
  readonly link: string
  /** A stamp of the tea, by its serial. */
  tea(serial: number): Promise<Code>
  /** The next revocation list: what is revoked in it, beside all that was. */
  revoke(serials: readonly number[], reason: RevocationReason, now: Date): Promise<Uint8Array>
}

export async function foundWorld(now: Date): Promise<World> {
  const province = await foundProvince(now)
  const { content, catalogue, issuers, root, revoker } = province
  const tea = catalogue.products.find(({ id }) => id === TEA.product)!
  const facilities = catalogue.facilities.map((each) =>
    each.id === TEA.facility ? { ...each, report: `${PHONE} ${MAIL} /bao-cao` } : each,
  )
  const products = catalogue.products.map((each) =>
    each.id === TEA.product ? { ...each, image: 'tea.png' } : each,
  )
  const trustList = await signTrustList(
    {
      ...content,
      // One key would do for most authorities; the labels need two.
      issuers: content.issuers.filter(({ keyId }) => keyId === 1 || keyId === TEA.facility),
      prefixes: [PATH, HASH],
      catalogue: { facilities, products: [...products, { ...tea, id: TEA_GTIN }] },
    },
    [root],
  )
  const labels = await demoLabels(province, now)
  const issuer = issuers.get(TEA.facility)!
  const dates = { issued: daysAfter(now, -1), next: daysAfter(now, 1), expires: daysAfter(now, 14) }
  let list = await signRevocationList(
    setWatermark(draftRevocationList({ authority: AUTHORITY, ...dates }), {
      ...TEA,
      publicKey: issuer.publicKey,
      serial: RELEASED,
    }),
    revoker,
  )
  const link = await issuer.issue({
    facility: TEA.facility,
    product: TEA_GTIN,
    serial: 7,
    lot: 'CM2611',
    expires: '2049-12-31',
  })
  return {
    province,
    trustList,
    labels,
    label: (name) => labels.find((label) => label.name === name)!,
    link: link.toGs1Link(PATH),
    tea: (serial) => issuer.issue({ ...TEA, serial }),
    async revoke(serials, reason, at) {
      const draft = reviseRevocationList(list, dates)
      const date = at.toISOString().slice(0, 10)
      list = await signRevocationList(
        serials.length === 0 ? draft : addSerials(draft, { ...TEA, reason, date, serials }),
        revoker,
      )
      return list
    },
  }
}
