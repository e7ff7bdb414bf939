/**
 * Codes that begin with `-` are texts, not options. Commander can't know, so such words pass it behind a NUL, which no
 * word of a command line can have.
 */

/** Longer than any group of short options. */
const MAX_GROUP = 64
/** The commands that take codes. */
const TAKE_CODES = ['verify', 'inspect']

const isCode = (word: string): boolean =>
  /^-[^-]/.test(word) && (/^-[^A-Za-z]/.test(word) || word.length > MAX_GROUP)

export const hideDashes = (argv: readonly string[]): string[] =>
  argv.some((word) => TAKE_CODES.includes(word))
    ? argv.map((word) => (isCode(word) ? `\0${word}` : word))
    : [...argv]

export const showDashes = (word: string): string => word.replace(/^\0/, '')
