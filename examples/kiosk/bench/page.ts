import { openKiosk } from '../src/kiosk/kiosk.ts'
import { createDecoder } from '../src/scan/decoder.ts'

/** Times what the kiosk does with a frame of the camera, with the kiosk's own code, in the page. */

const WIDTH = 640
const HEIGHT = 480

const read = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`../demo/${path}`)).arrayBuffer())

/** Milliseconds from the posted frame to the verdict, for each frame after `warmUp` frames. */
async function measure(frames: number, warmUp: number): Promise<number[]> {
  const kiosk = await openKiosk()
  await kiosk.setUp(await read('setup.json'))
  await kiosk.load([await read('trust-list.cbor'), await read('revocation-list.cbor')])
  const verifier = kiosk.lists!.verifier!
  const decoder = createDecoder()
  const film = await read('frames.grey')
  const durations: number[] = []
  for (let i = 0; i < warmUp + frames; i++) {
    const frame = frameOf(film, i)
    const start = performance.now()
    const [text = ''] = await decoder.decode(frame)
    const verdict = verifier.verify(text)
    const duration = performance.now() - start
    if (verdict.status !== 'valid') throw new Error(`frame ${i}: ${verdict.status}`)
    if (i >= warmUp) durations.push(duration)
  }
  return durations
}

function frameOf(film: Uint8Array, index: number): ImageData {
  const size = WIDTH * HEIGHT
  const at = (index % (film.length / size)) * size
  const frame = new ImageData(WIDTH, HEIGHT)
  for (let i = 0; i < size; i++) frame.data.fill(film[at + i]!, 4 * i, 4 * i + 3)
  for (let i = 3; i < frame.data.length; i += 4) frame.data[i] = 255
  return frame
}

Object.assign(globalThis, { measure })
