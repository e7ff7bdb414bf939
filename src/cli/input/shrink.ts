import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import type { Bytes } from '../../lib/bytes.ts'
import { kindOfPicture } from './picture-kind.ts'

/** Pictures for phones: no larger than they are shown. */

/** Pixels: the page shows pictures 640 wide at the most, and most phones have two pixels for each. */
const MAX_SIDE = 1280
const QUALITY = 78
/** A photograph of 50 megapixels. */
const MAX_MEGAPIXELS = 50
const MAX_MEGABYTES = 512

interface Pixels {
  /** How a camera was held, 1 to 8 (Exif 2.32, tag 274): 1 is upright. */
  readonly held?: number
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha. */
  readonly data: Uint8Array
}

/**
 * A picture as a JPEG of at most 1,280 pixels a side.
 * @returns undefined for a picture that can't be read
 */
export function shrinkPicture(bytes: Uint8Array): Bytes | undefined {
  const pixels = readPixels(bytes)
  if (pixels === undefined) return undefined
  const { width, height, data } = upright(scaled(onWhite(pixels)))
  return new Uint8Array(jpeg.encode({ width, height, data: Buffer.from(data.buffer) }, QUALITY).data)
}

function readPixels(bytes: Uint8Array): Pixels | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (kindOfPicture(bytes)) {
      case 'jpeg': {
        const picture = jpeg.decode(file, {
          ...{ useTArray: true, formatAsRGBA: true },
          ...{ maxResolutionInMP: MAX_MEGAPIXELS, maxMemoryUsageInMB: MAX_MEGABYTES },
        })
        // Its types leave that field out.
        const { exifBuffer } = picture as { readonly exifBuffer?: ArrayBuffer | Uint8Array }
        return { ...picture, held: heldIn(exifBuffer) }
      }
      case 'png':
        return file.readUInt32BE(16) * file.readUInt32BE(20) > MAX_MEGAPIXELS * 1e6
          ? undefined
          : PNG.sync.read(file)
    }
  } catch {
    return undefined
  }
}

/** What is transparent lets the page shine through: paper. */
function onWhite({ width, height, data, held = 1 }: Pixels): Required<Pixels> {
  const opaque = new Uint8Array(data)
  for (let at = 0; at < opaque.length; at += 4) {
    const alpha = opaque[at + 3]!
    for (let i = at; i < at + 3; i++) opaque[i] = 255 + ((opaque[i]! - 255) * alpha) / 255
    opaque[at + 3] = 255
  }
  return { width, height, data: opaque, held }
}

/** Each pixel is the mean of those that it stands for. */
function scaled(from: Required<Pixels>): Required<Pixels> {
  const scale = MAX_SIDE / Math.max(from.width, from.height)
  if (scale >= 1) return from
  const [width, height] = [from.width, from.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ]
  const data = new Uint8Array(width * height * 4)
  const edge = (at: number, to: number, all: number): number => Math.floor((at * all) / to)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [edge(y, height, from.height), edge(y + 1, height, from.height)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [edge(x, width, from.width), edge(x + 1, width, from.width)]
      mean(from, { top, bottom: Math.max(bottom, top + 1), left, right }, data, (y * width + x) * 4)
    }
  }
  return { width, height, data, held: from.held }
}

/** Turned and mirrored as the camera was held: a JPEG made here says nothing of that. */
function upright({ width, height, data, held }: Required<Pixels>): Required<Pixels> {
  if (held <= 1) return { width, height, data, held }
  const [wide, high] = held > 4 ? [height, width] : [width, height]
  const to = new Uint8Array(data.length)
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [u, v] = held > 4 ? [y, x] : [x, y]
      // Of the eight ways: 2, 3, 7, 8 count columns from the other side, 3, 4, 6, 7 rows.
      const column = [2, 3, 7, 8].includes(held) ? width - 1 - u : u
      const row = [3, 4, 6, 7].includes(held) ? height - 1 - v : v
      const from = (row * width + column) * 4
      to.set(data.subarray(from, from + 4), (y * wide + x) * 4)
    }
  }
  return { width: wide, height: high, data: to, held: 1 }
}

const ORIENTATION = 274

/** How the camera was held, of a JPEG's Exif part. */
function heldIn(exif: ArrayBuffer | Uint8Array | undefined): number {
  if (exif === undefined) return 1
  const bytes = new Uint8Array(exif)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    // After what is left of the word Exif and two zeros: II or MM, then 42.
    const start = [0, 1, 2, 6].find((at) => [0x49492a00, 0x4d4d002a].includes(view.getUint32(at))) ?? 0
    const little = view.getUint16(start) === 0x4949
    const entries = start + view.getUint32(start + 4, little)
    for (let i = 0; i < view.getUint16(entries, little); i++) {
      const entry = entries + 2 + i * 12
      if (view.getUint16(entry, little) === ORIENTATION) return view.getUint16(entry + 8, little)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}

interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

function mean({ width, data }: Pixels, { top, bottom, left, right }: Box, to: Uint8Array, at: number): void {
  const sum = [0, 0, 0]
  for (let y = top; y < bottom; y++) {
    for (let i = (y * width + left) * 4; i < (y * width + right) * 4; i += 4) {
      for (let c = 0; c < 3; c++) sum[c]! += data[i + c]!
    }
  }
  const count = (bottom - top) * (right - left)
  for (let c = 0; c < 3; c++) to[at + c] = Math.round(sum[c]! / count)
  to[at + 3] = 255
}
