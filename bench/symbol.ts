import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { correction, generate, mode } from 'lean-qr'
import encodeQr from 'qr'
import { create } from 'qrcode'
import { encode } from 'uqr'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { createPress, png, type QrSymbol } from '../src/print.ts'
import { encodeText, encodeUrl } from '../src/stamp/carrier.ts'
import { interleave } from './lib/interleave.ts'
import { readyCode } from './lib/ready-code.ts'
import type { Measurement } from './lib/results.ts'

/** Symbols of version 6-M with the mask chosen, from text to modules, the press beside libraries in JavaScript. */
const [VERSION, LEVEL, SYMBOLS] = [6, 'M', 40] as const
const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/'

type Modules = (row: number, column: number) => boolean
type Draw = (text: string) => Modules

// One mode for the whole text, which all the libraries can be told.
const PEERS: Readonly<Record<string, Draw>> = {
  qrcode(text) {
    const segments = [{ data: text, mode: 'alphanumeric' as const }]
    const { modules } = create(segments, { version: VERSION, errorCorrectionLevel: LEVEL })
    return (row, column) => modules.get(row, column) === 1
  },
  qr(text) {
    const options = { ecc: 'medium', version: VERSION, encoding: 'alphanumeric', border: 1 } as const
    const modules = encodeQr(text, 'raw', options)
    return (row, column) => modules[row + 1]![column + 1]!
  },
  'lean-qr'(text) {
    const levels = { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M }
    const code = generate(mode.alphaNumeric(text), { ...levels, minVersion: VERSION, maxVersion: VERSION })
    return (row, column) => code.get(column, row)
  },
  uqr(text) {
    const range = { minVersion: VERSION, maxVersion: VERSION }
    const { data } = encode(text, { ecc: LEVEL, boostEcc: false, border: 0, ...range })
    return (row, column) => data[row]![column]!
  },
}

/** An address needs two segments: as one it would not fit this version. */
const drawSegments: Draw = (text) => {
  const segments = [
    { data: PREFIX, mode: 'alphanumeric' as const },
    { data: text.slice(PREFIX.length), mode: 'numeric' as const },
  ]
  const { modules } = create(segments, { version: VERSION, errorCorrectionLevel: LEVEL })
  return (row, column) => modules.get(row, column) === 1
}

export async function run(): Promise<Measurement[]> {
  const codes = Array.from({ length: SYMBOLS }, (_, index) => readyCode(84, index))
  const base45 = codes.map((code) => encodeText(code, 'base45'))
  const urls = codes.map((code) => encodeUrl(code, PREFIX))
  return [
    ...(await compare('base45', base45, PEERS)),
    ...(await compare('url', urls, { qrcode: drawSegments })),
  ]
}

async function compare(
  carrier: string,
  texts: readonly string[],
  peers: Readonly<Record<string, Draw>>,
): Promise<Measurement[]> {
  const press = createPress({ level: LEVEL, version: VERSION })
  for (const text of texts.slice(0, 3)) {
    for (const [name, draw] of Object.entries(peers)) await checkPeer(name, draw(text), press.symbol(text))
  }
  const all = (draw: (text: string) => unknown) => () => {
    for (const text of texts) draw(text)
  }
  const contestants = Object.entries(peers).map(([name, draw]) => [name, all(draw)])
  // Ten times as many symbols, to be timed about as long as the others.
  const pressed = () => {
    for (let turn = 0; turn < 10; turn++) for (const text of texts) press.symbol(text)
  }
  const timings = await interleave(
    { press: pressed, ...Object.fromEntries(contestants) },
    { rounds: 40, items: texts.length },
  )
  const { median, spread } = timings.press!
  return Object.keys(peers).map((peer) => ({
    subject: 'press',
    peer,
    carrier,
    ratio: timings[peer]!.median / (median / 10),
    medianMicroseconds: median / 10,
    spread,
  }))
}

/** `qrcode` draws the same modules; the others may choose another mask, and must say the same. */
async function checkPeer(name: string, modules: Modules, pressed: QrSymbol): Promise<void> {
  const { size, text } = pressed
  const drawn = Uint8Array.from({ length: size * size }, (_, at) =>
    modules(Math.floor(at / size), at % size) ? 1 : 0,
  )
  if (name === 'qrcode') {
    if (Buffer.compare(drawn, pressed.modules) !== 0)
      throw new Error('the press and qrcode draw different symbols')
    return
  }
  const picture = { text, level: LEVEL, version: VERSION, mask: 0, size, modules: drawn }
  if ((await readSymbol(png(picture))) !== text) throw new Error(`${name} draws another text`)
}

async function readSymbol(picture: Uint8Array): Promise<string | undefined> {
  const { resolve } = createRequire(import.meta.url)
  const wasmBinary = Uint8Array.from(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const [read] = await readBarcodes(picture, { formats: ['QRCode'] })
  return read?.text
}
