import type { Bytes } from '../../lib/bytes.ts'
import { type BitSymbol, unpackBits } from '../bits.ts'
import { fitText } from '../fit.ts'
import type { Level } from '../level.ts'
import { checkSymbolOptions, type SymbolOptions } from '../symbol.ts'
import type { Drawing } from './drawer.ts'
import { Template } from './template.ts'

/** Makes many symbols of one level quickly: the same, module for module and mask for mask, as `symbol` makes. */
export interface Press {
  /**
   * The QR symbol of a carrier's text.
   * @throws an argument error for a text outside the carriers' letters; VeristampError `does_not_fit` when the
   * wanted version, or every version, is too small
   */
  symbol(text: string): PressedSymbol
}

/**
 * A press prepares each version that it meets once: its patterns, the places of its bits, its masks and its
 * error correction. Symbols then take some fifty times less work than one by one,
 * and some fifteen times less where WebAssembly with SIMD is missing or forbidden.
 * @throws ArgumentRangeError
 * @example
 * ```ts
 * import { createPress, svg } from 'veristamp/print'
 *
 * const press = createPress({ level: 'M' })
 * const symbols = [scanned, sealedText].map((text) => press.symbol(text))
 * svg(symbols[0]!) // → '<svg…'
 * ```
 */
export function createPress(options: SymbolOptions = {}): Press {
  const { level, version } = checkSymbolOptions(options)
  const templates = new Map<number, Template>()
  const templateOf = (fitting: number): Template => {
    const template = templates.get(fitting) ?? new Template(fitting, level)
    templates.set(fitting, template)
    return template
  }
  return {
    symbol(text) {
      const fitted = fitText(text, level, version)
      const template = templateOf(fitted.version)
      return new PressedSymbol(text, level, fitted.version, template.draw(fitted.segments))
    },
  }
}

/** What a press makes. Its modules are unpacked when they are first asked for. */
export class PressedSymbol implements BitSymbol {
  readonly text: string
  readonly level: Level
  readonly version: number
  readonly mask: number
  readonly size: number
  readonly bits: Uint8Array
  #modules: Bytes | undefined

  constructor(text: string, level: Level, version: number, { mask, bits }: Drawing) {
    this.text = text
    this.level = level
    this.version = version
    this.mask = mask
    this.size = 17 + 4 * version
    this.bits = bits
  }

  get modules(): Bytes {
    this.#modules ??= unpackBits(this.bits, this.size)
    return this.#modules
  }
}
