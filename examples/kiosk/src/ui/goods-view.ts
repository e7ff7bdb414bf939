import type { Product, Signed } from 'veristamp/verify'
import { h } from '../../../shared/dom.ts'
import { fact } from '../../../shared/parts.ts'
import { starRow } from '../../../shared/stars.ts'
import type { Language, Words } from '../core/words.ts'
import { openPictures } from '../kiosk/pictures.ts'
import { writeDay } from './app.ts'

const pictures = openPictures()

/** Fetches what the catalogue's products look like, while there is a network. */
export const keepPictures = pictures.keepAll

/** What the signature vouches for: to be compared with the goods. */
export function goodsView(signed: Signed, place: string, { facts }: Words, language: Language): HTMLElement {
  const { stamp, product, facility, authority, issuer } = signed
  const name = product?.name ?? facts.unnamed(stamp.product)
  return h(
    'section',
    { class: 'card goods' },
    pictureOf(product, facts.picture(name)),
    h('h2', { class: 'product' }, name),
    product?.stars !== undefined && starRow(product.stars, facts.stars(product.stars)),
    h(
      'dl',
      { class: 'facts' },
      fact(
        facts.facility,
        facility?.name ?? facts.unnamed(stamp.facility),
        facility?.address !== undefined && h('span', { class: 'address' }, facility.address),
      ),
      fact(facts.serial, String(stamp.serial)),
      stamp.lot !== undefined && fact(facts.lot, stamp.lot),
      stamp.made !== undefined && fact(facts.made, writeDay(stamp.made, language)),
      stamp.expires !== undefined && fact(facts.expires, writeDay(stamp.expires, language)),
      issuer.name !== facility?.name && fact(facts.issuer, issuer.name),
      fact(facts.authority, authority),
      fact(facts.place, place),
    ),
  )
}

/** The picture of a product, which stays away where there is none. */
function pictureOf(product: Product | undefined, alt: string): HTMLElement | undefined {
  if (product?.image === undefined) return undefined
  const frame = h('div', { class: 'picture' })
  void pictures.of(product.id).then((file) => {
    if (file === undefined) return frame.remove()
    const picture = h('img', {
      alt,
      onerror: () => frame.remove(),
      onload: () => URL.revokeObjectURL(picture.src),
    })
    picture.src = URL.createObjectURL(file)
    frame.append(picture)
  })
  return frame
}
