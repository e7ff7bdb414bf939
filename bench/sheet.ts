import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { toBuffer } from 'qrcode'
import { createSheet, type Label } from '../src/sheet.ts'
import { encodeUrl } from '../src/stamp/carrier.ts'
import { interleave } from './lib/interleave.ts'
import { readyCode } from './lib/ready-code.ts'
import type { Measurement } from './lib/results.ts'

/**
 * Labels with Vietnamese words to a PDF of sheets of 65, from ready codes, beside what one would write first: a PNG
 * of `qrcode` for each symbol, and pdfkit.
 */
const [LABELS, PEER_LABELS] = [13_000, 65] as const
const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/'

const font = (path: string) =>
  Uint8Array.from(
    readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)),
  )

export async function run(): Promise<Measurement[]> {
  const fonts = {
    regular: font('400Regular/BeVietnamPro_400Regular.ttf'),
    bold: font('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  }
  const labels = Array.from({ length: LABELS }, (_, index) => labelOf(index))
  const sheet = createSheet({ stock: 'a4-65', fonts, dpi: 300 })
  let [bytes, memory] = [0, 0]
  const timings = await interleave(
    {
      sheet: async () => {
        bytes = 0
        for await (const piece of sheet.pdf(labels)) {
          bytes += piece.length
          memory = Math.max(memory, process.memoryUsage().rss)
        }
      },
      peer: async () => {
        await printPlainly(labels.slice(0, PEER_LABELS), fonts.regular)
      },
    },
    { rounds: 7, items: 1 },
  )
  const perLabel = timings.sheet!.median / LABELS
  return [
    {
      subject: 'sheet.pdf',
      peer: 'qrcode.toBuffer + pdfkit',
      ratio: timings.peer!.median / PEER_LABELS / perLabel,
      medianMicroseconds: perLabel,
      spread: timings.sheet!.spread,
      labelsPerSecond: Math.round(1e6 / perLabel),
      bytesPerLabel: Math.round(bytes / LABELS),
      residentMegabytes: Math.round(memory / 1e6),
    },
  ]
}

function labelOf(index: number): Label {
  const text = encodeUrl(readyCode(76, index), PREFIX)
  const [product, facility] = [
    `Chả mực giã tay Hạ Long ${index % 164}`,
    `Hợp tác xã Vịnh Sương ${(index % 164) % 23}`,
  ]
  return { text, serial: 90_001 + index, product, facility, stars: 1 + (index % 5) }
}

/** A page of 65 labels, each symbol a picture. */
async function printPlainly(labels: readonly Label[], regular: Uint8Array): Promise<number> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0 })
  let bytes = 0
  pdf.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length
  })
  const ended = new Promise((resolve) => pdf.on('end', resolve))
  pdf.registerFont('regular', Buffer.from(regular)).font('regular').fontSize(6)
  for (const [index, { text, product, facility, serial }] of labels.entries()) {
    const [left, top] = [13 + (index % 5) * 115, 30 + Math.floor(index / 5) * 60]
    const segments = [
      { data: PREFIX, mode: 'alphanumeric' as const },
      { data: text.slice(PREFIX.length), mode: 'numeric' as const },
    ]
    pdf.image(await toBuffer(segments), left, top, { width: 58 })
    for (const [line, words] of [product!, facility!, `Số ${serial}`].entries()) {
      pdf.text(words, left + 58, top + 8 * line, { lineBreak: false })
    }
  }
  pdf.end()
  await ended
  return bytes
}
