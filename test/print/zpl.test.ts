import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPress } from '../../src/print/press/press.ts'
import { symbol } from '../../src/print/symbol.ts'
import { zpl } from '../../src/print/zpl.ts'
import { withMargin } from '../support/raster.ts'
import { decodeZpl } from '../support/zpl.ts'

const press = createPress()
const text = 'HTTPS://TEM.EXAMPLE/123456789012345678901234567890'

describe('a ZPL label', () => {
  it('shows the symbol, whatever the size of its modules', () => {
    const sizes = fc.record({ dots: fc.integer({ min: 1, max: 30 }), margin: fc.nat(20) })
    fc.assert(
      fc.property(sizes, fc.bigInt({ min: 1n, max: 10n ** 200n }), ({ dots, margin }, number) => {
        const pressed = press.symbol(String(number))
        const { rowBytes, bytes } = decodeZpl(zpl(pressed, { dots, margin }))
        const { side, dark } = withMargin(pressed.size, pressed.modules, margin)
        expect(rowBytes).toBe(Math.ceil((side * dots) / 8))
        for (let row = 0; row < side * dots; row += Math.max(1, dots - 1)) {
          for (let column = 0; column < rowBytes * 8; column++) {
            const bit = (bytes[row * rowBytes + (column >> 3)]! >> (7 - (column & 7))) & 1
            const inside = column < side * dots
            const module = dark[Math.floor(row / dots) * side + Math.floor(column / dots)]!
            if (bit !== (inside ? module : 0)) throw new Error(`a wrong dot at ${row}, ${column}`)
          }
        }
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('is the same for a symbol of the press and one of `symbol`', () => {
    expect(zpl(press.symbol(text))).toBe(zpl(symbol(text)))
  })

  it('says where the symbol is, and carries more fields', () => {
    const fields = '^FO0,400^A0N,28^FD90001^FS'
    expect(decodeZpl(zpl(symbol(text), { left: 16, top: 8, fields }))).toMatchObject({
      left: 16,
      top: 8,
      fields,
    })
  })

  it('is much smaller than its dots in plain hexadecimal', () => {
    const label = zpl(symbol(text), { dots: 8 })
    expect(label.length).toBeLessThan((2 * decodeZpl(label).bytes.length) / 8)
  })

  it('refuses what is no place', () => {
    expect(() => zpl(symbol(text), { left: -1 })).toThrow(/^options\.left: /)
    expect(() => zpl(symbol(text), { top: 32_001 })).toThrow(/^options\.top: /)
    expect(() => zpl(symbol(text), { dots: 0 })).toThrow(/^options\.dots: /)
    expect(() => zpl(symbol(text), { fields: 7 as never })).toThrow(/^options\.fields: /)
  })
})
