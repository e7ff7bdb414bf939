import type { Io } from './io.ts'

/** Colours for people on a terminal: none where the environment has NO_COLOR (no-color.org), or a terminal knows none. */

const CODES = { red: 31, yellow: 33, cyan: 36 } as const

/** A text for standard error. */
export function coloured({ isTerminal, env }: Io, colour: keyof typeof CODES, text: string): string {
  const isPlain = !isTerminal || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb'
  return isPlain ? text : `\u001b[${CODES[colour]}m${text}\u001b[39m`
}
