import { inflateSync } from 'node:zlib'

export interface DecodedPng {
  readonly side: number
  /** Pixel by pixel: 1 is black. */
  readonly dark: Uint8Array
  readonly chunks: ReadonlyMap<string, Uint8Array>
}

/** Reads a square greyscale PNG of one bit a pixel and no filters; whatever else it is, it throws. */
export function decodePng(file: Uint8Array): DecodedPng {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (Buffer.from(file.subarray(0, 8)).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG')
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at)
    const body = file.subarray(at + 4, at + 8 + length)
    if (view.getUint32(at + 8 + length) !== crc(body)) throw new Error('a wrong checksum')
    chunks.set(Buffer.from(body.subarray(0, 4)).toString('latin1'), body.subarray(4))
    at += 12 + length
  }
  const header = Buffer.from(chunks.get('IHDR')!)
  const [side, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  if (side !== height || header.subarray(8).toString('hex') !== '0100000000') throw new Error('another kind')
  const rowBytes = (side + 7) >> 3
  const lines = inflateSync(chunks.get('IDAT')!)
  if (lines.length !== side * (rowBytes + 1)) throw new Error('a wrong length')
  const dark = new Uint8Array(side * side)
  for (let row = 0; row < side; row++) {
    if (lines[row * (rowBytes + 1)] !== 0) throw new Error('a filter')
    for (let column = 0; column < side; column++) {
      const byte = lines[row * (rowBytes + 1) + 1 + (column >> 3)]!
      dark[row * side + column] = 1 - ((byte >> (7 - (column & 7))) & 1)
    }
  }
  return { side, dark, chunks }
}

function crc(bytes: Uint8Array): number {
  let remainder = 0xffffffffn
  for (const byte of bytes) {
    remainder ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1n ? (remainder >> 1n) ^ 0xedb88320n : remainder >> 1n
    }
  }
  return Number(remainder ^ 0xffffffffn)
}
