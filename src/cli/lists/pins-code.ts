import { png } from '../../print/png.ts'
import { svg } from '../../print/svg.ts'
import { textSymbol } from '../../print/symbol.ts'
import { terminal } from '../../print/terminal.ts'
import { encodePins, fingerprintOf, type Pins } from '../../trust/pins.ts'
import { openOutput } from '../project/output.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

/** Pins as a QR code, on paper or on a screen: what a kiosk is set up with, without typing. */

/** The width of the code on paper, in millimetres: read from a hand's distance. */
const WIDTH = 80

/** Writes the code: SVG with what people compare below it, PNG, or `-` for a terminal. */
export async function writePinsCode(context: Context, given: string, pins: Pins): Promise<void> {
  if (given !== '-' && !/\.(svg|png)$/i.test(given))
    throw new Failure('argument_range', context.words.noPinsPicture(given), context.words.noPinsPictureHow)
  const output = openOutput(context, given)
  // Without blanks: fewer modules are read from further away.
  const symbol = textSymbol(JSON.stringify(JSON.parse(encodePins(pins))))
  const fingerprint = fingerprintOf(pins)
  const captions = [pins.authority, fingerprint, pins.place, pins.lists].flatMap((each) => each ?? [])
  if (given === '-') await output.write([text(`${terminal(symbol)}${captions.map(printable).join('\n')}\n`)])
  else if (/\.png$/i.test(given)) await output.write([png(symbol, { dots: 8 })])
  else await output.write([text(captioned(svg(symbol), symbol.size + 8, captions))])
  const { words } = context
  output.report({ qr: given, fingerprint }, `${words.wrote(given)}\n${words.fingerprint(fingerprint)}`)
}

const text = (content: string): Uint8Array => Buffer.from(content)

/** The code with lines of text below it. @param side of the code with its quiet zone, in modules */
function captioned(code: string, side: number, captions: readonly string[]): string {
  const line = side / 18
  const lines = captions.flatMap(wrapped)
  const height = side + (lines.length + 0.5) * 1.5 * line
  const texts = lines.map(
    (caption, i) =>
      `<text x="${side / 2}" y="${side + (i + 1) * 1.5 * line}" font-size="${line}" font-family="sans-serif" text-anchor="middle">${escaped(caption)}</text>`,
  )
  const tall = (WIDTH * height) / side
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${tall}mm" viewBox="0 0 ${side} ${height}">`,
    `<path fill="#fff" d="M0 0h${side}v${height}H0z"/>`,
    code.trim().replace('<svg ', `<svg width="${side}" height="${side}" `),
    ...texts,
    '</svg>\n',
  ].join('')
}

/** So many letters of a line are as wide as the code, whatever the font. */
const LINE = 30

/** A caption in lines that the paper holds: between words where it has some. */
const wrapped = (caption: string): readonly string[] =>
  caption.match(new RegExp(`.{1,${LINE}}(?:\\s+|$)|\\S{${LINE}}`, 'gu'))?.map((each) => each.trim()) ?? []

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escaped = (caption: string): string =>
  printable(caption).replace(/[&<>]/g, (letter) => ENTITIES[letter]!)
