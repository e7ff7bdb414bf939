import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { nobleEngine } from '../../../src/ed25519/noble/engine.ts'
import { signedMessage } from '../../../src/lib/contexts.ts'
import type { BitSymbol } from '../../../src/print/bits.ts'
import { createPress } from '../../../src/print/press/press.ts'
import { symbolContent } from '../../../src/print/sheet/content.ts'
import type { Label } from '../../../src/print/sheet/label.ts'
import type { SheetOptions } from '../../../src/print/sheet/options.ts'
import type { PdfOptions } from '../../../src/print/sheet/pdf-options.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { decodeText } from '../../../src/stamp/carrier.ts'
import { splitCode } from '../../../src/stamp/code.ts'
import { verifySeal } from '../../../src/stamp/seal.ts'
import { publicKey } from '../../support/codes.ts'
import { fileOf, fonts, labelsOf } from '../../support/labels.ts'
import { share } from '../../support/laws.ts'

const isThere = (command: string, flag: string) => spawnSync(command, [flag]).error === undefined
const canRender = isThere('pdftoppm', '-v') && isThere('pdftotext', '-v')
const canRead = canRender && isThere('zbarimg', '--version')
const noRenderer = canRender ? '' : ' (skipped: poppler-utils is not installed)'
const noReader = canRead ? '' : ' (skipped: poppler-utils or zbar-tools is not installed)'

