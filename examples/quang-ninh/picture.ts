import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawOneSymbol } from './one-symbol.ts'
import { foundProvince } from './province.ts'
import { makeLabels, openSheet, pdfOf } from './sheets.ts'

/**
 * Makes the pictures of the docs: sheet.png, the upper half of a sheet with both kinds of stamp, and one-symbol.png, what reads
 * a GS1 link. Needs poppler's pdftoppm. `npm run picture`, or a sheet alone with a language and a file:
 * `npm run picture -- en sheet-en.png`.
 */

const [language = 'vi', file = fileURLToPath(new URL('sheet.png', import.meta.url))] = process.argv.slice(2)
const DPI = 110
const dots = (millimetres: number): string => String(Math.round((millimetres * DPI) / 25.4))

const folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
const sheet = openSheet(language === 'en' ? 'en' : 'vi')
const labels = await makeLabels(await foundProvince(new Date()), new Uint8Array(32))
const pdf = join(folder, 'sheet.pdf')
writeFileSync(pdf, await pdfOf(sheet, labels.slice(0, sheet.layout.cells.length)))
const upperHalf = ['-x', '0', '-y', '0', '-W', dots(210), '-H', dots(150)]
const options = ['-r', String(DPI), '-gray', '-png', '-singlefile', ...upperHalf]
execFileSync('pdftoppm', [...options, pdf, file.replace(/\.png$/, '')])
console.log(file)
if (process.argv.length === 2) {
  const one = fileURLToPath(new URL('one-symbol.png', import.meta.url))
  writeFileSync(pdf, await drawOneSymbol(new Date()))
  execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', pdf, one.replace(/\.png$/, '')])
  console.log(one)
}
rmSync(folder, { recursive: true })
