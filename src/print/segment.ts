/** A part of a text in one of QR's modes (ISO/IEC 18004 §7.4). */
export interface Segment {
  readonly mode: Mode
  readonly data: string
}

export type Mode = 'numeric' | 'alphanumeric' | 'byte'

/** Bits that the segments take in a version, without the terminator. */
export function bitsIn(segments: readonly Segment[], version: number): number {
  return segments.reduce(
    (bits, { mode, data }) => bits + 4 + countBits(mode, version) + dataBits(mode, data),
    0,
  )
}

/** Bits of the character count indicator (table 3). */
export function countBits(mode: Segment['mode'], version: number): number {
  if (mode === 'byte') return version < 10 ? 8 : 16
  const step = version < 10 ? 0 : version < 27 ? 2 : 4
  return (mode === 'numeric' ? 10 : 9) + step
}

function dataBits(mode: Segment['mode'], { length }: string): number {
  if (mode === 'byte') return 8 * length
  if (mode === 'alphanumeric') return (length >> 1) * 11 + (length & 1) * 6
  return Math.floor(length / 3) * 10 + [0, 4, 7][length % 3]!
}
