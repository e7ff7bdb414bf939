import { drawing } from './dom.ts'

/** One side of a postage stamp's edge. */
const side = (x: number, y: number): string => {
  const step = `l${7.33 * x} ${7.33 * y}`
  return `${`${step}a4 4 0 0 0 ${8 * x} ${8 * y}`.repeat(5)}${step}`
}
const STAMP = `M8 8${side(1, 0)}${side(0, 1)}${side(-1, 0)}${side(0, -1)}z`

/** The mark of these pages: a stamp that was looked at. */
export const mark = (): SVGSVGElement => drawing(STAMP, 'M32 51l13 13 24-28')
