import { describe, expect, it } from 'vitest'
import { type QrSymbol, symbol } from '../../src/print/symbol.ts'
import { terminal } from '../../src/print/terminal.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { signedCode } from '../support/codes.ts'
import { type Raster, withMargin } from '../support/raster.ts'

const qr = symbol(encodeText(signedCode(7, { facility: 12, product: 104, serial: 90_001 }), 'base45'))

/** Which half blocks are dark, the upper first. The paper is what the terminal's ink paints. */
const HALVES: Record<string, readonly [number, number]> = {
  '█': [0, 0],
  '▀': [0, 1],
  '▄': [1, 0],
  ' ': [1, 1],
}

/** The lines between the colours that each sets and resets. */
function linesOf(text: string): string[] {
  expect(text.endsWith('\n')).toBe(true)
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      expect(line.startsWith('\u001b[97;40m')).toBe(true)
      expect(line.endsWith('\u001b[0m')).toBe(true)
      return line.slice('\u001b[97;40m'.length, -'\u001b[0m'.length)
    })
}

/** What the terminal shows, as a square: the half line below it is cut off once it is seen to be light. */
function shown(text: string): Raster {
  const rows = linesOf(text).flatMap((line) =>
    [0, 1].map((half) => [...line].map((block) => HALVES[block]![half]!)),
  )
  const side = rows[0]!.length
  expect(
    rows
      .slice(side)
      .flat()
      .every((dark) => dark === 0),
  ).toBe(true)
  return { side, dark: Uint8Array.from(rows.slice(0, side).flat()) }
}

describe('terminal', () => {
  it('shows just the modules, with two light ones on every side', () => {
    expect(shown(terminal(qr))).toEqual(withMargin(qr.size, qr.modules, 2))
  })

  it('takes two rows of modules a line', () => {
    expect(linesOf(terminal(qr))).toHaveLength((qr.size + 5) / 2)
  })

  it('tells the four pairs of modules apart', () => {
    const pairs: QrSymbol = { ...qr, size: 2, modules: Uint8Array.of(0, 1, 0, 1) }
    expect(linesOf(terminal(pairs))).toEqual(['██████', '███ ██', '██████'])
    const across: QrSymbol = { ...qr, size: 2, modules: Uint8Array.of(1, 0, 0, 1) }
    expect(linesOf(terminal(across))).toEqual(['██████', '██▄▀██', '██████'])
  })
})