/** Higher than wide: words are below the symbol. */
const UPRIGHT = {
  ...{ pageWidth: 64, pageHeight: 45, columns: 2, rows: 1, labelWidth: 30, labelHeight: 45 },
  ...{ left: 1, top: 0, gapAcross: 2, gapDown: 0 },
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function print(
  labels: readonly Label[],
  options: Omit<SheetOptions, 'fonts'>,
  run?: PdfOptions,
): Promise<string> {
  const file = join(folder, 'sheet.pdf')
  writeFileSync(file, await fileOf(createSheet({ fonts, ...options }).pdf(labels, run)))
  return file
}

/** The texts of all symbols that are found on the pages, in no order. */
function scan(pdf: string, dpi: number): string[] {
  for (const old of readdirSync(folder).filter((name) => name.endsWith('.pgm'))) rmSync(join(folder, old))
  execFileSync('pdftoppm', ['-r', String(dpi), '-gray', pdf, join(folder, 'page')])
  const pages = readdirSync(folder).filter((name) => name.endsWith('.pgm'))
  return pages.flatMap((page) => {
    const read = execFileSync('zbarimg', ['--quiet', '--raw', join(folder, page)], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return read.trimEnd().split('\n')
  })
}

const key = nobleEngine.importKey(publicKey)

function holds(text: string): boolean {
  const { payload, signature } = splitCode(decodeText(text).code)
  return key.ok && key.key.verify(signedMessage('veristamp:stamp1', payload), signature)
}

const wordsOf = (pdf: string) => execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' })
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe.skipIf(!canRead)(`a printed sheet, rendered and read${noReader}`, () => {
  it.each(
    share<[SheetOptions['stock'], number, number]>(
      [
        ['a4-65', 300, 66],
        ['a4-40', 300, 40],
        ['a4-24', 300, 24],
        ['a4-21', 300, 21],
        ['a4-65', 600, 65],
        ['roll-35x22x3', 300, 7],
        ['roll-50x30', 203, 4],
        ['roll-60x40', 300, 3],
        [UPRIGHT, 600, 3],
      ],
      2,
    ),
  )('of %s at %i dpi gives back all %i stamps', async (stock, dpi, count) => {
    const labels = labelsOf(count, { sealed: true })
    const version = 7
    const pdf = await print(labels, { stock, dpi, version }, { cropMarks: true })
    const read = scan(pdf, dpi)
    expect([...read].sort()).toEqual(labels.map(({ text }) => text).sort())
    for (const text of read) expect(holds(text)).toBe(true)
  })

  it.each<[string, SheetOptions['stock'], number]>([
    ['a4-65', 'a4-65', 600],
    ['a4-24', 'a4-24', 300],
    ['a roll of upright labels', UPRIGHT, 600],
  ])(
    'of %s has hidden codes as symbols in the layer of its own, right for their stamps',
    async (_, stock, dpi) => {
      const labels = labelsOf(24, { sealed: true })
      const options = { stock, dpi, version: 7, hidden: 'symbol' } as const
      const read = scan(await print(labels, options), dpi)
      expect(read.sort()).toEqual(labels.map(({ text }) => text).sort())
      const codes = scan(await print(labels, options, { layer: 'hidden' }), dpi)
      const sealed = labels.filter(({ hiddenCode }) => hiddenCode !== undefined)
      expect(codes).toHaveLength(sealed.length)
      for (const { text } of sealed) {
        expect(codes.filter((code) => verifySeal(text, code).ok)).toHaveLength(1)
      }
    },
  )

  it('with its origin moved and its distances stretched gives back all stamps', async () => {
    const labels = labelsOf(24)
    const options = { dpi: 300, offset: { right: 0.37, down: -0.61 }, scale: { across: 1.004, down: 0.997 } }
    expect(scan(await print(labels, { stock: 'a4-24', ...options }), 300)).toHaveLength(24)
  })

  it('with modules of every size from 4 dots gives back all stamps', async () => {
    for (const dots of [4, 5, 6, 7]) {
      const pdf = await print(labelsOf(8), { stock: 'a4-24', dpi: 300, dots })
      expect(scan(pdf, 300), `${dots} dots`).toHaveLength(8)
    }
  })

  it('with symbols whose bits spell the end of an image gives them back too', async () => {
    const press = createPress({ version: 6 })
    const spells = ({ bits }: BitSymbol) => Buffer.from(bits).includes('EI')
    const many = Array.from({ length: 2_000 }, (_, i) =>
      press.symbol(`${BigInt(i + 7) ** 55n}`.slice(0, 180)),
    )
    const symbols = many.filter(spells)
    expect(symbols.length).toBeGreaterThan(2)
    for (const each of symbols) {
      const content = Buffer.concat(symbolContent(each, 0, 0, 1)).toString('latin1')
      expect(content).toMatch(/\/F \/AHx ID [0-9a-f]+>\nEI Q\n$/)
    }
    const labels = symbols.map(({ text }, serial) => ({ text, serial }))
    const read = scan(await print(labels, { stock: 'a4-65', dpi: 300 }), 300)
    expect(read.sort()).toEqual(labels.map(({ text }) => text).sort())
  })
})

describe.skipIf(!canRender)(`a printed sheet, rendered and read by zxing${noRenderer}`, () => {
  beforeAll(async () => {
    const { resolve } = createRequire(import.meta.url)
    const wasmBinary = Uint8Array.from(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  })

  it.each<[SheetOptions['stock'], number, number]>([
    ['a4-65', 300, 65],
    ['a4-24', 600, 24],
    ['roll-50x30', 203, 1],
  ])('of %s at %i dpi gives back all %i stamps', async (stock, dpi, count) => {
    const labels = labelsOf(count, { sealed: true })
    const pdf = await print(labels, { stock, dpi, version: 7 }, { cropMarks: true })
    execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-png', '-singlefile', pdf, join(folder, 'page')])
    const picture = Uint8Array.from(readFileSync(join(folder, 'page.png')))
    const read = await readBarcodes(picture, {
      formats: ['QRCode'],
      maxNumberOfSymbols: 255,
      tryHarder: true,
    })
    expect(read.map(({ text }) => text).sort()).toEqual(labels.map(({ text }) => text).sort())
  })
})

describe.skipIf(!canRender)(`the words of a printed sheet${noRenderer}`, () => {
  it('are found as Vietnamese text', async () => {
    const words = flat(wordsOf(await print(labelsOf(4, { sealed: true }), { stock: 'a4-24' })))
    for (const each of [
      'Chả mực giã tay Hạ Long',
      'Hợp tác xã Chả mực Vịnh Sương',
      'Nước mắm Cái Rồng truyền thống thượng hạng',
      'Công ty TNHH Hải sản Đảo Ngọc Xanh',
      'Gà đồi Tiên Yên',
      'Số 90001',
      'Số 90004',
      'Cào lớp phủ để xem mã',
      'OCOP',
    ]) {
      expect(words).toContain(each)
    }
  })

  it('are the same whether their marks come apart or not', async () => {
    const label = labelsOf(1)[0]!
    const apart = { ...label, product: label.product!.normalize('NFD') }
    expect(apart.product).not.toBe(label.product)
    const [first, second] = [[label], [apart]].map((each) =>
      fileOf(createSheet({ fonts, stock: 'a4-24' }).pdf(each)),
    )
    expect(await second).toEqual(await first)
  })

  it('are English where that is asked for', async () => {
    const words = flat(
      wordsOf(await print(labelsOf(2, { sealed: true }), { stock: 'a4-24', language: 'en' })),
    )
    for (const each of ['No. 90001', 'Scratch to see the code', 'Chả mực giã tay Hạ Long']) {
      expect(words).toContain(each)
    }
    expect(words).not.toContain('Số')
  })

  it('end in an ellipsis where they are too long for the smallest letters', async () => {
    const label = { ...labelsOf(1)[0]!, product: 'Rất dài '.repeat(60).trim() }
    expect(flat(wordsOf(await print([label], { stock: 'a4-65' })))).toMatch(/Rất dài Rất.*…/)
  })

  it('hold a hidden code only in the layer of its own, where it is right for its stamp', async () => {
    const labels = labelsOf(4, { sealed: true })
    const codes = labels.flatMap(({ hiddenCode }) => hiddenCode ?? [])
    expect(codes).toHaveLength(2)
    const withSymbols = wordsOf(await print(labels, { stock: 'a4-24', version: 7 })).replace(/\s/g, '')
    for (const code of codes) expect(withSymbols).not.toContain(code.slice(0, 9))
    const alone = await print(labels, { stock: 'a4-24', version: 7 }, { layer: 'hidden' })
    const halves = wordsOf(alone).trim().split(/\s+/)
    expect(halves).toHaveLength(4)
    for (const [i, label] of labels.filter(({ hiddenCode }) => hiddenCode !== undefined).entries()) {
      expect(verifySeal(label.text, halves.slice(2 * i, 2 * i + 2).join(''))).toEqual({ ok: true })
    }
  })
})
