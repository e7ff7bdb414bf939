/** Outlines: what letters, stars and logos are made of, before they become PDF, SVG or dots. */

/** Moves, lines, cubic curves, and the way back to where the part began. */
export type PathStep =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

export type Path = readonly PathStep[]

/** `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export function transformed(path: Path, [a, b, c, d, e, f]: Transform): Path {
  return path.map((step) => {
    const [name, ...numbers] = step
    const moved = [
      name,
      ...numbers.map((n, i) =>
        i % 2 === 0 ? a * n + c * numbers[i + 1]! + e : b * numbers[i - 1]! + d * n + f,
      ),
    ]
    return moved as unknown as PathStep
  })
}

/** First `inner`, then `outer`. */
export const combined = (outer: Transform, inner: Transform): Transform => {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** The path as SVG writes it, with so many places behind the point. */
export function pathData(path: Path, places: number): string {
  const num = (value: number) => String(Number(value.toFixed(places)))
  return path.map(([name, ...numbers]) => name + numbers.map(num).join(' ')).join('')
}

/** Lines that a curve is cut into. */
const CUTS = 8

/** Corners, part by part, each closed: what is filled. */
export function polygonsOf(path: Path): number[][] {
  const polygons: number[][] = []
  for (const step of path) {
    if (step[0] === 'M') polygons.push([step[1], step[2]])
    else if (step[0] === 'L') polygons.at(-1)?.push(step[1], step[2])
    else if (step[0] === 'C') curve(polygons.at(-1) ?? [], step)
  }
  return polygons
}

function curve(
  polygon: number[],
  [, a, b, c, d, x, y]: Extract<PathStep, readonly ['C', ...number[]]>,
): void {
  const [fromX, fromY] = [polygon.at(-2) ?? a, polygon.at(-1) ?? b]
  for (let cut = 1; cut <= CUTS; cut++) {
    const t = cut / CUTS
    const s = 1 - t
    const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    polygon.push(p * fromX + q * a + r * c + u * x, p * fromY + q * b + r * d + u * y)
  }
}

/** A quadratic curve as the cubic one that it is. */
export const quadratic = (
  fromX: number,
  fromY: number,
  a: number,
  b: number,
  x: number,
  y: number,
): PathStep => [
  'C',
  fromX + (2 / 3) * (a - fromX),
  fromY + (2 / 3) * (b - fromY),
  x + (2 / 3) * (a - x),
  y + (2 / 3) * (b - y),
  x,
  y,
]

export const rectangle = (x: number, y: number, width: number, height: number): Path => [
  ['M', x, y],
  ['L', x + width, y],
  ['L', x + width, y + height],
  ['L', x, y + height],
  ['Z'],
]

/** Five-pointed stars in a row. */
export function starPath(count: number, left: number, top: number, size: number): Path {
  const inner = 0.382 // of the outer radius: edges in line with each other
  const steps: PathStep[] = []
  for (let index = 0; index < count; index++) {
    const [x, y] = [left + (index + 0.5) * size * 1.08, top + size / 2]
    for (let corner = 0; corner < 10; corner++) {
      const radius = (size / 2) * (corner % 2 === 0 ? 1 : inner)
      const angle = (corner * Math.PI) / 5
      steps.push([corner === 0 ? 'M' : 'L', x + radius * Math.sin(angle), y - radius * Math.cos(angle)])
    }
    steps.push(['Z'])
  }
  return steps
}
