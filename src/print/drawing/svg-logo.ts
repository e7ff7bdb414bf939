import { anyText } from '../../lib/arguments.ts'
import { argumentRange } from '../../lib/errors.ts'
import { type Logo, type LogoShape, MAX_LOGO } from './logo.ts'
import { combined, type Path, pathData, type Transform, transformed } from './path.ts'
import { readPathData } from './path-data.ts'

/** Logos from SVG files: their shapes alone, in black and white. */

const MAX_SVG = 500_000
const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** What is drawn, and what may stand beside it. */
const GROUPS = ['svg', 'g', 'a']
const SILENT = ['title', 'desc', 'metadata', 'defs']

interface Style {
  readonly matrix: Transform
  readonly fill: string
  readonly rule: string | undefined
}

type Attributes = ReadonlyMap<string, string>

/**
 * The logo that an SVG file shows, in black and white: what is lighter than the middle is white. Shapes alone: text,
 * lines and pictures have to be turned into shapes first, which every drawing program does.
 * @throws ArgumentTypeError or ArgumentRangeError that says what in the file is no shape
 * @example
 * ```ts
 * import { svgLogo } from 'veristamp/sheet'
 *
 * const logo = svgLogo('<svg viewBox="0 0 20 10"><rect width="20" height="10"/></svg>')
 * logo.width // → 20
 * ```
 */
export function svgLogo(svg: string): Logo {
  anyText('svg', svg)
  if (svg.length > MAX_SVG) throw argumentRange('svg', `at most ${MAX_SVG} letters`, svg.length)
  const shapes: LogoShape[] = []
  let box: readonly number[] | undefined
  const styles: Style[] = [{ matrix: [1, 0, 0, 1, 0, 0], fill: 'black', rule: undefined }]
  let silent = ''
  for (const [, end, given, text, empty] of svg.replace(/<!--[\s\S]*?-->/g, '').matchAll(TAG)) {
    const name = given!.toLowerCase()
    if (silent !== '' || SILENT.includes(name)) {
      if (silent === '' && !empty && !end) silent = name
      else if (end && name === silent) silent = ''
      continue
    }
    if (name.includes(':')) continue // what drawing programs note for themselves
    if (end) {
      if (GROUPS.includes(name) && styles.length > 1) styles.pop()
      continue
    }
    const attributes = attributesIn(text!)
    if (name === 'svg') box ??= boxOf(attributes)
    const style = styleOf(styles.at(-1)!, attributes)
    if (GROUPS.includes(name)) {
      if (!empty) styles.push(style)
    } else if (box !== undefined && style.fill !== 'none') shapes.push(shapeOf(name, attributes, style, box))
  }
  if (box === undefined || shapes.length === 0) throw refuse('no shape')
  return checked({ width: box[2]!, height: box[3]!, shapes })
}

const refuse = (what: string): Error =>
  argumentRange('svg', 'an SVG file of filled shapes: turn text, strokes and pictures into paths', what)

function checked(logo: Logo): Logo {
  const length = logo.shapes!.reduce((sum, { path }) => sum + path.length, 0)
  if (length > MAX_LOGO) throw argumentRange('svg', `a simpler logo: paths of ${MAX_LOGO} letters`, length)
  return logo
}

function attributesIn(text: string): Attributes {
  const attributes = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    attributes.set(name!, double ?? single ?? '')
  for (const part of (attributes.get('style') ?? '').split(';')) {
    const [name, value] = part.split(':')
    if (value !== undefined) attributes.set(name!.trim(), value.trim())
  }
  return attributes
}

const numbersIn = (text = ''): number[] =>
  (text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? []).map(Number)

function boxOf(attributes: Attributes): readonly number[] {
  const box = numbersIn(attributes.get('viewBox'))
  const [width = 0] = numbersIn(attributes.get('width'))
  const [height = 0] = numbersIn(attributes.get('height'))
  const own = box.length === 4 ? box : [0, 0, width, height]
  if (own[2]! > 0 && own[3]! > 0) return own
  throw refuse('no viewBox')
}

function styleOf(above: Style, attributes: Attributes): Style {
  const stroke = attributes.get('stroke')
  if (stroke !== undefined && stroke !== 'none') throw refuse('a stroke')
  const matrix = attributes.has('transform')
    ? combined(above.matrix, matrixOf(attributes.get('transform')!))
    : above.matrix
  return {
    matrix,
    fill: attributes.get('fill') ?? above.fill,
    rule: attributes.get('fill-rule') ?? above.rule,
  }
}

