/** The glyph that fonts draw for letters that they lack (`.notdef`): an empty box, as a rule. */
const MISSING = '0000'

/** The glyphs that an operator sets, four digits each. */
export const glyphsIn = (line: string): string[] =>
  [...line.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])

export const hasMissing = (lines: readonly string[]): boolean =>
  lines.some((line) => glyphsIn(line).includes(MISSING))

/** Scripts whose letters are set one by one: where a font has each of them, it has the line. */
export const SIMPLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u
