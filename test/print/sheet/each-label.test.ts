import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { pngPage } from '../../../src/print/png.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { STOCKS, type StockName } from '../../../src/print/sheet/stock.ts'
import type { LabelTemplate, SheetLanguage } from '../../../src/print/sheet/words.ts'
import { fonts, labelsOf } from '../../support/labels.ts'
import { share } from '../../support/laws.ts'

/** Every stock, template and language, each label on its own, in a printer's dots. */

const LOGO = { width: 2, height: 1, shapes: [{ path: 'M0 0L2 0L2 1L0 1Z' }] }

const names = Object.keys(STOCKS) as StockName[]
const cases = names.flatMap((stock) =>
  (['classic', 'minimal', 'logo'] as LabelTemplate[]).flatMap((template) =>
    (['vi', 'en'] as SheetLanguage[]).map((language) => ({ stock, template, language })),
  ),
)

describe('a label', () => {
  beforeAll(async () => {
    const { resolve } = createRequire(import.meta.url)
    const wasmBinary = Uint8Array.from(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  })

  it.each(share(cases, 3))(
    'of $stock, $template, in $language is read by zxing at 300 dots an inch, and on a roll at 203',
    async ({ stock, template, language }) => {
      const { labelWidth, labelHeight } = STOCKS[stock]
      const alone = {
        ...{ pageWidth: labelWidth, pageHeight: labelHeight, labelWidth, labelHeight, columns: 1, rows: 1 },
        ...{ left: 0, top: 0, gapAcross: 0, gapDown: 0 },
      }
      const [sealed, plain] = labelsOf(2, { sealed: true })
      const dated = { ...plain!, lot: 'L2026A17', made: '2026-03-01', expires: '2027-03-01' }
      for (const label of [sealed!, plain!, dated])
        for (const dpi of stock.startsWith('roll') ? [300, 203] : [300]) {
          const mark = template === 'logo' ? { logo: LOGO } : {}
          const sheet = createSheet({ fonts, stock: alone, template, language, dpi, design: 2, ...mark })
          const picture = pngPage(sheet.dots([label]), { dpi })
          const read = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true })
          expect(
            read.map(({ text }) => text),
            `${dpi} dpi`,
          ).toEqual([label.text])
        }
    },
  )
})