function matrixOf(text: string): Transform {
  let matrix: Transform = [1, 0, 0, 1, 0, 0]
  for (const [, name, values] of text.matchAll(/([A-Za-z]+)\s*\(([^)]*)\)/g)) {
    const n = numbersIn(values)
    const [a = 0, b, c, d, e, f] = n
    const angle = (a * Math.PI) / 180
    if (name === 'matrix' && n.length === 6) matrix = combined(matrix, [a, b!, c!, d!, e!, f!])
    else if (name === 'translate') matrix = combined(matrix, [1, 0, 0, 1, a, b ?? 0])
    else if (name === 'scale') matrix = combined(matrix, [a, 0, 0, b ?? a, 0, 0])
    else if (name === 'rotate') {
      const turned: Transform = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]
      const [x, y] = [b ?? 0, c ?? 0]
      matrix = combined(matrix, combined([1, 0, 0, 1, x, y], combined(turned, [1, 0, 0, 1, -x, -y])))
    } else throw refuse(`transform ${name}`)
  }
  return matrix
}

function shapeOf(
  name: string,
  attributes: Attributes,
  { matrix, fill, rule }: Style,
  box: readonly number[],
): LogoShape {
  const path = pathOf(name, attributes)
  if (path === undefined) throw refuse(`<${name}>`)
  const placed = transformed(path, combined([1, 0, 0, 1, -box[0]!, -box[1]!], matrix))
  // A thousandth of the logo is less than any printer's dot.
  const places = Math.max(0, 4 - Math.ceil(Math.log10(Math.max(box[2]!, box[3]!))))
  return {
    path: pathData(placed, places),
    ...(isLight(fill) && { fill: 'white' as const }),
    ...(rule === 'evenodd' && { rule: 'evenodd' as const }),
  }
}

function pathOf(name: string, attributes: Attributes): Path | undefined {
  const number = (key: string) => numbersIn(attributes.get(key))[0] ?? 0
  if (name === 'path') return readPathData(attributes.get('d') ?? '')
  if (name === 'polygon' || name === 'polyline') return readPathData(`M${attributes.get('points') ?? ''}Z`)
  if (name === 'rect') {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(number)
    const [rx, ry] = [number('rx') || number('ry'), number('ry') || number('rx')]
    if (rx === 0) return readPathData(`M${x} ${y}h${width}v${height}h${-width!}Z`)
    const [w, h] = [width! - 2 * rx, height! - 2 * ry]
    const corner = (dx: number, dy: number) => `a${rx} ${ry} 0 0 1 ${dx} ${dy}`
    return readPathData(
      `M${x! + rx} ${y}h${w}${corner(rx, ry)}v${h}${corner(-rx, ry)}h${-w}${corner(-rx, -ry)}v${-h}${corner(rx, -ry)}Z`,
    )
  }
  if (name !== 'circle' && name !== 'ellipse') return undefined
  const [rx, ry] = name === 'circle' ? [number('r'), number('r')] : [number('rx'), number('ry')]
  const half = (dx: number) => `a${rx} ${ry} 0 1 1 ${dx} 0`
  return readPathData(`M${number('cx') - rx} ${number('cy')}${half(2 * rx)}${half(-2 * rx)}Z`)
}

const NAMED: Readonly<Record<string, number>> = {
  black: 0,
  white: 1,
  red: 0.3,
  green: 0.4,
  blue: 0.1,
  yellow: 0.9,
  gold: 0.8,
  none: 1,
}

/** True for what becomes white. */
function isLight(fill: string): boolean {
  const named = NAMED[fill.toLowerCase()]
  if (named !== undefined) return named > 0.5
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(fill)?.[1]
  const rgb = /^rgb\(/.test(fill) ? numbersIn(fill) : hex && hexColours(hex)
  if (!rgb || rgb.length < 3) throw refuse(`the colour ${fill.slice(0, 40)}`)
  return (0.299 * rgb[0]! + 0.587 * rgb[1]! + 0.114 * rgb[2]!) / 255 > 0.5
}

const hexColours = (hex: string): number[] =>
  (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!).map((each) =>
    Number.parseInt(each, 16),
  )
