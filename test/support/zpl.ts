export interface DecodedZpl {
  readonly left: number
  readonly top: number
  readonly rowBytes: number
  readonly fields: string
  /** The graphic's bytes, a set bit black. */
  readonly bytes: Uint8Array
}

const LABEL =
  /^\^XA\^FO(?<left>\d+),(?<top>\d+)\^GFA,(?<sent>\d+),(?<total>\d+),(?<rowBytes>\d+),(?<data>[^^]*)\^FS(?<fields>.*)\^XZ\n$/s

/** Reads a label with one graphic in compressed hexadecimal, as Zebra's programming guide describes it. */
export function decodeZpl(label: string): DecodedZpl {
  const groups = LABEL.exec(label)?.groups
  if (groups === undefined) throw new Error(`no such label: ${label.slice(0, 60)}`)
  const [rowBytes, total] = [Number(groups.rowBytes), Number(groups.total)]
  const lines: string[] = []
  let [line, count] = ['', 0]
  const close = (fill: string) => {
    lines.push(line.padEnd(2 * rowBytes, fill))
    line = ''
  }
  for (const letter of groups.data!) {
    if (letter === ',') close('0')
    else if (letter === '!') close('F')
    else if (letter === ':') lines.push(lines.at(-1)!)
    else if (/[G-Y]/.test(letter)) count += letter.charCodeAt(0) - 'F'.charCodeAt(0)
    else if (/[g-z]/.test(letter)) count += 20 * (letter.charCodeAt(0) - 'f'.charCodeAt(0))
    else if (/[0-9A-F]/.test(letter)) {
      line += letter.repeat(Math.max(count, 1))
      count = 0
    } else throw new Error(`an unknown letter ${letter}`)
    if (line.length === 2 * rowBytes) close('0')
  }
  const bytes = Buffer.from(lines.join(''), 'hex')
  if (line !== '' || bytes.length !== total || groups.sent !== groups.total) throw new Error('a wrong length')
  return { left: Number(groups.left), top: Number(groups.top), rowBytes, fields: groups.fields!, bytes }
}

/** The bytes of the one graphic of a page. */
export function dotsInZpl(page: string): Uint8Array {
  const [, graphic] = /\^FO0,0(\^GFA,[^^]*\^FS)\^XZ\n$/.exec(page)!
  return decodeZpl(`^XA^FO0,0${graphic}^XZ\n`).bytes
}
