import { symbol } from '../../src/print/symbol.ts'

const DOTS = 3

/** A symbol as a GIF of two colours. Its LZW never finds a string twice: the table is cleared before it grows a bit. */
export function gifOf(text: string): Buffer {
  const { size, modules } = symbol(text)
  const side = (size + 8) * DOTS
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\0\0\0\0\0\x07', 'latin1')
  for (const at of [6, 8, 24, 26]) header.writeUInt16LE(side, at)
  const codes: number[] = []
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [Math.floor((i % side) / DOTS) - 4, Math.floor(i / side / DOTS) - 4]
    const isInside = x >= 0 && x < size && y >= 0 && y < size
    if (i % 100 === 0) codes.push(128)
    codes.push(isInside ? modules[y * size + x]! : 0)
  }
  // Of 8 bits each: 128 clears the table, 129 ends the picture.
  const data = Buffer.from([...codes, 129])
  const blocks = Array.from({ length: Math.ceil(data.length / 255) }, (_, i) => {
    const block = data.subarray(255 * i, 255 * (i + 1))
    return Buffer.concat([Buffer.from([block.length]), block])
  })
  return Buffer.concat([header, ...blocks, Buffer.from('\0;', 'latin1')])
}
