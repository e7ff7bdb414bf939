import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foundProvince } from './province.ts'
import { makeLabels, openSheet, pdfOf } from './sheets.ts'

/**
 * Makes the README's picture, sheet.png: the upper half of a sheet, both kinds of stamp. Needs poppler's pdftoppm.
 * `npm run picture`, or with a language and a file: `npm run picture -- en sheet-en.png`.
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
rmSync(folder, { recursive: true })
console.log(file)
