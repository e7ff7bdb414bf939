import { PNG } from 'pngjs'

/** What a picture shows in black and white. */
export interface BlackAndWhite {
  readonly width: number
  readonly height: number
  /** Row by row in whole bytes, dark ones 1, in hexadecimal. */
  readonly bits: string
}

const MAX_PIXELS = 16_000_000
/** Luminance below which a pixel is dark. */
const MIDDLE = 128

/**
 * A PNG in black and white, scaled down to so many dots a side; undefined for what is none, or far too large. What shines
 * through is white.
 */
export function blackAndWhite(bytes: Uint8Array, side: number): BlackAndWhite | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < 24 || file.readUInt32BE(16) * file.readUInt32BE(20) > MAX_PIXELS) return undefined
  let png: PNG
  try {
    png = PNG.sync.read(file)
  } catch {
    return undefined
  }
  const scale = Math.max(1, png.width / side, png.height / side)
  const [width, height] = [png.width, png.height].map((each) => Math.max(1, Math.floor(each / scale)))
  const rowBytes = (width! + 7) >> 3
  const bits = Buffer.alloc(rowBytes * height!)
  for (let row = 0; row < height!; row++) {
    for (let column = 0; column < width!; column++) {
      if (lightOf(png, column * scale, row * scale, scale) < MIDDLE)
        bits[row * rowBytes + (column >> 3)]! |= 0x80 >> (column & 7)
    }
  }
  return { width: width!, height: height!, bits: bits.toString('hex') }
}

/** The mean luminance of the pixels that become one dot. */
function lightOf({ data, width, height }: PNG, left: number, top: number, scale: number): number {
  let [sum, count] = [0, 0]
  for (let y = Math.floor(top); y < Math.min(height, Math.max(top + scale, Math.floor(top) + 1)); y++) {
    for (let x = Math.floor(left); x < Math.min(width, Math.max(left + scale, Math.floor(left) + 1)); x++) {
      const at = 4 * (y * width + x)
      const light = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
      sum += 255 + ((light - 255) * data[at + 3]!) / 255
      count++
    }
  }
  return sum / count
}
