import type { Raster } from './raster.ts'

/** An element of an XML document that holds no text. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
}

const TAG = /<(?<close>\/?)(?<name>[a-zA-Z]+)(?<attributes>(?: [a-zA-Z-]+="[^"<&]*")*)(?<empty>\/?)>/y

/** The root of a document of nothing but elements, well-formed as XML has it. */
export function parseXml(document: string): XmlElement {
  const text = document.trimEnd()
  const open: XmlElement[] = [{ name: 'document', attributes: new Map(), children: [] }]
  TAG.lastIndex = 0
  while (TAG.lastIndex < text.length) {
    const at = TAG.lastIndex
    const { close, name, attributes, empty } = TAG.exec(text)?.groups ?? {}
    if (name === undefined) throw new Error(`no tag at ${at}: ${text.slice(at, at + 40)}`)
    if (close === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
      continue
    }
    const element = { name, attributes: parseAttributes(attributes ?? ''), children: [] }
    open.at(-1)!.children.push(element)
    if (empty !== '/') open.push(element)
  }
  const [document_, ...unclosed] = open
  if (unclosed.length > 0 || document_?.children.length !== 1) throw new Error('not one closed root')
  return document_.children[0]!
}

function parseAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name, value] of text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)) {
    if (attributes.has(name!)) throw new Error(`${name} twice`)
    attributes.set(name!, value!)
  }
  return attributes
}

/** What an SVG of black and white paths with straight edges shows, one unit a pixel. */
export function rasterise(svg: XmlElement): Raster {
  const [x, y, side, height] = svg.attributes.get('viewBox')!.split(' ').map(Number)
  if (x !== 0 || y !== 0 || side !== height) throw new Error('not a square at 0 0')
  // What no path has painted is 2: a hole that the paper would show through.
  const dark = new Uint8Array(side! * side!).fill(2)
  for (const { attributes } of svg.children) {
    const ink = attributes.get('fill') === '#fff' ? 0 : 1
    for (const [at, inside] of coverage(attributes.get('d')!, side!).entries())
      if (inside === 1) dark[at] = ink
  }
  return { side: side!, dark }
}

/** The unit squares inside a path, by the even-odd rule: each upright edge turns over all to its right. */
function coverage(path: string, side: number): Uint8Array {
  const inside = new Uint8Array(side * side)
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const goTo = (toX: number, toY: number) => {
    if (toX !== x && toY !== y) throw new Error('a slanted edge')
    for (let row = Math.min(y, toY); row < Math.max(y, toY); row++) {
      for (let column = x; column < side; column++) inside[row * side + column]! ^= 1
    }
    ;[x, y] = [toX, toY]
  }
  if (!/^(?:M\d+ \d+|[hvHV]-?\d+|z)*$/.test(path)) throw new Error(`not a path: ${path.slice(0, 40)}`)
  for (const [, command, first, second] of path.matchAll(/([MhvHVz])(-?\d+)?(?: (\d+))?/g)) {
    const value = Number(first)
    if (command === 'M') [x, y, startX, startY] = [value, Number(second), value, Number(second)]
    else if (command === 'h') goTo(x + value, y)
    else if (command === 'v') goTo(x, y + value)
    else if (command === 'H') goTo(value, y)
    else if (command === 'V') goTo(x, value)
    else goTo(startX, startY)
  }
  return inside
}
