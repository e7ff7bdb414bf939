import type { FontName } from '../document.ts'
import { STARS_WORD } from '../words.ts'
import type { Composition, CompositionRequest, SetLine, SetStars, WordCut } from './composition.ts'
import { LEADING, type Parts } from './parts.ts'

/** Between two parts at the most, in sizes of the name. */
const GAP = 0.3

/** Puts the parts below each other, in the middle of their room. */
export function placed(parts: Parts, request: CompositionRequest, cuts: readonly WordCut[]): Composition {
  const { width, height, centred } = request
  const { gaps, size: nameSize } = parts
  const room = Math.max(0, height - parts.linesHeight)
  const gap = gaps === 0 ? 0 : Math.min(GAP * nameSize, room / gaps)
  const leftOf = (used: number) => (centred ? Math.max(0, (width - used) / 2) : 0)
  let top = (room - gap * gaps) / 2
  const put = (texts: readonly string[], font: FontName, size: number): SetLine[] => {
    const lines = texts.map((text, i) => {
      return {
        text,
        font,
        size,
        left: leftOf(parts.widthOf(text, font, size)),
        top: top + i * size * LEADING,
      }
    })
    if (texts.length > 0) top += texts.length * size * LEADING + gap
    return lines
  }
  const logo = parts.logo && { ...parts.logo, left: leftOf(parts.logo.width), top }
  if (logo) top += logo.height + gap
  const names = [
    ...put(parts.product, 'bold', parts.size),
    ...put(parts.facility, 'regular', parts.facilitySize),
  ]
  const { stars, word } = starsAt(parts, top, leftOf)
  if (stars) top += parts.starLines * parts.facilitySize * LEADING + gap
  const lines = [...names, ...word, ...put(parts.lines, 'regular', parts.smallSize)]
  const serial = put(parts.serial, 'regular', parts.serialSize)
  return { lines, stars, logo, serial: inTurn(serial, request.serial), cuts }
}

/** The word and its stars, side by side or below each other. */
function starsAt(
  parts: Parts,
  top: number,
  leftOf: (used: number) => number,
): { readonly stars: SetStars | undefined; readonly word: readonly SetLine[] } {
  const { stars: count, facilitySize: size, starLines, starsLeft, starsWidth } = parts
  if (count === undefined) return { stars: undefined, word: [] }
  const isBeside = starLines === 1
  const left = leftOf(isBeside ? starsLeft + starsWidth : parts.widthOf(STARS_WORD, 'regular', size))
  const word: SetLine = { text: STARS_WORD, font: 'regular', size, left, top }
  const place = isBeside
    ? { left: left + starsLeft, top }
    : { left: leftOf(starsWidth), top: top + size * LEADING }
  return {
    word: [word],
    stars: { count, left: place.left, top: place.top + 0.12 * size, size: size * 0.92 },
  }
}

/** Which letters of a text its lines are: between two there may be a space. */
function inTurn(places: readonly SetLine[], text: string): Composition['serial'] {
  let next = 0
  return places.map((place) => {
    const from = text.indexOf(place.text, next)
    next = from + place.text.length
    return { from, to: next, place }
  })
}
