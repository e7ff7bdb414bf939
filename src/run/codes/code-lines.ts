import { VeristampError } from '../../lib/errors.ts'

/**
 * The codes of a run as its file has them: CSV in the order of the serials, every field quoted, a heading first.
 * Nothing in it is secret.
 */

export interface CodeRow {
  readonly serial: number
  /** The carrier's text. */
  readonly code: string
}

export const HEADING = '"serial","code"\r\n'

/** The lines of these rows, without the heading. */
export function writeRows(rows: readonly CodeRow[]): string {
  let text = ''
  for (const { serial, code } of rows) text += `"${serial}","${code}"\r\n`
  return text
}

/** No carrier's text has a quote or a line break. */
const ROW = /^"(0|[1-9]\d{0,15})","([^"\r\n]{1,527})"\r\n$/
export const MAX_LINE = 560

/**
 * The rows of a file, from its chunks, or those of a part without the heading.
 * @throws VeristampError `run_corrupt` for any other line
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { hasHeading = true } = {},
): AsyncGenerator<CodeRow> {
  let isHeading = hasHeading
  for await (const line of lines(chunks)) {
    if (isHeading) {
      if (line !== HEADING) throw notARow(line)
      isHeading = false
      continue
    }
    const found = ROW.exec(line)
    if (found === null) throw notARow(line)
    yield { serial: Number(found[1]), code: found[2]! }
  }
  if (isHeading) throw notARow('')
}

function notARow(long: string): VeristampError {
  const line = long.slice(0, 40)
  const message = `codes: ${JSON.stringify(line)} is no line of a run's codes`
  return new VeristampError('run_corrupt', message, { fault: 'no_row', line })
}

async function* lines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    rest += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
    let start = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield rest.slice(start, end + 1)
      start = end + 1
    }
    rest = rest.slice(start)
    if (rest.length > MAX_LINE) throw notARow(rest)
  }
  if (rest !== '') yield rest
}
