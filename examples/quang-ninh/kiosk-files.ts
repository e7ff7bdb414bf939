import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { png, symbol } from 'veristamp'
import { encodePins } from 'veristamp/authority'
import { createSheet, type Sheet } from 'veristamp/sheet'
import { type DemoLabel, demoLabels } from './kiosk-labels.ts'
import { demoRevocations } from './kiosk-lists.ts'
import { demoScans, nameScanners, otherKiosks, PLACE } from './kiosk-scans.ts'
import { AUTHORITY, foundProvince, type Province } from './province.ts'

/** The files of the kiosk's demo: what it is set up with, lists, and stamps to print or to look at. */

export interface KioskFiles {
  readonly province: Province
  readonly labels: readonly DemoLabel[]
  /** Prints the labels, in this order. */
  readonly sheet: Sheet
}

/** Founds a province, with keys that are forgotten afterwards, and writes its files to a folder. */
export async function writeKioskFiles(folder: string, now: Date): Promise<KioskFiles> {
  const scanners = otherKiosks()
  const province = await nameScanners(await foundProvince(now), scanners)
  const labels = await demoLabels(province, now)
  const { revocationList, delta } = await demoRevocations(province, now)
  const sheet = createSheet({ stock: 'a4-24', fonts: readFonts(), title: 'Kiosk demo' })

  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'pictures'), { recursive: true })
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  write('setup.json', encodePins({ authority: AUTHORITY, place: PLACE, roots: province.roots }))
  write('trust-list.cbor', province.trustList)
  write('revocation-list.cbor', revocationList)
  write('revocation-delta.cbor', delta)
  write('other-kiosks.scans', await demoScans(province, scanners, labels, now))
  write('labels.json', `${JSON.stringify(labels, null, 1)}\n`)
  write('sheet.pdf', await printed(sheet, labels, 'stamp'))
  write('hidden-codes.pdf', await printed(sheet, labels, 'hidden'))
  for (const { name, url } of labels) write(`pictures/${name}.png`, png(symbol(url), { dots: 8 }))
  return { province, labels, sheet }
}

async function printed(
  sheet: Sheet,
  labels: readonly DemoLabel[],
  layer: 'stamp' | 'hidden',
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of sheet.pdf(
    labels.map(({ name: _, base45: __, digits: ___, url: text, ...label }) => ({ ...label, text })),
    { layer },
  ))
    pieces.push(piece)
  return Buffer.concat(pieces)
}

function readFonts() {
  const { resolve } = createRequire(import.meta.url)
  const read = (path: string) =>
    new Uint8Array(readFileSync(resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)))
  return {
    regular: read('400Regular/BeVietnamPro_400Regular.ttf'),
    bold: read('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  }
}
