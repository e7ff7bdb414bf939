import { type QrSymbol, symbol } from '../../src/print/symbol.ts'

const [HEADER, DOTS] = [54, 3]

/** Symbols side by side, so many in a row, as a Windows bitmap of 24 bits a pixel. */
export function bmpOf(texts: readonly string[], columns: number): Buffer {
  const symbols = texts.map((text) => symbol(text))
  const cell = (Math.max(...symbols.map(({ size }) => size)) + 8) * DOTS
  const [width, height] = [cell * columns, cell * Math.ceil(texts.length / columns)]
  const row = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(HEADER + row * height, 0xff)
  file.fill(0, 0, HEADER)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(HEADER, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  symbols.forEach((one, i) => {
    const [left, top] = [(i % columns) * cell, Math.floor(i / columns) * cell]
    // Rows go from the bottom up.
    const black = (x: number, y: number) => {
      const at = HEADER + (height - 1 - top - y) * row + 3 * (left + x)
      file.fill(0, at, at + 3)
    }
    for (let y = 0; y < cell; y++) for (let x = 0; x < cell; x++) if (isDark(one, x, y)) black(x, y)
  })
  return file
}

function isDark({ size, modules }: QrSymbol, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x / DOTS) - 4, Math.floor(y / DOTS) - 4]
  const isInside = column >= 0 && column < size && row >= 0 && row < size
  return isInside && Boolean(modules[row * size + column])
}
