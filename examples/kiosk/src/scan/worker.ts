import {
  type Point,
  prepareZXingModule,
  type ReaderOptions,
  type ReadResult,
  readBarcodes,
} from 'zxing-wasm/reader'
// The file is our own copy: nothing comes from a CDN.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { DecodeAnswer, DecodeRequest } from './decoder.ts'

/** Finds QR codes in frames, away from the page's thread. */

const OPTIONS: ReaderOptions = {
  // Not its small relatives: in print and noise Micro QR is seen where none is.
  formats: ['QRCodeModel2'],
  maxNumberOfSymbols: 4,
  // Codes are text: bytes beyond ASCII make no stamp.
  textMode: 'Plain',
}

prepareZXingModule({ overrides: { locateFile: () => wasm } })

const scope = self as unknown as {
  postMessage(answer: DecodeAnswer): void
  onmessage: (event: MessageEvent<DecodeRequest>) => void
}

scope.onmessage = async ({ data: { id, frame, thorough } }) => {
  const centre = { x: frame.width / 2, y: frame.height / 2 }
  const found = await readBarcodes(frame, { ...OPTIONS, tryHarder: thorough, tryDownscale: thorough })
  // People hold what they mean in the middle.
  const sorted = found
    .filter(({ isValid }) => isValid)
    .sort((a, b) => offCentre(a, centre) - offCentre(b, centre))
  scope.postMessage({ id, texts: sorted.map(({ text }) => text) })
}

function offCentre({ position: { topLeft, bottomRight } }: ReadResult, centre: Point): number {
  const [x, y] = [(topLeft.x + bottomRight.x) / 2, (topLeft.y + bottomRight.y) / 2]
  return Math.hypot(x - centre.x, y - centre.y)
}
