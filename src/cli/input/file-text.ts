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

/**
 * The lines of a text as they come, some at a time: each array has what one piece completes.
 * @param most letters that are kept of a line
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  max: number,
): AsyncGenerator<readonly string[]> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let rest = ''
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    // A CR at the end may be half of a line end.
    const piece = rest + decoder.decode(chunk, { stream: true })
    const held = piece.endsWith('\r') ? '\r' : ''
    const lines = piece.slice(0, piece.length - held.length).split(LINE_END)
    rest = lines.pop()!.slice(0, max) + held
    if (lines.length > 0) yield lines.map((line) => line.slice(0, max))
  }
  rest = (rest + (decoder?.decode() ?? '')).replace(/\r$/, '')
  if (rest !== '') yield [rest]
}
