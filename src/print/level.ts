/** QR error correction levels, ISO/IEC 18004: 7, 15, 25 and 30% of the codewords can be mended. */
export type Level = 'L' | 'M' | 'Q' | 'H'
