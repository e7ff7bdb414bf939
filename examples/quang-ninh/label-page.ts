import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createSheet } from 'veristamp/sheet'
import { TEA } from './kiosk-labels.ts'
import { PREFIX, type Province } from './province.ts'

export const LABELS = 65

/** A page of labels as a printer makes it, a PDF. */
export async function pageOfLabels({ issuers }: Province): Promise<Uint8Array> {
  const { resolve } = createRequire(import.meta.url)
  const font = (name: string) =>
    new Uint8Array(readFileSync(resolve(`@expo-google-fonts/be-vietnam-pro/${name}`)))
  const fonts = {
    regular: font('400Regular/BeVietnamPro_400Regular.ttf'),
    bold: font('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  }
  const sheet = createSheet({ stock: 'a4-65', fonts, title: 'Page' })
  const issuer = issuers.get(TEA.facility)!
  const labels = await Promise.all(
    Array.from({ length: LABELS }, async (_, i) => {
      const code = await issuer.issue({ ...TEA, serial: 80_000 + i })
      return { text: code.toUrl(PREFIX), serial: 80_000 + i, product: 'Chè', facility: 'Trà Đồi Sương' }
    }),
  )
  const pieces: Uint8Array[] = []
  for await (const piece of sheet.pdf(labels)) pieces.push(piece)
  return Buffer.concat(pieces)
}
