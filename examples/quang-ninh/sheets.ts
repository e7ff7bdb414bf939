import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sealStamp, type Verifier, verifySeal } from 'veristamp'
import {
  createSheet,
  type Label,
  type PdfOptions,
  type Sheet,
  type SheetFonts,
  type SheetLanguage,
} from 'veristamp/sheet'
import { PREFIX, type Province } from './province.ts'

/** The printer's sheets: a label for every product, half of them with a hidden code under a layer to scratch off. */

/** One that no other part of the demo has issued. */
const SERIAL = 135_001

const SHEETS = new URL('out/sheets/', import.meta.url)

/** Any font with Vietnamese letters will do; this one is free (SIL Open Font License). */
const font = (file: string): Uint8Array =>
  Uint8Array.from(
    readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${file}`)),
  )
const fonts = (): SheetFonts => ({
  regular: font('400Regular/BeVietnamPro_400Regular.ttf'),
  bold: font('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
})

/**
 * Paper with 24 labels, for both kinds of stamp: a seal takes 13 bytes of the code, and so may take a version more.
 */
export const openSheet = (language: SheetLanguage, version = 7): Sheet =>
  createSheet({ stock: 'a4-24', fonts: fonts(), version, language, title: 'Tem Quảng Ninh' })

/** A stamp of each product, every second one with a seal. */
export async function makeLabels({ catalogue, issuers }: Province, secret: Uint8Array): Promise<Label[]> {
  const names = new Map(catalogue.facilities.map(({ id, name }) => [id, name]))
  const labels: Label[] = []
  for (const [index, { id, facility, name, stars }] of catalogue.products.entries()) {
    const plain = { facility, product: id, serial: SERIAL }
    const sealed = index % 2 === 1 ? sealStamp(plain, { keyId: facility, secret }) : { stamp: plain }
    const text = (await issuers.get(facility)!.issue(sealed.stamp)).toUrl(PREFIX)
    const words = { product: name, facility: names.get(facility)!, ...(stars !== undefined && { stars }) }
    const hidden = 'hiddenCode' in sealed ? { hiddenCode: sealed.hiddenCode } : {}
    labels.push({ text, serial: SERIAL, ...words, ...hidden })
  }
  return labels
}

/** A file of one layer. */
export async function pdfOf(sheet: Sheet, labels: readonly Label[], run: PdfOptions = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sheet.pdf(labels, { cropMarks: true, ...run })) pieces.push(piece)
  return Buffer.concat(pieces)
}

/**
 * Prints stamps and hidden codes, each to a file of their own, and a calibration page.
 * @returns how many stamps or hidden codes the kiosk finds wrong
 */
export async function printSheets(province: Province, verifier: Verifier, now: Date): Promise<number> {
  const sheet = openSheet('vi')
  const labels = await makeLabels(province, randomBytes(32))
  mkdirSync(SHEETS, { recursive: true })
  writeFileSync(new URL('stamps.pdf', SHEETS), await pdfOf(sheet, labels))
  writeFileSync(new URL('hidden-codes.pdf', SHEETS), await pdfOf(sheet, labels, { layer: 'hidden' }))
  writeFileSync(new URL('calibration.pdf', SHEETS), sheet.calibration())
  const sealed = labels.filter(({ hiddenCode }) => hiddenCode !== undefined)
  const pages = Math.ceil(labels.length / sheet.layout.cells.length)
  console.log(
    `\nPrinted ${labels.length} labels, ${sealed.length} of them with a hidden code, on ${pages} sheets of A4:`,
  )
  console.log('  examples/quang-ninh/out/sheets/stamps.pdf, hidden-codes.pdf and calibration.pdf')
  const invalid = labels.filter(({ text }) => verifier.verify(text, { now }).status !== 'valid').length
  const wrong = sealed.filter(({ text, hiddenCode }) => !verifySeal(text, hiddenCode!).ok).length
  console.log(
    `  ${invalid} stamps are not valid, ${wrong} hidden codes don't match the seals of their stamps.`,
  )
  return invalid + wrong
}
