import { PNG } from 'pngjs'
import type { ReadResult } from 'zxing-wasm/reader'
import { readAsset } from '../shell/assets.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, Failure } from '../shell/io.ts'
import type { PictureKind } from './file-kind.ts'

/** Codes in pictures. */

export const MAX_PICTURE = 2 ** 25
/** A page of A4 at 800 dots an inch. The decoder takes up to 14 bytes for each. */
const MAX_PIXELS = 64_000_000

/**
 * The texts of all QR codes in a picture, in the order of reading.
 * @throws Failure `picture_size`, `bad_picture` or `no_symbol`
 */
export async function textsInPicture(
  { words }: Context,
  name: string,
  kind: PictureKind,
  bytes: Uint8Array,
): Promise<string[]> {
  const { width, height } = sizeOf(kind, bytes) ?? { width: 0, height: 0 }
  if (width * height > MAX_PIXELS) throw tooLarge(words, name)
  const found = await readSymbols(kind, bytes).catch((error) => {
    if (error instanceof Failure) throw error
    return undefined // the decoder ran out of memory
  })
  // A picture that can't be decoded counts as a symbol of no format.
  if (found === undefined || width * height === 0 || found.some(({ format }) => (format as string) === ''))
    throw new Failure('bad_picture', words.badPicture(name), words.badPictureHow)
  const texts = asRead(found.filter(({ isValid }) => isValid)).map(({ text }) => text)
  // The picture says nothing of a stamp, so the answer is open.
  if (texts.length === 0)
    throw new Failure('no_symbol', words.noSymbol(name), words.noSymbolHow, EXIT.indeterminate)
  return texts
}

export const tooLarge = (words: Context['words'], name: string): Failure =>
  new Failure('picture_size', words.bigPicture(name), words.bigPictureHow)

async function readSymbols(kind: PictureKind, bytes: Uint8Array): Promise<ReadResult[]> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  // From our own file: it would be fetched from a CDN otherwise.
  const wasmBinary = readAsset('zxing_reader.wasm').buffer as ArrayBuffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  return readBarcodes((kind === 'png' && onWhite(bytes)) || bytes, {
    // Not its small relatives: in print and noise Micro QR is seen where none is, and would accuse a good page.
    formats: ['QRCodeModel2'],
    maxNumberOfSymbols: 255,
    tryHarder: true,
    textMode: 'Plain',
  })
}

/**
 * The pixels of a PNG that lets its ground shine through, on white as a browser shows it: the decoder would take what is
 * transparent for black. Undefined for all other pictures, which it reads by itself.
 */
function onWhite(bytes: Uint8Array): Pixels | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isOpaque = (file[25]! & 4) === 0 && !file.includes('tRNS')
  if (isOpaque) return undefined
  const { data, width, height } = PNG.sync.read(file, { checkCRC: false })
  const pixels = new Uint8ClampedArray(data)
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    for (let i = at; i < at + 3; i++) pixels[i] = 255 + ((pixels[i]! - 255) * alpha) / 255
    pixels[at + 3] = 255
  }
  return { data: pixels, width, height }
}

/** What zxing-wasm takes for `ImageData`, which Node has not. */
interface Pixels extends Size {
  readonly data: Uint8ClampedArray
}

interface Size {
  readonly width: number
  readonly height: number
}

/** The measures that a picture's header claims, in pixels; undefined where it breaks off before. */
function sizeOf(kind: 'png' | 'jpeg' | 'gif' | 'bmp', bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (kind === 'png') return { width: view.getUint32(16), height: view.getUint32(20) }
    if (kind === 'gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    if (kind === 'jpeg') return sizeOfJpeg(view)
    // A height below 0 means rows from top to bottom.
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Goes from segment to segment to the first that begins a frame (ITU-T T.81, B.2). */
function sizeOfJpeg(view: DataView): Size | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++ // fill bytes
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff || marker === 0xda) return undefined
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
  }
}

/** From left to right and from top to bottom, in rows that may be a little askew. */
function asRead(found: readonly ReadResult[]): ReadResult[] {
  const middle = ({ position: { topLeft, bottomRight } }: ReadResult) => (topLeft.y + bottomRight.y) / 2
  const rows: ReadResult[][] = []
  for (const each of [...found].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1)
    const { topLeft, bottomRight } = each.position
    const reach = Math.abs(bottomRight.y - topLeft.y) / 2
    if (row !== undefined && middle(each) - middle(row[0]!) < reach) row.push(each)
    else rows.push([each])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.position.topLeft.x - b.position.topLeft.x))
}
