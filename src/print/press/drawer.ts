/** A drawn symbol: see `PressedSymbol`. */
export interface Drawing {
  readonly mask: number
  readonly bits: Uint8Array
}

/** Draws codewords, interleaved with their error correction, as symbols of a version and level. */
export interface Drawer {
  draw(codewords: Uint8Array): Drawing
}
