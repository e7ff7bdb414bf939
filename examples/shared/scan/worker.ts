import { prepareZXingModule, type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
// The file is our own copy: nothing comes from a CDN.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { type DecodeAnswer, type DecodeRequest, type Effort, nearestFirst, type SeenCode } from './decoder.ts'

/** Finds QR codes in frames, away from the page's thread. */

const OPTIONS: ReaderOptions = {
  // Not its small relatives: in print and noise Micro QR is seen where none is.
  formats: ['QRCodeModel2'],
  // All that zxing can tell apart: a stamp may stand beside a bank's code, or among 64 others on a page.
  maxNumberOfSymbols: 255,
  // Codes are text: bytes beyond ASCII make no stamp.
  textMode: 'Plain',
  // QR codes are found at any turn.
  tryRotate: false,
}

const EFFORTS: Readonly<Record<Effort, ReaderOptions>> = {
  frame: { tryHarder: false, tryDownscale: false, tryInvert: false },
  picture: { tryHarder: true, tryDownscale: false, tryInvert: false },
  thorough: { tryHarder: true, tryDownscale: true, tryInvert: true },
}

/** Stamps that are engraved, light on dark, are looked for in one frame of so many that show nothing. */
const INVERTED_EVERY = 4
let emptyFrames = 0

async function find({ frame, effort }: DecodeRequest): Promise<readonly ReadResult[]> {
  const isInverted = effort === 'frame' && emptyFrames % INVERTED_EVERY === INVERTED_EVERY - 1
  const found = await readBarcodes(frame, {
    ...OPTIONS,
    ...EFFORTS[effort],
    ...(isInverted && { tryInvert: true }),
  })
  if (effort === 'frame') emptyFrames = found.length > 0 ? 0 : emptyFrames + 1
  return found
}

prepareZXingModule({ overrides: { locateFile: () => wasm } })

const scope = self as unknown as {
  postMessage(answer: DecodeAnswer): void
  onmessage: (event: MessageEvent<DecodeRequest>) => void
}

scope.onmessage = async ({ data }) => {
  const { id, frame } = data
  try {
    const codes = (await find(data)).filter(({ isValid }) => isValid).map(seen)
    scope.postMessage({ id, codes: nearestFirst(codes, frame.width, frame.height) })
  } catch (error) {
    scope.postMessage({ id, codes: [], fault: String(error) })
  }
}

const seen = ({ text, position: { topLeft, topRight, bottomRight, bottomLeft } }: ReadResult): SeenCode => ({
  text,
  corners: [topLeft, topRight, bottomRight, bottomLeft],
})
