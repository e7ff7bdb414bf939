import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { pngPage } from '../../../src/print/png.ts'
import type { Label } from '../../../src/print/sheet/label.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { STOCKS, type StockName } from '../../../src/print/sheet/stock.ts'
import { tsplPage } from '../../../src/print/tspl.ts'
import { zplPage } from '../../../src/print/zpl.ts'
import { verifySeal } from '../../../src/stamp/seal.ts'
import { fonts, labelsOf } from '../../support/labels.ts'
import { dotsInZpl } from '../../support/zpl.ts'

/** Labels in a printer's own dots: what ZPL, TSPL and previews are made of. */

const canRead = spawnSync('zbarimg', ['--version']).error === undefined

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
  const { resolve } = createRequire(import.meta.url)
  const wasmBinary = Uint8Array.from(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Where a printer of so many dots an inch has four dots a module: there labels claim to be read. */
const PRINTERS: readonly (readonly [StockName, number])[] = [
  ['roll-50x30', 203],
  ['roll-60x40', 203],
  ['roll-35x22x3', 300],
  ['roll-50x30', 300],
  ['roll-60x40', 300],
]

describe('a row of labels in dots', () => {
  it.each(PRINTERS)('of %s at %i dpi is read by zxing and by zbar', async (stock, dpi) => {
    const sheet = createSheet({ stock, fonts, dpi, version: 7 })
    expect(sheet.warnings).toEqual([])
    const labels = labelsOf(sheet.layout.cells.length, { sealed: true })
    const page = sheet.dots(labels)
    expect([page.width, page.height]).toEqual(
      [STOCKS[stock].pageWidth, STOCKS[stock].pageHeight].map((each) => Math.round((each * dpi) / 25.4)),
    )
    const file = pngPage(page, { dpi })
    const texts = labels.map(({ text }) => text).sort()
    const found = await readBarcodes(file, { formats: ['QRCode'], tryHarder: true })
    expect(found.map(({ text }) => text).sort()).toEqual(texts)
    if (!canRead) return
    writeFileSync(join(folder, 'page.png'), file)
    const read = execFileSync('zbarimg', ['--quiet', '--raw', join(folder, 'page.png')], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    expect(read.trimEnd().split('\n').sort()).toEqual(texts)
  })

  it('has words beside its symbols, the same whichever label came before', () => {
    const sheet = createSheet({ stock: 'roll-50x30', fonts, dpi: 300, version: 7 })
    const [one, two] = labelsOf(2)
    const first = sheet.dots([one!])
    sheet.dots([two!])
    expect(sheet.dots([one!]).bits).toEqual(first.bits)
    const bare: Label = { text: one!.text, serial: '' }
    const ink = (bits: Uint8Array) =>
      bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
    expect(ink(first.bits)).toBeGreaterThan(ink(sheet.dots([bare]).bits) + 1000)
  })

  it('has hidden codes as symbols on a layer of their own, right for their stamps', async () => {
    const sheet = createSheet({ stock: 'roll-60x40', fonts, dpi: 300, version: 7, hidden: 'symbol' })
    const [label] = labelsOf(1, { sealed: true })
    const [found] = await readBarcodes(pngPage(sheet.dots([label!], { layer: 'hidden' })), {
      formats: ['QRCode'],
      tryHarder: true,
    })
    expect(verifySeal(label!.text, found!.text).ok).toBe(true)
  })

  it('begins at a label of the row', () => {
    const sheet = createSheet({ stock: 'roll-35x22x3', fonts, dpi: 300, version: 7 })
    const labels = labelsOf(2)
    const { bits, rowBytes, height } = sheet.dots(labels, { start: 2 })
    const left = Array.from({ length: height }, (_, row) =>
      bits.subarray(row * rowBytes, row * rowBytes + 40),
    )
    expect(left.every((part) => part.every((byte) => byte === 0))).toBe(true)
    expect(() => sheet.dots(labelsOf(3), { start: 2 })).toThrow(/^labels\.length: expected/)
  })
})

describe('the commands of label printers', () => {
  const sheet = createSheet({ stock: 'roll-50x30', fonts, dpi: 203, version: 7 })
  const page = sheet.dots(labelsOf(1))

  it('in ZPL are the dots, once, and never again after a fault', () => {
    const zpl = zplPage(page, { after: 'cut' })
    expect(zpl).toMatch(/^\^XA\^JZN\^MMC\^PW400\^LL240\^LH0,0\^PQ1,0,0,N\^FO0,0\^GFA,/)
    expect(Buffer.from(dotsInZpl(zpl)).equals(page.bits)).toBe(true)
    expect(zplPage(page)).not.toContain('^MM')
    expect(() => zplPage(page, { after: 'burn' as never })).toThrow(/^options\.after: /)
    expect(() => zplPage({ ...page, rowBytes: 3 })).toThrow(/^page\.rowBytes: /)
  })

  it('in TSPL are the dots, once, and never again after a fault', () => {
    const bytes = Buffer.from(tsplPage(page, { dpi: 203, gap: 2 }))
    const head =
      'SIZE 50.05 mm,30.03 mm\r\nGAP 2 mm,0 mm\r\nSET REPRINT OFF\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 0,0,50,240,0,'
    expect(bytes.subarray(0, head.length).toString()).toBe(head)
    const bits = bytes.subarray(head.length, head.length + page.bits.length)
    expect(bits.every((byte, i) => byte === (~page.bits[i]! & 0xff))).toBe(true)
    expect(bytes.subarray(head.length + bits.length).toString()).toBe('\r\nPRINT 1,1\r\n')
  })
})
