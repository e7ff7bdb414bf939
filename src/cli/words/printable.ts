/**
 * Text from elsewhere (file names, run ids, registries, what a program said) could move a terminal's cursor, hide
 * what was said before it, or turn its direction: letters of the kinds control, format, unassigned and private use.
 */

/** A piece of text inside a line: without such letters, line ends among them. */
export const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')

/** Whole lines for people: the same, but for line ends and tabs. */
export const printableLines = (text: string): string => text.replace(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, '�')

/** A line of JSON, such letters escaped: a program reads the same value. */
export const jsonLine = (value: object): string =>
  `${JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)}\n`

const escaped = (letter: string): string =>
  [...Array(letter.length).keys()]
    .map((i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, '0')}`)
    .join('')

/** A table of words that makes all texts printable that are put into them. */
export function carefulWords<T>(words: T): T {
  if (typeof words === 'function') return ((...args: unknown[]) => words(...args.map(careful))) as T
  return isRecord(words) ? (mapped(words, carefulWords) as T) : words
}

function careful(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(careful)
  return isRecord(value) ? mapped(value, careful) : value
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  Object.getPrototypeOf(value ?? 0) === Object.prototype

const mapped = (value: Record<string, unknown>, change: (each: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name, change(each)]))
