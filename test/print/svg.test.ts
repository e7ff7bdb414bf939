import { describe, expect, it } from 'vitest'
import { svg } from '../../src/print/svg.ts'
import { symbol } from '../../src/print/symbol.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { signedCode } from '../support/codes.ts'
import { withMargin } from '../support/raster.ts'
import { parseXml, rasterise } from '../support/svg.ts'

const qr = symbol(encodeText(signedCode(7, { facility: 12, product: 104, serial: 90_001 }), 'base45'))

describe('svg', () => {
  it('is an SVG document whose paths show just the modules, in a quiet zone of 4', () => {
    const root = parseXml(svg(qr))
    expect(root.name).toBe('svg')
    expect(root.attributes.get('xmlns')).toBe('http://www.w3.org/2000/svg')
    expect(root.attributes.get('viewBox')).toBe(`0 0 ${qr.size + 8} ${qr.size + 8}`)
    expect(root.children.map(({ name }) => name)).toEqual(['path', 'path'])
    expect(rasterise(root)).toEqual(withMargin(qr.size, qr.modules, 4))
  })

  it.each([0, 1, 10])('has a quiet zone of %i where that is asked for', (margin) => {
    expect(rasterise(parseXml(svg(qr, { margin })))).toEqual(withMargin(qr.size, qr.modules, margin))
  })

  it('shows rows that end dark or are all dark or all light', () => {
    const [o, x] = [0, 1]
    const odd = { ...qr, size: 3, modules: Uint8Array.of(x, o, x, x, x, x, o, o, o) }
    expect(rasterise(parseXml(svg(odd, { margin: 1 })))).toEqual(withMargin(3, odd.modules, 1))
  })

  it('leaves its printed size to the viewer unless one is given', () => {
    const { attributes } = parseXml(svg(qr))
    expect([attributes.has('width'), attributes.has('height')]).toEqual([false, false])
    const sized = parseXml(svg(qr, { millimetres: 18.5 }))
    expect([sized.attributes.get('width'), sized.attributes.get('height')]).toEqual(['18.5mm', '18.5mm'])
    expect(rasterise(sized)).toEqual(withMargin(qr.size, qr.modules, 4))
  })

  it.each([[-1], [1.5], [Number.NaN], [Number.POSITIVE_INFINITY], ['4']])(
    'refuses the margin %j',
    (margin) => {
      expect(() => svg(qr, { margin: margin as number })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^argument_/) }),
      )
      expect(() => svg(qr, { margin: margin as number })).toThrow(/^options\.margin: /)
    },
  )

  it.each([[0], [-1], [Number.NaN], [Number.POSITIVE_INFINITY], ['18']])(
    'refuses a width of %s millimetres',
    (millimetres) => {
      expect(() => svg(qr, { millimetres: millimetres as number })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^argument_/) }),
      )
      expect(() => svg(qr, { millimetres: millimetres as number })).toThrow(/^options\.millimetres: /)
    },
  )
})
