import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRegistry, writeRegistry } from '../../src/registry/registry.ts'
import { runs } from '../support/laws.ts'
import { briefly, catalogueOf, faultsOf, notesOf } from './files.ts'

const HEADER = 'id,facility,name,gtin,stars,image\n'
const named = (name: string): string => `${HEADER}1,1,${name},,,\n`
const nameOf = (products: string): string | undefined => catalogueOf(undefined, products).products[0]?.name

/** What web pages, phones and word processors leave in a text that is copied from them. */
const INVISIBLE = [
  ...[0x00ad, 0x034f, 0x061c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f],
  ...[0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xfe00, 0xfe0f, 0xfeff, 0xe0100],
]
/** What turns the direction of text, stands between lines, or means nothing. */
const UNSAFE = [
  ...[0x0000, 0x0007, 0x001b, 0x007f, 0x0085, 0x2028, 0x2029],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
  ...[0xfff9, 0xfffa, 0xfffb, 0xe000, 0xf8ff, 0xfdd0, 0xffff, 0x0378, 0x10ffff],
]
const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0')

describe('a letter of a registry', () => {
  test.each(INVISIBLE.map(hex))('that shows nothing, U+%s, is left out with a note of its place', (code) => {
    const letter = String.fromCodePoint(Number.parseInt(code, 16))
    const products = named(`Na${letter} d${letter}ai`)
    expect(nameOf(products)).toBe('Na dai')
    const notes = notesOf(undefined, products)
    expect(notes.map(briefly)).toEqual([
      `products 2:3 name removed_letters ${JSON.stringify(`Na${letter} d${letter}ai`)}`,
    ])
    expect(notes[0]).toMatchObject({
      facts: { letters: [`U+${code}`] },
      message: expect.stringContaining(code),
    })
  })

  test.each(UNSAFE.map(hex))('that can not be shown, U+%s, is refused with its place', (code) => {
    const letter = String.fromCodePoint(Number.parseInt(code, 16))
    const [fault, ...others] = faultsOf(undefined, named(`Chả ${letter}mực`))
    expect(others).toEqual([])
    expect(fault).toMatchObject({
      ...{ reason: 'unsafe_text', line: 2, column: { name: 'name', number: 3 } },
      ...{ facts: { letter: `U+${code}`, at: 5 }, message: expect.stringContaining(`Letter 5 is U+${code}`) },
    })
  })

  test('that shows nothing does not keep a letter from its mark, a number from being one, or a name from missing', () => {
    expect(nameOf(named('Cha\u200d\u0309'))).toBe('Chả'.normalize('NFC'))
    const { products } = catalogueOf(undefined, `${HEADER}\ufeff7\u200b,1,Na,9521005000020\u200e,\u20604,\n`)
    expect(products).toEqual([{ id: 7, facility: 1, name: 'Na', gtin: '9521005000020', stars: 4 }])
    expect(faultsOf(undefined, named('\u200b \u2060')).map(({ reason }) => reason)).toEqual(['missing_value'])
  })

  test('that shows nothing is left out of column names too', () => {
    const facilities = '\u200bid,name,gln,address\u200b,dis\u00adtrict\n1,Bến Gió,,Vân Đồn,Ba Chẽ\n'
    expect(catalogueOf(facilities, HEADER).facilities).toEqual([
      { id: 1, name: 'Bến Gió', address: 'Vân Đồn', district: 'Ba Chẽ' },
    ])
  })

  test('that a reading would leave out is not written', () => {
    const write = () => writeRegistry({ facilities: [{ id: 1, name: 'Bến\u200b Gió' }], products: [] })
    expect(write).toThrow(RangeError)
    expect(write).toThrow('U+200B')
  })

  test('is never in what is read, whatever the file says', () => {
    const letter = fc.oneof(
      fc.constantFrom(...INVISIBLE.map((code) => String.fromCodePoint(code))),
      fc.constantFrom(...UNSAFE.map((code) => String.fromCodePoint(code))),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(letter, fc.constantFrom(...'aế x')), maxLength: 6 }), (text) => {
        const quoted = `"${text.replaceAll('"', '""')}"`
        const facilities = new TextEncoder().encode(`id,name,gln,address,note\n1,${quoted},,,${quoted}\n`)
        const read = readRegistry({ facilities, products: new TextEncoder().encode(HEADER) })
        if (!read.ok) return
        const shown = JSON.stringify(read.catalogue)
        expect(shown).not.toMatch(
          /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\p{Co}\p{Cn}\p{Cs}\ufffd]/u,
        )
        expect(read.catalogue.facilities[0]?.name).not.toMatch(/\p{Cc}/u)
      }),
      { numRuns: runs(500) },
    )
  })

  test('may be an emoji in columns that are not printed', () => {
    const missingLetters = () => ['🍵']
    const facilities = 'id,name,gln,address,note\n'
    expect(faultsOf(`${facilities}1,,,,\n`, HEADER, missingLetters)).toHaveLength(1)
    const read = catalogueOf(`${facilities}1,Bến Gió,,,🍵\n`, HEADER)
    expect(read.facilities[0]).toMatchObject({ note: '🍵' })
  })
})
