import type { Bytes } from '../../lib/bytes.ts'
import type { Dots } from '../dots.ts'
import { type Path, polygonsOf } from './path.ts'

export interface FillStyle {
  readonly white?: boolean | undefined
  /** Every second outline is a hole; by default, outlines that turn the other way are. */
  readonly evenOdd?: boolean | undefined
}

/** Lines that a row of dots is asked at. */
const LINES = 5

interface Edge {
  readonly top: number
  readonly bottom: number
  /** At the height 0, and by how much it grows with each dot down. */
  readonly x: number
  readonly slope: number
  readonly winding: 1 | -1
}

/** Draws in whole dots, as a printer of one colour does: a dot is dark where more than half of it is covered. */
export class Canvas implements Dots {
  readonly width: number
  readonly height: number
  readonly rowBytes: number
  readonly bits: Bytes

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.rowBytes = (width + 7) >> 3
    this.bits = new Uint8Array(this.rowBytes * height)
  }

  /** Darkens what lies inside a path, whose numbers are dots; or whitens it. */
  fill(path: Path, { white = false, evenOdd = false }: FillStyle = {}): void {
    const edges = polygonsOf(path).flatMap(edgesOf)
    const from = Math.max(0, Math.floor(Math.min(...edges.map(({ top }) => top))))
    const to = Math.min(this.height, Math.ceil(Math.max(...edges.map(({ bottom }) => bottom))))
    for (let row = from; row < to; row++) this.#fillRow(row, edges, white, evenOdd)
  }

  #fillRow(row: number, edges: readonly Edge[], white: boolean, evenOdd: boolean): void {
    const own = edges.filter(({ top, bottom }) => top < row + 1 && bottom > row)
    if (own.length === 0) return
    const cover = new Float32Array(this.width)
    for (let line = 0; line < LINES; line++) addLine(cover, own, row + (line + 0.5) / LINES, evenOdd)
    for (let column = 0; column < this.width; column++) {
      if (cover[column]! > 0.5) this.#set(column, row, white)
    }
  }

  #set(column: number, row: number, white: boolean): void {
    const at = row * this.rowBytes + (column >> 3)
    const bit = 0x80 >> (column & 7)
    if (white) this.bits[at]! &= ~bit
    else this.bits[at]! |= bit
  }

  /** Squares of so many dots, dark where a bit is set. */
  squares(bits: Uint8Array, size: number, left: number, top: number, dots: number): void {
    const rowBytes = (size + 7) >> 3
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        if (((bits[row * rowBytes + (column >> 3)]! >> (7 - (column & 7))) & 1) === 0) continue
        this.box(left + column * dots, top + row * dots, dots, dots)
      }
    }
  }

  /** A dark rectangle of whole dots. What lies outside is left out. */
  box(left: number, top: number, width: number, height: number): void {
    for (let row = Math.max(0, top); row < Math.min(this.height, top + height); row++) {
      for (let column = Math.max(0, left); column < Math.min(this.width, left + width); column++)
        this.#set(column, row, false)
    }
  }

  /** Darkens what is dark in another picture of the same size. */
  add({ bits }: Dots): void {
    for (let at = 0; at < bits.length; at++) this.bits[at]! |= bits[at]!
  }
}

function edgesOf(polygon: readonly number[]): Edge[] {
  const edges: Edge[] = []
  for (let at = 0; at < polygon.length; at += 2) {
    const next = (at + 2) % polygon.length
    const [x, y, toX, toY] = [polygon[at]!, polygon[at + 1]!, polygon[next]!, polygon[next + 1]!]
    if (y === toY) continue
    const slope = (toX - x) / (toY - y)
    edges.push({
      top: Math.min(y, toY),
      bottom: Math.max(y, toY),
      x: x - y * slope,
      slope,
      winding: y < toY ? 1 : -1,
    })
  }
  return edges
}

/** Adds a line's share to the dots that it covers: inside is where the windings do not cancel each other out. */
function addLine(cover: Float32Array, edges: readonly Edge[], y: number, evenOdd: boolean): void {
  const crossings = edges
    .filter(({ top, bottom }) => top <= y && y < bottom)
    .map(({ x, slope, winding }) => ({ x: x + slope * y, winding }))
    .sort((a, b) => a.x - b.x)
  let winding = 0
  for (const [i, crossing] of crossings.entries()) {
    winding += evenOdd ? 1 : crossing.winding
    const next = crossings[i + 1]
    const isInside = evenOdd ? winding % 2 === 1 : winding !== 0
    if (isInside && next !== undefined) addSpan(cover, crossing.x, next.x)
  }
}

function addSpan(cover: Float32Array, from: number, to: number): void {
  const [left, right] = [Math.max(0, from), Math.min(cover.length, to)]
  for (let column = Math.floor(left); column < right; column++)
    cover[column]! += Math.max(0, Math.min(right, column + 1) - Math.max(left, column)) / LINES
}
