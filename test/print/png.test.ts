import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { png } from '../../src/print/png.ts'
import { createPress } from '../../src/print/press/press.ts'
import { symbol } from '../../src/print/symbol.ts'
import { decodePng } from '../support/png.ts'
import { withMargin } from '../support/raster.ts'

const press = createPress()
const text = 'HTTPS://TEM.EXAMPLE/123456789012345678901234567890'

/** A picture whose pixels are `scale` times as large. */
function enlarge({ side, dark }: { side: number; dark: Uint8Array }, scale: number): Uint8Array {
  const wide = side * scale
  return Uint8Array.from({ length: wide * wide }, (_, at) => {
    const [row, column] = [Math.floor(at / wide / scale), Math.floor((at % wide) / scale)]
    return dark[row * side + column]!
  })
}

describe('a PNG', () => {
  it.each([
    [1, 0],
    [1, 4],
    [3, 2],
    [8, 4],
  ])('shows the symbol with %i pixels a module and a margin of %i', (dots, margin) => {
    const pressed = press.symbol(text)
    const { side, dark } = decodePng(png(pressed, { dots, margin }))
    expect(side).toBe((pressed.size + 2 * margin) * dots)
    expect(dark).toEqual(enlarge(withMargin(pressed.size, pressed.modules, margin), dots))
  })

  it('is the same for a symbol of the press and one of `symbol`', () => {
    expect(png(press.symbol(text))).toEqual(png(symbol(text)))
  })

  it('has 8 pixels a module and 4 modules of quiet zone unless told otherwise', () => {
    expect(png(symbol(text))).toEqual(png(symbol(text), { dots: 8, margin: 4 }))
  })

  it('says how large it is to be printed, if asked', () => {
    const { chunks } = decodePng(png(symbol(text), { dpi: 600 }))
    // 600 / 0.0254 dots in a metre, twice, and 1 for the metre.
    expect(Buffer.from(chunks.get('pHYs')!).toString('hex')).toBe('00005c4600005c4601')
    expect(decodePng(png(symbol(text))).chunks.has('pHYs')).toBe(false)
  })

  it('refuses what is no size', () => {
    for (const dots of [0, 1.5, 65]) expect(() => png(symbol(text), { dots })).toThrow(/^options\.dots: /)
    expect(() => png(symbol(text), { dots: '8' as never })).toThrow(ArgumentTypeError)
    expect(() => png(symbol(text), { margin: -1 })).toThrow(ArgumentRangeError)
    for (const dpi of [0, Number.NaN, -300])
      expect(() => png(symbol(text), { dpi })).toThrow(/^options\.dpi: /)
  })
})
