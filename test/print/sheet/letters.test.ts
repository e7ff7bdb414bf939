import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letterFinder, missingLetters } from '../../../src/print/sheet/letters.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { fileOf, fonts, labelsOf } from '../../support/labels.ts'
import { runs } from '../../support/laws.ts'

const find = letterFinder(fonts)

const letter = fc.oneof(
  fc.constantFrom(...'aZ0 .-–’đệẰ\n'),
  fc.constantFrom(...'\u00a0\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2011\u2060\ufe0f\ufeff\ufffd'),
  fc.constantFrom('🍵', 'ท', '茶', 'ش', '़', 'क', '\u0301', '\u0323', '\ue000', '\ud83c', 'ﬁ', '①'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const name = fc.string({ unit: letter, maxLength: 12 })

describe('the search for letters that fonts lack', () => {
  it.each([
    ['Trà 🍵', ['🍵']],
    ['Cà phê \u200eBa Chẽ\u200e', ['\u200e']],
    ['Na\u2060 dai\u061c', ['\u2060', '\u061c']],
    ['ทุเรียน', [...'ทุเรียน']],
    ['Chả mực'.normalize('NFD'), []],
    ['Chả\u00a0mực\ttươi', []],
  ])('finds in %j those of %j', (text, missing) => {
    expect(find(text, 'product').sort()).toEqual([...new Set(missing)].sort())
  })

  it('passes what a sheet prints, and that alone', async () => {
    const sheet = createSheet({ stock: 'a4-65', fonts, dpi: 300 })
    const [label] = labelsOf(1)
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom('product', 'facility'), async (text, field) => {
        const prints = await fileOf(sheet.pdf([{ ...label!, [field]: text }])).then(
          () => true,
          () => false,
        )
        expect(find(text, field).length === 0).toBe(prints)
      }),
      { numRuns: runs(60) },
    )
  })

  it('tells the name and the font of each, and asks for what a sheet adds itself', () => {
    expect(missingLetters(fonts, { product: 'Trà 🍵', facility: 'HTX ท' })).toEqual([
      { field: 'product', font: 'bold', letter: '🍵' },
      { field: 'facility', font: 'regular', letter: 'ท' },
    ])
    expect(missingLetters(fonts, { product: 'Trà' })).toEqual([])
  })

  it('refuses fonts that are none', () => {
    expect(() => letterFinder({ regular: new Uint8Array(9) })).toThrow(/^fonts\.regular: /)
  })
})
