import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../../src/lib/errors.ts'
import type { Label } from '../../../src/print/sheet/label.ts'
import type { SheetOptions } from '../../../src/print/sheet/options.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { fileOf, fonts, labelsOf } from '../../support/labels.ts'

const options: SheetOptions = { stock: 'a4-65', fonts, dpi: 300 }
const pagesOf = (file: Buffer) => file.toString('latin1').match(/\/Type \/Page\n/g)?.length
const hash = (file: Uint8Array) => createHash('sha256').update(file).digest('hex')

describe('a sheet', () => {
  it('makes the same bytes of the same labels', async () => {
    const labels = labelsOf(70, { sealed: true })
    const [first, second] = [createSheet(options), createSheet(options)]
    const file = await fileOf(first.pdf(labels))
    expect(hash(await fileOf(first.pdf(labels)))).toBe(hash(file))
    expect(hash(await fileOf(second.pdf(labels)))).toBe(hash(file))
    expect(hash(await fileOf(first.pdf(labels.slice(1))))).not.toBe(hash(file))
    expect(hash(first.calibration())).toBe(hash(second.calibration()))
  })

  it('begins a page when one is full, and a file has one at least', async () => {
    const sheet = createSheet(options)
    const counts = [0, 1, 65, 66, 130].map(async (count) => pagesOf(await fileOf(sheet.pdf(labelsOf(count)))))
    expect(await Promise.all(counts)).toEqual([1, 1, 1, 2, 2])
  })

  it('begins at a label of a part-used page', async () => {
    const sheet = createSheet(options)
    expect(pagesOf(await fileOf(sheet.pdf(labelsOf(2), { start: 65 })))).toBe(2)
    expect(pagesOf(await fileOf(sheet.pdf(labelsOf(66), { start: 2 })))).toBe(2)
    for (const start of [0, 66, 1.5]) {
      await expect(fileOf(sheet.pdf([], { start }))).rejects.toThrow(
        /^options\.start: expected a whole number from 1 to 65/,
      )
    }
  })

  it('takes labels as they come, and holds no more than a few pages of them', async () => {
    let [made, ahead, taken] = [0, 0, 0]
    async function* run() {
      const pool = labelsOf(130)
      for (; made < 5_000; made++) yield { ...pool[made % 130]!, serial: made }
    }
    for await (const piece of createSheet(options).pdf(run())) {
      taken += piece.length
      ahead = Math.max(ahead, made - taken / 280)
      if (made < 5_000) expect(piece).toHaveLength(65_536)
    }
    expect(made).toBe(5_000)
    // About 280 bytes a label: what is made and not handed on fits a piece and a page.
    expect(ahead).toBeLessThan(1_000)
  })

  it('warns of modules below four dots', () => {
    expect(createSheet(options).warnings).toEqual([])
    const coarse = createSheet({ ...options, dpi: 203 })
    expect(coarse.layout.dots).toBe(3)
    expect(coarse.warnings).toEqual([
      {
        code: 'few_dots',
        message: expect.stringContaining('3 dots a module'),
        details: { symbol: 'stamp', dots: 3, min: 4 },
      },
    ])
  })

  it("warns of hidden codes' symbols below four dots too", () => {
    expect(createSheet({ ...options, dpi: 600, hidden: 'symbol' }).warnings).toEqual([])
    const coarse = createSheet({ ...options, dpi: 203, hidden: 'symbol' })
    expect(coarse.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^3 dots a module/),
      expect.stringMatching(/^hidden codes' symbols: \d dots a module/),
    ])
  })

  it('refuses a symbol that has no room, and a text that is too long for its version', async () => {
    expect(() => createSheet({ ...options, dpi: 72, version: 20 })).toThrow(
      expect.objectContaining({ code: 'does_not_fit' }),
    )
    const small = createSheet({ ...options, version: 5 }).pdf(labelsOf(1))
    await expect(fileOf(small)).rejects.toMatchObject({ code: 'does_not_fit' })
  })

  it.each<[string, Partial<Record<keyof SheetOptions, unknown>>]>([
    ['dpi', { dpi: 0 }],
    ['dots', { dots: 0 }],
    ['version', { version: 0 }],
    ['level', { level: 'X' }],
    ['hidden', { hidden: 'both' }],
    ['language', { language: 'fr' }],
    ['title', { title: '' }],
    ['created', { created: new Date('no date') }],
    ['offset.right', { offset: { right: 51 } }],
    ['scale.down', { scale: { down: 0.5 } }],
    ['stock', { stock: 'a4-1' }],
  ])('refuses a fault in %s', (place, fault) => {
    const broken = () => createSheet({ ...options, ...fault } as SheetOptions)
    expect(broken).toThrow(ArgumentRangeError)
    expect(broken).toThrow(new RegExp(`^options\\.${place.replace('.', '\\.')}: `))
  })

  it('refuses fonts that are none', async () => {
    expect(() => createSheet({ ...options, fonts: undefined as never })).toThrow(ArgumentTypeError)
    expect(() => createSheet({ ...options, fonts: { regular: 'Arial' as never } })).toThrow(
      /^options\.fonts\.regular: /,
    )
    const sheet = () => createSheet({ ...options, fonts: { regular: new Uint8Array(100) } }).pdf([])
    expect(sheet).toThrow(/^fonts\.regular: expected a TrueType or OpenType file/)
  })

  it.each<[string, Partial<Label>, string]>([
    ['regular', { facility: 'Hợp tác xã ทุเรียน' }, '"ท" (U+0E17)'],
    ['bold', { product: 'Trà 🍵' }, '"🍵" (U+1F375)'],
    ['regular', { serial: '\u2460-7' }, '"①" (U+2460)'],
  ])('refuses a letter that the font %s lacks', async (font, words, letter) => {
    const label = { ...labelsOf(1)[0]!, ...words }
    const refused = fileOf(createSheet(options).pdf([label]))
    await expect(refused).rejects.toThrow(ArgumentRangeError)
    await expect(refused).rejects.toThrow(`fonts.${font}: expected a font that has ${letter}, got `)
  })

  it.each<[string, Record<string, unknown>]>([
    ['label.serial', { serial: undefined }],
    ['label.product', { product: 'x'.repeat(501) }],
    ['label.facility', { facility: 7 }],
    ['label.stars', { stars: 6 }],
    ['label.hiddenCode', { hiddenCode: '1234' }],
    ['text', { text: 'abc' }],
  ])('refuses a label with a fault in %s', async (place, fault) => {
    const label = { ...labelsOf(1)[0]!, ...fault } as Label
    await expect(fileOf(createSheet(options).pdf([label]))).rejects.toThrow(new RegExp(`^${place}: `))
  })

  it('repeats no hidden code in an error', async () => {
    const label = { ...labelsOf(1)[0]!, hiddenCode: 'SECRET-CODE' }
    await expect(fileOf(createSheet(options).pdf([label]))).rejects.toThrow(/^(?!.*SECRET)/)
  })
})
