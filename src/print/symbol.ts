import { create, type QRCode, type QRCodeSegment } from 'qrcode'
import { type ArgumentTable, checkTable, ifGiven, kindOf, oneOf, wholeNumber } from '../lib/arguments.ts'
import { isBytes } from '../lib/brand.ts'
import { checkText } from '../lib/checks.ts'
import { fitText } from './fit.ts'
import type { Level } from './level.ts'
import { MAX_VERSION } from './press/capacity.ts'

export interface SymbolOptions {
  /** `M` by default. */
  readonly level?: Level | undefined
  /** 1 to 40: exactly this version. The smallest that fits by default. */
  readonly version?: number | undefined
}

/** A QR symbol: a square of modules, without its quiet zone. */
export interface QrSymbol {
  readonly text: string
  readonly level: Level
  /** 1 to 40. */
  readonly version: number
  /** The mask pattern, 0 to 7. */
  readonly mask: number
  /** Modules a side: 17 + 4 · version. */
  readonly size: number
  /** `size` × `size` modules, row by row from the top left: 1 is dark. */
  readonly modules: Uint8Array
}

/**
 * The QR symbol of a carrier's text, packed as tightly as QR can: digits as numbers, an address and base45 as
 * QR's 45 letters, a link of GS1 in the mix of modes that takes the fewest bits. The one door to `qrcode`.
 * @param text base45, digits, a url or a link of GS1
 * @throws an argument error for a text outside the carriers' letters; VeristampError `does_not_fit` when the
 * wanted version is too small
 * @example
 * ```ts
 * import { symbol } from 'veristamp'
 *
 * const qr = symbol(scanned, { level: 'L' })
 * qr.version // → 4
 * qr.size // → 33
 * ```
 */
export function symbol(text: string, options: SymbolOptions = {}): QrSymbol {
  const { level, version } = checkSymbolOptions(options)
  const fitted = fitText(text, level, version)
  const qr = create(fitted.segments as QRCodeSegment[], {
    errorCorrectionLevel: level,
    version: fitted.version,
  })
  return symbolOf(text, level, qr)
}

/** UTF-16 units: of three bytes each, they still fit the largest symbol. */
const MAX_PLAIN_LENGTH = 700

/**
 * The symbol of a text that is no stamp, such as pins or the key of a device: in UTF-8, at level M. Stamps go by `symbol`.
 * @param text 1 to 700 UTF-16 units
 * @throws an argument error
 * @example
 * ```ts
 * import { svg, textSymbol } from 'veristamp/print'
 *
 * svg(textSymbol('Chợ Hạ Long 1'), { millimetres: 60 }) // → '<svg…'
 * ```
 */
export function textSymbol(text: string): QrSymbol {
  const segment = { mode: 'byte', data: checkText('text', text, 1, MAX_PLAIN_LENGTH) } as const
  const qr = create([segment as unknown as QRCodeSegment], { errorCorrectionLevel: 'M' })
  return symbolOf(text, 'M', qr)
}

const symbolOf = (text: string, level: Level, { version, maskPattern, modules }: QRCode): QrSymbol => ({
  text,
  level,
  version,
  mask: maskPattern ?? 0,
  size: modules.size,
  modules: Uint8Array.from(modules.data, Number),
})

/** The options with their defaults. @throws ArgumentRangeError */
export function checkSymbolOptions(options: SymbolOptions): { level: Level; version: number | undefined } {
  const { level = 'M', version } = checkTable('options', options, symbolFields)
  return { level, version }
}

export const symbolFields: ArgumentTable<SymbolOptions> = {
  level: ifGiven(oneOf('L', 'M', 'Q', 'H')),
  version: ifGiven(wholeNumber(1, MAX_VERSION)),
}

/** An argument that was drawn. The modules of a pressed one are not asked for: they would be unpacked. */
export const aSymbol = /* @__PURE__ */ kindOf('a symbol', (value) => {
  const given = Object(value)
  return Number.isInteger(given.size) && ('bits' in given || isBytes(given.modules))
})
