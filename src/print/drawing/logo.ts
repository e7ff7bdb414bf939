import {
  type ArgumentTable,
  checkTable,
  ifGiven,
  listOf,
  numberFrom,
  oneOf,
  textOf,
} from '../../lib/arguments.ts'
import { argumentRange } from '../../lib/errors.ts'
import type { Path, PathStep } from './path.ts'

/**
 * An authority's logo as labels print it, in one colour: shapes, or dots. Plain JSON, so that a run's record keeps it.
 */
export interface Logo {
  readonly width: number
  readonly height: number
  /** Paths as SVG writes them, of M, L, C and Z alone, painted one over the other. */
  readonly shapes?: readonly LogoShape[] | undefined
  /** `width` × `height` dots, dark ones 1, each row in whole bytes: in hexadecimal. */
  readonly bits?: string | undefined
}

export interface LogoShape {
  readonly path: string
  /** What it is filled with: black by default. */
  readonly fill?: 'white' | undefined
  /** Where every second outline is a hole. */
  readonly rule?: 'evenodd' | undefined
}

export const MAX_LOGO_DOTS = 256
/** Letters of a logo, so that a record has room for it. */
export const MAX_LOGO = 24_000
const MAX_SHAPES = 500

const shape: ArgumentTable<LogoShape> = {
  path: textOf(MAX_LOGO),
  fill: ifGiven(oneOf('white')),
  rule: ifGiven(oneOf('evenodd')),
}
const fields: ArgumentTable<Logo> = {
  width: numberFrom(0.001, 1e6),
  height: numberFrom(0.001, 1e6),
  shapes: ifGiven(listOf((place, value) => checkTable(place, value as LogoShape, shape), 1, MAX_SHAPES)),
  bits: ifGiven(textOf(MAX_LOGO)),
}

/** @throws an argument error */
export function checkLogo(place: string, value: unknown): void {
  const { width, height, shapes, bits } = checkTable(place, value as Logo, fields)
  if ((shapes === undefined) === (bits === undefined))
    throw argumentRange(place, 'shapes or bits, one of them', shapes === undefined ? 'none' : 'both')
  for (const [i, { path }] of (shapes ?? []).entries()) {
    if (!PATH.test(path)) throw argumentRange(`${place}.shapes[${i}].path`, 'a path of M, L, C and Z', path)
  }
  if (bits === undefined) return
  const isWhole = [width, height].every((side) => Number.isInteger(side) && side <= MAX_LOGO_DOTS)
  if (!isWhole) throw argumentRange(place, `dots of at most ${MAX_LOGO_DOTS} a side`, `${width} × ${height}`)
  const length = Math.ceil(width / 8) * height
  if (!/^[0-9a-f]*$/.test(bits) || bits.length !== 2 * length)
    throw argumentRange(`${place}.bits`, `${length} bytes in hexadecimal`, bits)
}

const NUMBER = String.raw`-?\d{1,7}(?:\.\d{1,6})?`
const numbers = (count: number) => Array(count).fill(NUMBER).join('[ ,]')
const STEP = `M${numbers(2)}|L${numbers(2)}|C${numbers(6)}|Z`
const PATH = new RegExp(`^M${numbers(2)}(?:${STEP})*$`)

/** The steps of a shape that was checked. */
export function shapePath({ path }: LogoShape): Path {
  return [...path.matchAll(/([MLCZ])([^MLCZ]*)/g)].map(([, name, rest]) => {
    const values = rest === '' ? [] : rest!.split(/[ ,]/).map(Number)
    return [name, ...values] as unknown as PathStep
  })
}

/** The bytes of its dots. */
export const logoBits = ({ bits = '' }: Logo): Uint8Array =>
  Uint8Array.from({ length: bits.length / 2 }, (_, i) => Number.parseInt(bits.slice(2 * i, 2 * i + 2), 16))
