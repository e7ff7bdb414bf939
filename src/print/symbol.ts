import { create, type QRCodeSegment } from 'qrcode'
import { argumentRange, argumentType, VeristampError } from '../lib/errors.ts'
import { MAX_TEXT_LENGTH } from '../stamp/carrier.ts'

/** QR error correction levels, ISO/IEC 18004: 7, 15, 25 and 30% of the codewords can be mended. */
export type Level = 'L' | 'M' | 'Q' | 'H'

export interface SymbolOptions {
  /** `M` unless given. */
  readonly level?: Level
  /** 1 to 40: exactly this version. The smallest that fits unless given. */
  readonly version?: number
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
 * QR's 45 letters. The one door to `qrcode`.
 * @throws an argument error for a text outside the carriers' letters; VeristampError `does_not_fit` when the
 * wanted version is too small
 */
export function symbol(text: string, { level = 'M', version }: SymbolOptions = {}): QrSymbol {
  if (!['L', 'M', 'Q', 'H'].includes(level)) throw argumentRange('level', 'L, M, Q or H', level)
  if (version !== undefined && !(Number.isInteger(version) && version >= 1 && version <= 40)) {
    throw argumentRange('version', 'a whole number from 1 to 40', version)
  }
  const options = { errorCorrectionLevel: level, ...(version !== undefined && { version }) }
  const segments = segmentsOf(text)
  const qr = orDoesNotFit(() => create(segments, options))
  return {
    text,
    level,
    version: qr.version,
    mask: qr.maskPattern ?? 0,
    size: qr.modules.size,
    modules: Uint8Array.from(qr.modules.data, Number),
  }
}

const LETTERS = /^[0-9A-Z $%*+\-./:]+$/
const DIGITS = /^[0-9]+$/

function segmentsOf(text: string): QRCodeSegment[] {
  const expected = `a carrier's text: 1 to ${MAX_TEXT_LENGTH} of 0-9 A-Z space $ % * + - . / :`
  if (typeof text !== 'string') throw argumentType('text', expected, text)
  if (text.length > MAX_TEXT_LENGTH || !LETTERS.test(text)) throw argumentRange('text', expected, text)
  // A link's digits are a segment of their own: as letters they would take two versions more.
  const end = text.startsWith('HTTPS://') ? text.lastIndexOf('/') + 1 : 0
  const [prefix, rest] = [text.slice(0, end), text.slice(end)]
  const segments: QRCodeSegment[] = []
  if (prefix !== '') segments.push({ mode: 'alphanumeric', data: prefix })
  if (DIGITS.test(rest)) segments.push({ mode: 'numeric', data: rest })
  else if (rest !== '') segments.push({ mode: 'alphanumeric', data: rest })
  return segments
}

function orDoesNotFit<T>(encode: () => T): T {
  try {
    return encode()
  } catch (error) {
    // qrcode says in its message which version would be enough.
    const message = error instanceof Error ? error.message.trim().replace(/\s+/g, ' ') : String(error)
    throw new VeristampError('does_not_fit', `symbol: ${message}`, { cause: error })
  }
}
