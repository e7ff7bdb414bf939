import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
// The file is our own copy: nothing comes from a CDN.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { DecodeAnswer, DecodeRequest } from './decoder.ts'

/** Finds QR codes in frames, away from the page's thread. */

const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
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
  const found = await readBarcodes(frame, { ...OPTIONS, tryHarder: thorough, tryDownscale: thorough })
  const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text)
  scope.postMessage({ id, texts })
}
