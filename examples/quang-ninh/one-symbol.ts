import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { explain, symbol, tidyScan } from 'veristamp'
import { signRun, TEA } from './gs1.ts'
import { asTill } from './gs1-readers.ts'
import { openKiosk, openRevocationList, openTrustList } from './kiosk.ts'
import { foundProvince, PREFIX } from './province.ts'

/** The README's picture of one symbol: a label, and what a till, a phone and a kiosk make of it. */

const [WIDTH, HEIGHT] = [440, 150]
const [INK, GREY, GREEN] = ['#111', '#666', '#0a7d3c']

export async function drawOneSymbol(now: Date): Promise<Buffer> {
  const province = await foundProvince(now, 'gtin/')
  const trustList = openTrustList(province.trustList, province)
  const verifier = openKiosk([trustList], [openRevocationList(province.revocationList, trustList)])
  const run = { ...TEA, first: 90_001, last: 90_001, lot: 'L0123', expires: '2027-11-29', time: now }
  const [code] = await signRun(province, run)
  const link = code!.toGs1Link(PREFIX)
  const verdict = verifier.verify(tidyScan(link), { now })
  const till = [...asTill(link)].map(([key, value]) => `(${key}) ${value}`)
  const shown = link.slice(0, link.indexOf('?')).replace(/^HTTPS:\/\//, '')
  const cut = shown.indexOf('/10/')
  return draw(link, [
    ['a till', till.slice(0, 2).join('   '), till.slice(2).join('   ')],
    ['a phone opens', `${shown.slice(0, cut)}`, `${shown.slice(cut)}?…`],
    ['a kiosk says, without a network', verdict.status.toUpperCase(), firstSentence(explain(verdict, 'en'))],
  ])
}

const firstSentence = (text: string): string => text.replace(/\. .*/s, '.')

const font = (file: string): Buffer =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${file}`))

type Reader = readonly [who: string, first: string, second: string]

async function draw(link: string, readers: readonly Reader[]): Promise<Buffer> {
  const page = new PDFDocument({ size: [WIDTH, HEIGHT], margin: 0 })
  page.registerFont('regular', font('400Regular/BeVietnamPro_400Regular.ttf'))
  page.registerFont('bold', font('600SemiBold/BeVietnamPro_600SemiBold.ttf'))
  drawSymbol(page, link, 130)
  for (const [at, [who, first, second]] of readers.entries()) {
    const [x, y] = [178, 14 + at * 43]
    const middle = y + 17
    page
      .strokeColor('#bbb')
      .moveTo(148, HEIGHT / 2)
      .bezierCurveTo(162, HEIGHT / 2, 158, middle, 172, middle)
      .stroke()
    page.font('regular').fontSize(7.5).fillColor(GREY).text(who, x, y, { lineBreak: false })
    const isVerdict = at === readers.length - 1
    page
      .font('bold')
      .fontSize(10)
      .fillColor(isVerdict ? GREEN : INK)
    page.text(first, x, y + 9, { lineBreak: false })
    page
      .font('regular')
      .fontSize(10)
      .text(second, x, y + 21, { lineBreak: false })
  }
  page.end()
  const pieces: Buffer[] = []
  for await (const piece of page) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Its modules, side by side, in a square of so many points. */
function drawSymbol(page: PDFKit.PDFDocument, text: string, side: number): void {
  const { size, modules } = symbol(text)
  const module = side / size
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules[y * size + x]) page.rect(10 + x * module, 10 + y * module, module + 0.02, module + 0.02)
  page.fill(INK)
}
