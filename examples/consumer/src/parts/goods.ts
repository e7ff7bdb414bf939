import type { Product, Signed } from 'veristamp/verify'
import { h } from '../../../shared/dom.ts'
import { fact } from '../../../shared/parts.ts'
import { starRow } from '../../../shared/stars.ts'
import { dateOf } from '../dates.ts'
import { fileAt } from '../place.ts'
import type { CardWords } from '../words/words.ts'

/** What the signature vouches for: to be compared with what one holds. */
export function goodsCard(signed: Signed, words: CardWords, language: string, isGreen: boolean): HTMLElement {
  const { facts } = words
  const { stamp, product, facility } = signed
  const name = product?.name ?? facts.unnamed
  return h(
    'section',
    { class: 'card goods', 'aria-labelledby': 'goods' },
    h('p', { class: 'eyebrow', id: 'goods' }, isGreen ? facts.heading : facts.says),
    pictureOf(product, facts.picture(name)),
    h('h2', { class: 'product' }, name),
    product?.stars !== undefined && starRow(product.stars, facts.stars(product.stars)),
    h(
      'dl',
      { class: 'facts' },
      facility && fact(facts.facility, facility.name),
      facility?.address && fact(facts.address, facility.address),
      stamp.lot !== undefined && fact(facts.lot, stamp.lot),
      stamp.made !== undefined && fact(facts.made, dateOf(stamp.made, language)),
      stamp.expires !== undefined && fact(facts.expires, dateOf(stamp.expires, language)),
      fact(facts.serial, String(stamp.serial)),
      product?.gtin !== undefined && fact(facts.gtin, product.gtin),
    ),
    isGreen && h('p', { class: 'compare' }, words.compare),
  )
}

let pictures: Promise<Readonly<Record<string, string>>> | undefined

/** Which pictures the site has: asked for once, after the answer stands. */
function readPictures(): Promise<Readonly<Record<string, string>>> {
  pictures ??= fetch(fileAt('pictures/index.json'), { credentials: 'omit' })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => {
      pictures = undefined
      return {}
    })
  return pictures
}

/** The place of a product's picture, which stays away where there is none. */
function pictureOf(product: Product | undefined, alt: string): HTMLElement | undefined {
  if (product?.image === undefined) return undefined
  const frame = h('div', { class: 'picture' })
  readPictures().then((known) => {
    const name = known[String(product.id)]
    if (name === undefined) return frame.remove()
    const picture = h('img', {
      alt,
      onerror: () => frame.remove(),
      onload: () => frame.classList.add('shown'),
    })
    picture.src = fileAt(`pictures/${encodeURIComponent(name)}`).href
    frame.append(picture)
  })
  return frame
}
