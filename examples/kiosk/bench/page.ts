import { tidyScan } from 'veristamp/verify'
import { createDecoder } from '../../shared/scan/decoder.ts'
import { readPicture } from '../../shared/scan/picture.ts'
import { openKiosk } from '../src/kiosk/kiosk.ts'

/** Times what the kiosk does with frames of its camera and with a picture of a page, with the kiosk's own code, in the page. */

const WIDTH = 1280
const HEIGHT = 720

/** Milliseconds. */
export interface FrameTimes {
  /** From the camera's picture to pixels. */
  readonly grab: number
  /** To the codes in them. */
  readonly find: number
  /** To the verdict. */
  readonly judge: number
}

export interface PageTimes {
  /** From the file to its codes, */
  readonly read: number
  /** of which this long until the browser has opened it. */
  readonly open: number
  /** To the answers of all stamps, written down. */
  readonly judge: number
  readonly stamps: number
}

const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(`../demo/${path}`)).arrayBuffer())

async function openSetUp() {
  const kiosk = await openKiosk()
  if (kiosk.setup === undefined) await kiosk.setUp(await read('setup.json'))
  await kiosk.load([await read('trust-list.cbor'), await read('revocation-list.cbor')])
  return kiosk
}

/** Times each frame after `warmUp` frames. */
async function measureFrames(frames: number, warmUp: number): Promise<FrameTimes[]> {
  const kiosk = await openSetUp()
  const decoder = createDecoder()
  const film = await read('frames.grey')
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const times: FrameTimes[] = []
  for (let i = 0; i < warmUp + frames; i++) {
    const picture = await createImageBitmap(frameOf(film, i))
    const start = performance.now()
    context.drawImage(picture, 0, 0)
    const frame = context.getImageData(0, 0, WIDTH, HEIGHT)
    const grabbed = performance.now()
    const [code] = await decoder.decode(frame)
    const found = performance.now()
    const verdict = kiosk.verify(tidyScan(code?.text ?? ''), new Date())!
    const judged = performance.now()
    if (verdict.status !== 'valid') throw new Error(`frame ${i}: ${verdict.status}`)
    if (i >= warmUp) times.push({ grab: grabbed - start, find: found - grabbed, judge: judged - found })
  }
  return times
}

function frameOf(film: Uint8Array, index: number): ImageData {
  const size = WIDTH * HEIGHT
  const at = (index % (film.length / size)) * size
  const frame = new ImageData(WIDTH, HEIGHT)
  for (let i = 0; i < size; i++) frame.data.fill(film[at + i]!, 4 * i, 4 * i + 3)
  for (let i = 3; i < frame.data.length; i += 4) frame.data[i] = 255
  return frame
}

/** Times a photograph of a page so many times, after one that warms up. */
async function measurePage(times: number): Promise<PageTimes[]> {
  const kiosk = await openSetUp()
  const decoder = createDecoder()
  const file = new Blob([await read('page.png')], { type: 'image/png' })
  const all: PageTimes[] = []
  for (let i = 0; i <= times; i++) {
    const begin = performance.now()
    ;(await createImageBitmap(file)).close()
    const opened = performance.now()
    const codes = (await readPicture(file, decoder)) ?? []
    const found = performance.now()
    const scans = codes.map(({ text }) => kiosk.check(tidyScan(text), new Date())!)
    await Promise.all(scans.map(({ saved }) => saved))
    const judged = performance.now()
    const isRight = scans.every(({ checked }) => checked.verdict.status === 'valid')
    if (!isRight) throw new Error('a stamp of the page is not answered rightly')
    const judge = judged - found
    if (i > 0) all.push({ open: opened - begin, read: found - opened, judge, stamps: scans.length })
  }
  return all
}

Object.assign(globalThis, { measureFrames, measurePage })
