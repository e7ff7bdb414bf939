import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import type { SheetOptions } from '../../src/print/sheet/options.ts'
import { createSheet } from '../../src/print/sheet/sheet.ts'
import { encodeLink } from '../../src/stamp/gs1-link.ts'
import { signedCode } from './codes.ts'
import { fileOf, fonts, labelsOf } from './labels.ts'

/** Sheets as version 0.1 laid them out, by what they are. */

const UPRIGHT = {
  ...{ pageWidth: 64, pageHeight: 45, columns: 2, rows: 1, labelWidth: 30, labelHeight: 45 },
  ...{ left: 1, top: 0, gapAcross: 2, gapDown: 0 },
}
const GTIN = 8_935_000_000_120
const links = [1, 2].map((serial) => ({
  text: encodeLink(
    signedCode(7, { facility: 12, product: GTIN, serial, lot: 'L-7' }),
    'HTTPS://TEM.EXAMPLE/',
  ),
  serial,
  product: 'Chè xanh',
}))
const long = labelsOf(1).map((label) => ({ ...label, product: 'Rất dài '.repeat(60).trim() }))

const CASES = {
  plain: [{ stock: 'a4-65' }, labelsOf(70), {}],
  sealed: [{ stock: 'a4-40', version: 7 }, labelsOf(9, { sealed: true }), { start: 5, cropMarks: true }],
  english: [
    { stock: 'roll-35x22x3', version: 7, dpi: 300, language: 'en' },
    labelsOf(4, { sealed: true }),
    {},
  ],
  symbols: [{ stock: 'a4-24', version: 7, hidden: 'symbol' }, labelsOf(4, { sealed: true }), {}],
  'hidden symbols': [
    { stock: 'a4-24', version: 7, hidden: 'symbol' },
    labelsOf(4, { sealed: true }),
    { layer: 'hidden' },
  ],
  hidden: [{ stock: 'a4-65', version: 7 }, labelsOf(4, { sealed: true }), { layer: 'hidden' }],
  upright: [{ stock: UPRIGHT }, labelsOf(3), {}],
  moved: [{ stock: 'a4-21', offset: { right: 1 }, scale: { down: 0.99 } }, labelsOf(2), {}],
  links: [{ stock: 'roll-60x40', version: 8 }, links, {}],
  long: [{ stock: 'a4-65' }, long, {}],
} as const

/** The SHA-256 of each, whatever its streams are compressed with. */
export async function firstSheets(design: Partial<SheetOptions>): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const [name, [options, labels, pdf]] of Object.entries(CASES)) {
    const sheet = createSheet({ ...(options as SheetOptions), fonts, ...design })
    hashes[name] = createHash('sha256')
      .update(inflated(await fileOf(sheet.pdf(labels, pdf as object))))
      .digest('hex')
  }
  return hashes
}

/** A PDF with its streams in the open, and without the places that these move. */
export function inflated(pdf: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const begin = pdf.indexOf('stream\n', at)
    if (begin < 0 || pdf.subarray(begin - 3, begin).toString() === 'end') break
    const end = pdf.indexOf('\nendstream', begin)
    const head = pdf
      .subarray(at, begin)
      .toString('latin1')
      .replace(/\/Length \d+/, '')
    const body = pdf.subarray(begin + 7, end)
    parts.push(Buffer.from(head, 'latin1'), head.includes('/FlateDecode') ? inflateSync(body) : body)
    at = end + '\nendstream'.length
  }
  const rest = pdf.subarray(at).toString('latin1')
  return Buffer.concat([...parts, Buffer.from(rest.slice(0, rest.lastIndexOf('xref\n0')), 'latin1')])
}
