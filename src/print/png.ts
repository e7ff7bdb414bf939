import { zlibSync } from 'fflate'
import { type ArgumentTable, aboveZero, checkTable, ifGiven } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { asciiBytes, concatBytes } from '../lib/bytes.ts'
import { checkDots, type Dots } from './dots.ts'
import { type RasterOptions, rasterFields, rasterise } from './raster.ts'
import type { QrSymbol } from './symbol.ts'

export interface PngOptions extends RasterOptions {
  /** Dots an inch that the picture is meant for, so that programs print it in its right size. */
  readonly dpi?: number | undefined
}

const fields: ArgumentTable<PngOptions> = { ...rasterFields, dpi: ifGiven(aboveZero(100_000)) }

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const INCHES_IN_METRE = 1000 / 25.4

/**
 * The symbol as a PNG file (ISO/IEC 15948) of one bit a pixel, 8 pixels a module unless `dots` says otherwise.
 * @param symbol as `symbol` or a press makes it
 * @throws ArgumentTypeError or ArgumentRangeError for bad options
 * @example
 * ```ts
 * import { png, symbol } from 'veristamp'
 *
 * const file = png(symbol(scanned), { dots: 10 })
 * file.subarray(1, 4) // → new TextEncoder().encode('PNG')
 * ```
 */
export function png(symbol: QrSymbol, given: PngOptions = {}): Bytes {
  const { dpi, ...options } = checkTable('options', given, fields)
  const { side, rowBytes, bits } = rasterise(symbol, options)
  return pngOf({ width: side, height: side, rowBytes, bits }, dpi)
}

/**
 * A page of a printer's dots, as `sheet.dots` draws it, as a PNG file of one bit a pixel.
 * @throws ArgumentTypeError or ArgumentRangeError for anything but dots, or a bad resolution
 * @example
 * ```ts
 * import { pngPage } from 'veristamp/print'
 *
 * const file = pngPage({ width: 16, height: 1, rowBytes: 2, bits: new Uint8Array([255, 0]) }, { dpi: 203 })
 * file.subarray(1, 4) // → new TextEncoder().encode('PNG')
 * ```
 */
export function pngPage(page: Dots, given: Pick<PngOptions, 'dpi'> = {}): Bytes {
  const { dpi } = checkTable('options', given, { dpi: fields.dpi })
  return pngOf(checkDots('page', page), dpi)
}

function pngOf({ width, height, rowBytes, bits }: Dots, dpi: number | undefined): Bytes {
  const lines = new Uint8Array(height * (rowBytes + 1))
  for (let row = 0; row < height; row++) {
    // A line begins with its filter, 0 for none. A set bit is white.
    for (let i = 0; i < rowBytes; i++) lines[row * (rowBytes + 1) + 1 + i] = ~bits[row * rowBytes + i]!
  }
  const header = concatBytes(uint32(width), uint32(height), Uint8Array.of(1, 0, 0, 0, 0))
  return concatBytes(
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    ...(dpi === undefined ? [] : [chunk('pHYs', density(dpi))]),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array()),
  )
}

function density(dpi: number): Bytes {
  const dotsInMetre = uint32(Math.round(dpi * INCHES_IN_METRE))
  return concatBytes(dotsInMetre, dotsInMetre, Uint8Array.of(1))
}

function chunk(type: string, data: Uint8Array): Bytes {
  const body = concatBytes(asciiBytes(type), data)
  return concatBytes(uint32(data.length), body, uint32(crc32(body)))
}

function uint32(value: number): Bytes {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** CRC-32 as PNG has it (ISO/IEC 15948, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ~crc
}
