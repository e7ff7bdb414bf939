import type { ReadResult } from 'zxing-wasm/reader'
import { readAsset } from './assets.ts'
import type { Context } from './context.ts'
import { EXIT, Failure } from './io.ts'

/** Codes in pictures. */

export const MAX_PICTURE = 2 ** 25
/** A page of A4 at 800 dots an inch. The decoder takes up to 14 bytes for each. */
const MAX_PIXELS = 64_000_000

const KINDS = {
  png: /^\x89PNG/,
  jpeg: /^\xff\xd8\xff/,
  gif: /^GIF8/,
  bmp: /^BM.{4}\0{4}/s,
  // These are told from text, so that people are told what to do.
  webp: /^RIFF.{4}WEBP/s,
  pdf: /^%PDF-/,
}
export type PictureKind = keyof typeof KINDS

/** The kind that a file's first 12 bytes tell; undefined for text. No code begins like one. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return (Object.keys(KINDS) as PictureKind[]).find((kind) => KINDS[kind].test(head))
}

/**
 * The texts of all QR codes in a picture, in the order of reading.
 * @throws Failure `picture_kind`, `picture_size`, `bad_picture` or `no_symbol`
 */
export async function textsInPicture(
  { words }: Context,
  name: string,
  kind: PictureKind,
  bytes: Uint8Array,
): Promise<string[]> {
  if (kind === 'webp' || kind === 'pdf')
    throw new Failure('picture_kind', words.otherPicture(name, kind), words.otherPictureHow(name, kind))
  const { width, height } = sizeOf(kind, bytes) ?? { width: 0, height: 0 }
  if (width * height > MAX_PIXELS) throw tooLarge(words, name)
  const found = await readSymbols(bytes).catch((error) => {
    if (error instanceof Failure) throw error
    return undefined // the decoder ran out of memory
  })
  // A picture that can't be decoded is told as a symbol of no format.
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

async function readSymbols(bytes: Uint8Array): Promise<ReadResult[]> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  // From our own file: it would be fetched from a CDN otherwise.
  const wasmBinary = readAsset('zxing_reader.wasm').buffer as ArrayBuffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  return readBarcodes(bytes, {
    formats: ['QRCode'],
    maxNumberOfSymbols: 255,
    tryHarder: true,
    textMode: 'Plain',
  })
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
