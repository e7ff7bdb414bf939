import { createPress } from '../../print/press/press.ts'
import type { Label } from '../../print/sheet/label.ts'
import type { Sheet } from '../../print/sheet/sheet.ts'
import { tsplPage } from '../../print/tspl.ts'
import { csvLines, type DataRow } from '../../print/variable-data.ts'
import { type AfterLabel, zpl, zplPage } from '../../print/zpl.ts'
import type { CodeRow } from '../../run/codes/code-lines.ts'

/** Labels for label printers and for label programs, in pieces. */

export interface RollOptions {
  readonly format: 'zpl' | 'tspl'
  readonly layer: 'stamp' | 'hidden'
  readonly dpi: number
  readonly start: number
  readonly after: AfterLabel | undefined
  readonly gap: number | undefined
}

/** Every row of a roll in the printer's own dots, as its commands. */
export async function* rollOf(
  sheet: Sheet,
  labels: AsyncIterable<Label>,
  { format, layer, dpi, start, after, gap }: RollOptions,
): AsyncGenerator<Uint8Array> {
  const columns = sheet.layout.cells.length
  let [row, from]: [Label[], number] = [[], start]
  const written = (): Uint8Array => {
    const dots = sheet.dots(row, { layer, start: from })
    ;[row, from] = [[], 1]
    return format === 'tspl' ? tsplPage(dots, { dpi, gap }) : Buffer.from(zplPage(dots, { after }), 'latin1')
  }
  for await (const label of labels) {
    row.push(label)
    if (from - 1 + row.length === columns) yield written()
  }
  if (row.length > 0) yield written()
}

/** Symbols alone, one a label, in ZPL II. */
export async function* symbolsOf(
  rows: AsyncIterable<CodeRow>,
  level: 'L' | 'M' | 'Q' | 'H',
  dots: number | undefined,
): AsyncGenerator<Uint8Array> {
  const press = createPress({ level })
  for await (const { code } of rows)
    yield Buffer.from(zpl(press.symbol(code), dots === undefined ? {} : { dots }), 'latin1')
}

/** The codes of labels, or their hidden codes, as `codes.csv` has them. */
export async function* codesOf(
  labels: AsyncIterable<Label>,
  layer: 'stamp' | 'hidden',
): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const { serial, text: code, hiddenCode } of labels) {
    const [heading, line] = [
      ...csvLines([layer === 'hidden' ? { serial, hidden: hiddenCode! } : { serial, code }]),
    ]
    yield Buffer.from(isFirst ? heading! + line! : line!, 'latin1')
    isFirst = false
  }
}

/** A table of labels with all that they say, for the programs of print shops. */
export async function* tableOf(
  labels: AsyncIterable<Label>,
  symbol: ((label: Label) => string) | undefined,
): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const label of labels) {
    const { serial, text: code } = label
    const row = { serial, code, ...labelWords(label), ...(symbol && { symbol: symbol(label) }) }
    const [heading, line] = [...csvLines([row])]
    // Such programs take a file for UTF-8 by its mark.
    yield Buffer.from(isFirst ? `\ufeff${heading}${line}` : line!)
    isFirst = false
  }
}

const labelWords = ({ product, facility, stars, lot, made, expires }: Label): DataRow => ({
  product: product ?? '',
  facility: facility ?? '',
  stars: stars ?? '',
  lot: lot ?? '',
  made: made ?? '',
  expires: expires ?? '',
})
