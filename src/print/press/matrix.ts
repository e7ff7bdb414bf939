import { alignmentCentres, sizeOf } from './capacity.ts'

/** The parts of a symbol that its data doesn't change (ISO/IEC 18004 §6.3), and the order of the rest (§7.7.3). */
export interface Matrix {
  readonly size: number
  /** Row by row: 1 is dark. Format information is left light. */
  readonly patterns: Uint8Array
  /** Row by row: 1 for modules of the function patterns, format and version information. */
  readonly reserved: Uint8Array
  /** Places (row · size + column) of the data's bits, in the order of the codewords. */
  readonly places: readonly number[]
  /** Places of the format information's bits, lowest first; each bit has two. */
  readonly formatPlaces: readonly (readonly [number, number])[]
}

/** The matrix of a version, 1 to 40. */
export function matrixOf(version: number): Matrix {
  const canvas = new Canvas(sizeOf(version))
  canvas.finders()
  canvas.timing()
  canvas.alignment(alignmentCentres(version))
  if (version >= 7) canvas.versionInformation(version)
  const formatPlaces = formatPlacesOf(canvas.size)
  for (const place of formatPlaces.flat()) canvas.reserved[place] = 1
  canvas.set(canvas.size - 8, 8, 1)
  const { size, patterns, reserved } = canvas
  return { size, patterns, reserved, places: placesOf(size, reserved), formatPlaces }
}

class Canvas {
  readonly size: number
  readonly patterns: Uint8Array
  readonly reserved: Uint8Array

  constructor(size: number) {
    this.size = size
    this.patterns = new Uint8Array(size * size)
    this.reserved = new Uint8Array(size * size)
  }

  set(row: number, column: number, dark: number): void {
    if (row < 0 || column < 0 || row >= this.size || column >= this.size) return
    this.patterns[row * this.size + column] = dark
    this.reserved[row * this.size + column] = 1
  }

  /** Square rings around a centre, dark or light by their distance from it. */
  rings(row: number, column: number, darkness: readonly number[]): void {
    const reach = darkness.length - 1
    for (let down = -reach; down <= reach; down++) {
      for (let right = -reach; right <= reach; right++) {
        this.set(row + down, column + right, darkness[Math.max(Math.abs(down), Math.abs(right))]!)
      }
    }
  }

  finders(): void {
    const far = this.size - 4
    for (const [row, column] of [
      [3, 3],
      [3, far],
      [far, 3],
    ] as const)
      this.rings(row, column, [1, 1, 0, 1, 0])
  }

  timing(): void {
    for (let i = 8; i < this.size - 8; i++) {
      this.set(6, i, (i + 1) & 1)
      this.set(i, 6, (i + 1) & 1)
    }
  }

  alignment(centres: readonly number[]): void {
    const last = this.size - 7
    for (const row of centres) {
      for (const column of centres) {
        const inFinder = (row === 6 && (column === 6 || column === last)) || (row === last && column === 6)
        if (!inFinder) this.rings(row, column, [1, 0, 1])
      }
    }
  }

  /** The version in 6 bits and their 12 check bits, BCH (18, 6), twice. */
  versionInformation(version: number): void {
    let remainder = version
    for (let i = 0; i < 12; i++) remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1f25)
    const bits = (version << 12) | remainder
    for (let i = 0; i < 18; i++) {
      const [near, far] = [Math.floor(i / 3), this.size - 11 + (i % 3)]
      this.set(near, far, (bits >> i) & 1)
      this.set(far, near, (bits >> i) & 1)
    }
  }
}

function formatPlacesOf(size: number): [number, number][] {
  return Array.from({ length: 15 }, (_, bit) => {
    const upright = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit
    const level = bit < 8 ? size - 1 - bit : bit < 9 ? 7 : 14 - bit
    return [upright * size + 8, 8 * size + level]
  })
}

/** Pairs of columns from the right, upwards and downwards by turns, past the timing pattern. */
function placesOf(size: number, reserved: Uint8Array): number[] {
  const places: number[] = []
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let i = 0; i < size; i++) {
      const row = upwards ? size - 1 - i : i
      for (const column of [right, right - 1]) {
        if (reserved[row * size + column] === 0) places.push(row * size + column)
      }
    }
    upwards = !upwards
  }
  return places
}
