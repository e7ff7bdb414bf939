import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'

/** Films of a printed page: rendered by poppler, seen by a hand-held camera of moderate quality. */

/** A picture in shades of grey, a byte a pixel. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const DPI = 300
export const PIXELS_A_MILLIMETRE = DPI / 25.4

/** The first page of a PDF. */
export function renderPage(pdf: string, folder: string): Grey {
  const out = join(folder, 'page')
  execFileSync('pdftoppm', ['-r', String(DPI), '-gray', '-singlefile', pdf, out])
  return readPgm(readFileSync(`${out}.pgm`))
}

function readPgm(file: Buffer): Grey {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'))!
  const [width, height] = [Number(header[1]), Number(header[2])]
  return { width, height, pixels: new Uint8Array(file.subarray(header[0].length)) }
}

const WIDTH = 640
const HEIGHT = 480
const SIZE: readonly [width: number, height: number] = [WIDTH, HEIGHT]
/** A phone's photograph, held upright. */
const PHOTOGRAPH: readonly [width: number, height: number] = [3_000, 4_000]
/** Of one sight. */
const FRAMES = 8
const FRAMES_A_SECOND = 4

/** What the camera looks at, in millimetres on the page. */
export interface Sight {
  readonly x: number
  readonly y: number
  /** Millimetres from the left to the right edge of the frame. */
  readonly across: number
}

/** The frames of a sight, in shades of grey: 8, that can be shown over and over. */
export function* framesOf(page: Grey, sight: Sight, size = SIZE): Generator<Uint8Array> {
  const random = randomNumbers(7)
  for (let i = 0; i < FRAMES; i++) {
    yield withNoise(blurred(seen(page, sight, (2 * Math.PI * i) / FRAMES, size), size[0]), random)
  }
}

/** A photograph of the whole page, as a PNG of 12 million pixels: in perspective, darker towards one side, and noisy. */
export function photographOf(page: Grey): Buffer {
  const [width, height] = PHOTOGRAPH
  const [x, y] = [page.width, page.height].map((each) => each / 2 / PIXELS_A_MILLIMETRE)
  const sight = { x: x!, y: y!, across: (1.3 * page.width) / PIXELS_A_MILLIMETRE }
  const grey = withNoise(blurred(seen(page, sight, 0, PHOTOGRAPH), width), randomNumbers(9))
  const colourType = { colorType: 0, inputColorType: 0, inputHasAlpha: false } as const
  const picture = { width, height, data: Buffer.from(grey) } as PNG
  return PNG.sync.write(picture, colourType)
}

/** Writes a film of places on the page, one after the other, 2 seconds each. It can be played over and over. */
export function film(page: Grey, sights: readonly Sight[], file: string): void {
  const header = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`
  const chroma = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128)
  const parts: Uint8Array[] = [Buffer.from(header)]
  for (const sight of sights) {
    for (const luma of framesOf(page, sight)) parts.push(Buffer.from('FRAME\n'), luma, chroma)
  }
  writeFileSync(file, Buffer.concat(parts))
}

/** The page in perspective: turned and tilted, a little otherwise in every frame, and darker towards one side. */
function seen(
  page: Grey,
  { x, y, across }: Sight,
  phase: number,
  [width, height] = SIZE,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(width * height)
  const scale = (across * PIXELS_A_MILLIMETRE) / width
  const turn = 0.12 + 0.05 * Math.sin(phase)
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
  const tilt = { x: 0.25 + 0.05 * Math.cos(phase), y: -0.18 }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [column - width / 2, row - height / 2]
      const depth = 1 + (tilt.x * dx) / width + (tilt.y * dy) / height
      const u = x * PIXELS_A_MILLIMETRE + (dx * cos - dy * sin) / depth
      const v = y * PIXELS_A_MILLIMETRE + (dx * sin + dy * cos) / depth
      frame[row * width + column] = 30 + sample(page, u, v) * (0.7 - (0.2 * column) / width)
    }
  }
  return frame
}

/** Between pixels; beyond the page is a dark table. */
function sample({ width, height, pixels }: Grey, u: number, v: number): number {
  const [left, top] = [Math.floor(u), Math.floor(v)]
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return 60
  const [right, down] = [u - left, v - top]
  const at = top * width + left
  const upper = pixels[at]! * (1 - right) + pixels[at + 1]! * right
  const lower = pixels[at + width]! * (1 - right) + pixels[at + width + 1]! * right
  return upper * (1 - down) + lower * down
}

/** As through a lens that is not quite in focus: the mean of 3 × 3 pixels. */
function blurred(frame: Uint8Array, width = SIZE[0]): Uint8Array {
  const out = frame.slice()
  for (let at = width + 1; at < frame.length - width - 1; at++) {
    let sum = 0
    for (const line of [at - width, at, at + width]) sum += frame[line - 1]! + frame[line]! + frame[line + 1]!
    out[at] = sum / 9
  }
  return out
}

const NOISE = 24

const withNoise = (frame: Uint8Array, random: () => number): Uint8Array =>
  frame.map((value) => Math.max(0, Math.min(255, value + (random() - 0.5) * 2 * NOISE)))

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
