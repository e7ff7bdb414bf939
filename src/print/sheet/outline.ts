import { type Path, type PathStep, quadratic } from '../drawing/path.ts'

/** A font as fontkit reads it. */
export interface OutlineFont {
  readonly unitsPerEm: number
  readonly ascent: number
  layout(text: string): {
    readonly glyphs: readonly { readonly path: { readonly commands: readonly Command[] } }[]
    readonly positions: readonly {
      readonly xAdvance: number
      readonly xOffset: number
      readonly yOffset: number
    }[]
  }
}

interface Command {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
  readonly args: readonly number[]
}

export interface LineOutline {
  readonly path: Path
  readonly width: number
}

/** A line as a font shapes it. */
export function lineOutline(font: OutlineFont, text: string): LineOutline {
  const { unitsPerEm } = font
  const { glyphs, positions } = font.layout(text)
  const path: PathStep[] = []
  let x = 0
  for (const [i, { xAdvance, xOffset, yOffset }] of positions.entries()) {
    path.push(
      ...stepsOf(glyphs[i]!.path.commands, (x + xOffset) / unitsPerEm, yOffset / unitsPerEm, unitsPerEm),
    )
    x += xAdvance
  }
  return { path, width: x / unitsPerEm }
}

/** A letter's commands as steps, moved to its place. */
function stepsOf(commands: readonly Command[], x: number, y: number, em: number): PathStep[] {
  const steps: PathStep[] = []
  let [lastX, lastY] = [0, 0]
  for (const { command, args } of commands) {
    const at = args.map((value, i) => value / em + (i % 2 === 0 ? x : y))
    const [a = 0, b = 0, c = 0, d = 0] = at
    if (command === 'closePath') steps.push(['Z'])
    else if (command === 'quadraticCurveTo') steps.push(quadratic(lastX, lastY, a, b, c, d))
    else if (command === 'bezierCurveTo') steps.push(['C', a, b, c, d, at[4]!, at[5]!])
    else steps.push([command === 'moveTo' ? 'M' : 'L', a, b])
    ;[lastX, lastY] = [at.at(-2) ?? lastX, at.at(-1) ?? lastY]
  }
  return steps
}
