import type { Tone } from './answer.ts'
import { drawing } from './dom.ts'

/** A shape of its own for each tone: colour alone tells nothing to those who don't see it. */
const SHAPES: Readonly<Record<Tone, readonly [shape: string, lines: string]>> = {
  good: ['M50 3a47 47 0 1 1-.01 0z', 'M27 52l16 16 31-35'],
  copy: ['M50 4l47 88H3z', 'M50 36v26M50 74v5'],
  bad: ['M31 4h38l27 27v38l-27 27h-38l-27-27v-38z', 'M33 33l34 34M67 33l-34 34'],
  unsure: [
    'M16 5h68q11 0 11 11v68q0 11-11 11h-68q-11 0-11-11v-68q0-11 11-11z',
    'M36 38q0-14 14-14t14 14q0 9-8 13t-6 11M50 75v3',
  ],
}

export const shapeOf = (tone: Tone): SVGSVGElement => drawing(...SHAPES[tone])
