import { type Path, type PathStep, quadratic } from './path.ts'

/** The paths of SVG files (SVG 1.1 §8.3), as moves, lines, cubic curves and ways back. */

const TOKEN = /([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)/gs
const LENGTHS: Readonly<Record<string, number>> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  s: 4,
  q: 4,
  t: 2,
  a: 7,
  z: 0,
}
const MAX_STEPS = 20_000

interface Pen {
  x: number
  y: number
  /** Where the part began. */
  startX: number
  startY: number
  /** The last control point, for the curves that go on from it. */
  controlX: number
  controlY: number
  /** The command before, in small letters. */
  before: string
}

/** Undefined if the text is not a path, or too long. */
export function readPathData(data: string): Path | undefined {
  const steps: PathStep[] = []
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, controlX: 0, controlY: 0, before: '' }
  for (const [command, numbers] of commandsIn(data) ?? []) {
    const name = command.toLowerCase()
    const length = LENGTHS[name]!
    if (length === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % length > 0)
      return undefined
    if (steps.length === 0 && name !== 'm') return undefined
    for (let at = 0; at < Math.max(1, numbers.length); at += Math.max(1, length)) {
      // After the first pair a move goes on with lines.
      const own = name === 'm' && at > 0 ? 'l' : name
      steps.push(...draw(pen, own, command === name, numbers.slice(at, at + length)))
      pen.before = own
      if (steps.length > MAX_STEPS) return undefined
    }
  }
  return steps.length === 0 ? undefined : steps
}

/** Flags of arcs may stand without a space before the next number. */
function commandsIn(data: string): [string, number[]][] | undefined {
  const commands: [string, number[]][] = []
  for (const [, command, number, , other] of spacedFlags(data).matchAll(TOKEN)) {
    if (other !== undefined || (number !== undefined && commands.length === 0)) return undefined
    if (command !== undefined) commands.push([command, []])
    else if (number !== undefined) commands.at(-1)![1].push(Number(number))
  }
  return commands
}

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[\s,]*`
const ARC = new RegExp(`(${NUMBER}${NUMBER}${NUMBER})([01])[\\s,]*([01])[\\s,]*(${NUMBER}${NUMBER})`, 'g')
const spacedFlags = (data: string): string =>
  data.replace(/[aA][^a-zA-Z]*(?:[eE][^a-zA-Z]*)*/g, (arc) => arc.replace(ARC, '$1 $2 $3 $4 '))

function draw(pen: Pen, name: string, isRelative: boolean, given: readonly number[]): PathStep[] {
  const { x, y } = pen
  const [dx, dy] = isRelative ? [x, y] : [0, 0]
  if (name === 'z') {
    pen.x = pen.startX
    pen.y = pen.startY
    return [['Z']]
  }
  if (name === 'a') return arc(pen, given, given[5]! + dx, given[6]! + dy)
  const points =
    name === 'h'
      ? [given[0]! + dx, y]
      : name === 'v'
        ? [x, given[0]! + dy]
        : given.map((n, i) => n + (i % 2 === 0 ? dx : dy))
  const [endX, endY] = [points.at(-2)!, points.at(-1)!]
  const [a = 0, b = 0, c = 0, d = 0] = points
  pen.x = endX
  pen.y = endY
  if (name === 'm') {
    pen.startX = endX
    pen.startY = endY
    return [['M', endX, endY]]
  }
  if (name === 'c' || name === 's') {
    const first = name === 'c' ? [a, b] : reflected(pen, x, y, /[cs]/)
    const second = name === 'c' ? [c, d] : [a, b]
    pen.controlX = second[0]!
    pen.controlY = second[1]!
    return [['C', first[0]!, first[1]!, second[0]!, second[1]!, endX, endY]]
  }
  if (name === 'q' || name === 't') {
    const [cx, cy] = name === 'q' ? [a, b] : reflected(pen, x, y, /[qt]/)
    pen.controlX = cx
    pen.controlY = cy
    return [quadratic(x, y, cx, cy, endX, endY)]
  }
  return [['L', endX, endY]]
}

const reflected = (
  { controlX, controlY, before }: Pen,
  x: number,
  y: number,
  kind: RegExp,
): [number, number] => (kind.test(before) ? [2 * x - controlX, 2 * y - controlY] : [x, y])

/** An arc of an ellipse as curves (SVG 1.1, F.6.5). */
function arc(
  pen: Pen,
  [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0]: readonly number[],
  x: number,
  y: number,
): PathStep[] {
  const [fromX, fromY] = [pen.x, pen.y]
  pen.x = x
  pen.y = y
  if (rx === 0 || ry === 0) return [['L', x, y]]
  const angle = (turn * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [halfX, halfY] = [(fromX - x) / 2, (fromY - y) / 2]
  const [px, py] = [cos * halfX + sin * halfY, cos * halfY - sin * halfX]
  const grow = Math.max(1, Math.sqrt((px / rx) ** 2 + (py / ry) ** 2))
  const [a, b] = [Math.abs(rx) * grow, Math.abs(ry) * grow]
  const left =
    Math.max(0, (a * b) ** 2 - (a * py) ** 2 - (b * px) ** 2) / ((a * py) ** 2 + (b * px) ** 2 || 1)
  const factor = (large === sweep ? -1 : 1) * Math.sqrt(left)
  const [qx, qy] = [(factor * a * py) / b, (-factor * b * px) / a]
  const [cx, cy] = [cos * qx - sin * qy + (fromX + x) / 2, sin * qx + cos * qy + (fromY + y) / 2]
  const start = Math.atan2((py - qy) / b, (px - qx) / a)
  let span = Math.atan2((-py - qy) / b, (-px - qx) / a) - start
  if (sweep === 1 && span < 0) span += 2 * Math.PI
  if (sweep === 0 && span > 0) span -= 2 * Math.PI
  const parts = Math.max(1, Math.ceil(Math.abs(span) / (Math.PI / 2) - 1e-9))
  const each = span / parts
  const reach = (4 / 3) * Math.tan(each / 4)
  const place = (u: number, v: number): [number, number] => [
    cx + a * u * cos - b * v * sin,
    cy + a * u * sin + b * v * cos,
  ]
  return Array.from({ length: parts }, (_, i): PathStep => {
    const [t, u] = [start + i * each, start + (i + 1) * each]
    const first = place(Math.cos(t) - reach * Math.sin(t), Math.sin(t) + reach * Math.cos(t))
    const second = place(Math.cos(u) + reach * Math.sin(u), Math.sin(u) - reach * Math.cos(u))
    const end = i === parts - 1 ? ([x, y] as const) : place(Math.cos(u), Math.sin(u))
    return ['C', ...first, ...second, ...end]
  })
}
