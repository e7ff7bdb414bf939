import { concatBytes } from '../../lib/bytes.ts'

/** Text files as Windows, macOS and Linux write them. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** By its mark, or by zero bytes beside its first letter, which UTF-8 has not. */
export function encodingOf([a, b]: Uint8Array): Encoding {
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== undefined && b !== 0)) return 'utf-16be'
  return 'utf-8'
}

/** As Windows, Unix, old Macs and Unicode end a line. */
export const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

/** Whole lines of a file, as its bytes: without its mark, and the last perhaps without its end. */
export interface LineBlock {
  /** One behind the other. */
  readonly pieces: readonly Uint8Array[]
  readonly encoding: Encoding
}

/** The lines of a block, as many letters of each as are asked for. */
export function linesIn({ pieces, encoding }: LineBlock, max: number): string[] {
  const bytes = pieces.length === 1 ? pieces[0]! : concatBytes(...pieces)
  const lines = decoderFor(encoding).decode(bytes).split(LINE_END)
  if (lines.at(-1) === '') lines.pop()
  for (let i = 0; i < lines.length; i++) if (lines[i]!.length > max) lines[i] = lines[i]!.slice(0, max)
  return lines
}

const decoders = new Map<Encoding, InstanceType<typeof TextDecoder>>()

function decoderFor(encoding: Encoding): InstanceType<typeof TextDecoder> {
  const known = decoders.get(encoding) ?? new TextDecoder(encoding, { ignoreBOM: true })
  decoders.set(encoding, known)
  return known
}
