import { describe, expect, it } from 'vitest'
import { Canvas } from '../../../src/print/drawing/canvas.ts'
import { type Logo, shapePath } from '../../../src/print/drawing/logo.ts'
import { rectangle } from '../../../src/print/drawing/path.ts'
import { svgLogo } from '../../../src/print/drawing/svg-logo.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { fonts } from '../../support/labels.ts'

const svg = (inside: string, box = '0 0 100 100') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${inside}</svg>`

/** The dots that a logo darkens, of 100 by 100. */
function inkOf(logo: Logo): number {
  const canvas = new Canvas(100, 100)
  for (const shape of logo.shapes!)
    canvas.fill(shapePath(shape), { white: shape.fill === 'white', evenOdd: shape.rule === 'evenodd' })
  return [...canvas.bits].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

describe('a logo from SVG', () => {
  it.each<[string, string, number]>([
    ['a rectangle', '<rect x="10" y="20" width="30" height="40"/>', 1200],
    ['a polygon', '<polygon points="0,0 100,0 100,100"/>', 5000],
    ['a circle', '<circle cx="50" cy="50" r="40"/>', Math.PI * 1600],
    ['an ellipse', '<ellipse cx="50" cy="50" rx="40" ry="20"/>', Math.PI * 800],
    ['round corners', '<rect width="60" height="60" rx="10"/>', 3600 - (4 - Math.PI) * 100],
    ['arcs with flags run together', '<path d="M10 50a40 40 0 1180 0a40 40 0 11-80 0z"/>', Math.PI * 1600],
    ['relative lines', '<path d="m10 10h30v30h-30z"/>', 900],
    ['curves that go on', '<path d="M0 50C0 0 50 0 50 50S100 100 100 50L100 100L0 100Z"/>', 5000],
    [
      'a group that is moved and scaled',
      '<g transform="translate(10 10) scale(2)"><rect width="20" height="20"/></g>',
      1600,
    ],
    ['one that is turned', '<rect x="10" y="10" width="20" height="40" transform="rotate(90 30 30)"/>', 800],
    ['white on black', '<rect width="50" height="50"/><rect width="20" height="20" fill="#fff"/>', 2100],
    ['a hole', '<path fill-rule="evenodd" d="M0 0h50v50h-50zM10 10h20v20h-20z"/>', 2100],
    ['a hole that turns the other way', '<path d="M0 0h50v50h-50zM10 10v20h20v-20z"/>', 2100],
    ['a style', '<rect style="fill:#123456;stroke:none" width="10" height="10"/>', 100],
    [
      'what is not drawn',
      '<defs><rect width="90" height="90"/></defs><rect fill="none" width="9" height="9"/><rect width="10" height="10"/>',
      100,
    ],
  ])('draws %s', (_, inside, ink) => {
    expect(Math.abs(inkOf(svgLogo(svg(inside))) - ink)).toBeLessThan(0.02 * ink + 20)
  })

  it('begins where its box begins', () => {
    const logo = svgLogo(svg('<rect x="-5" y="-5" width="10" height="10"/>', '-5 -5 20 10'))
    expect([logo.width, logo.height, logo.shapes![0]!.path]).toEqual([
      20,
      10,
      'M0 0L10 0L10 10L0 10L0 0Z'.replace('L0 0Z', 'Z'),
    ])
  })

  it.each<[string, string]>([
    ['a stroke', '<path stroke="#000" d="M0 0h9v9z"/>'],
    ['<text>', '<text>OCOP</text>'],
    ['<image>', '<image href="a.png"/>'],
    ['the colour url(#g)', '<rect fill="url(#g)" width="9" height="9"/>'],
    ['<path>', '<path d="M0 0 nothing"/>'],
    ['no shape', ''],
  ])('says what it can’t draw: %s', (what, inside) => {
    expect(() => svgLogo(svg(inside))).toThrow(
      expect.objectContaining({ code: 'argument_range', message: expect.stringContaining(what) }),
    )
  })

  it('is refused where it is too long for a record, or no SVG', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => `L${(i * 7.13) % 97} ${(i * 3.31) % 89}`).join('')
    expect(() => svgLogo(svg(`<path d="M0 0${many.repeat(3)}"/>`))).toThrow(/a simpler logo/)
    expect(() => svgLogo('x'.repeat(600_000))).toThrow(/at most 500000 letters/)
    expect(() => svgLogo('no svg')).toThrow(/^svg: /)
  })
})

describe('a logo', () => {
  const sheetWith = (logo: unknown) => () =>
    createSheet({ stock: 'a4-65', fonts, template: 'logo', logo: logo as Logo })

  it.each<[string, unknown]>([
    ['options.logo', undefined],
    ['options.logo', { width: 1, height: 1 }],
    ['options.logo', { width: 8, height: 1, bits: '00', shapes: [{ path: 'M0 0Z' }] }],
    ['options.logo.bits', { width: 9, height: 1, bits: '00' }],
    ['options.logo', { width: 300, height: 1, bits: '00'.repeat(38) }],
    ['options.logo.shapes[0].path', { width: 1, height: 1, shapes: [{ path: 'M0 0 q' }] }],
    ['options.logo.shapes[0].path', { width: 1, height: 1, shapes: [{ path: 'M0 0L1 1) BT (x' }] }],
    ['options.logo.shapes[0].fill', { width: 1, height: 1, shapes: [{ path: 'M0 0Z', fill: 'red' }] }],
    ['options.logo.width', { width: 0, height: 1, bits: '00' }],
  ])('with a fault in %s is refused', (place, logo) => {
    expect(sheetWith(logo)).toThrow(new RegExp(`^${place.replace(/[.[\]]/g, '\\$&')}: `))
  })
})

describe('a canvas', () => {
  it('darkens the dots of which more than half is covered', () => {
    const canvas = new Canvas(8, 2)
    canvas.fill(rectangle(1.4, 0, 3, 1))
    expect([...canvas.bits]).toEqual([0b0111_0000, 0])
    canvas.fill(rectangle(2, 0, 1, 2), { white: true })
    expect([...canvas.bits]).toEqual([0b0101_0000, 0])
    canvas.fill(rectangle(-5, -5, 100, 100))
    expect([...canvas.bits]).toEqual([0xff, 0xff])
  })
})
