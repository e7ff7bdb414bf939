/** What the man page and the end of `--help` say, in English. */
export const manEn = {
  name: 'NAME',
  synopsis: 'SYNOPSIS',
  commands: 'COMMANDS',
  options: 'OPTIONS OF ALL COMMANDS',
  exit: 'EXIT STATUS',
  environment: 'ENVIRONMENT',
  more: 'SEE ALSO',
  examples: 'Examples:',
  readOn: (chapter: string) => `Read on: ${chapter}`,
  exits: [
    ['0', 'valid, or done'],
    ['1', 'invalid'],
    ['2', 'misuse or failure'],
    ['3', 'indeterminate, or not finished'],
  ] as readonly (readonly [string, string])[],
  variables: [
    ['VERISTAMP_LANG', 'the language: vi or en. Without it LC_ALL or LANG decides'],
    ['VERISTAMP_PASSPHRASE', 'the passphrase of the keys'],
    ['VERISTAMP_NEW_PASSPHRASE', 'the new one, for passphrase change'],
    ['NO_COLOR', 'no colours on a terminal, whatever its value'],
  ] as readonly (readonly [string, string])[],
  moreText: 'The chapters in docs/ beside this program, and SPEC.md for the format.',
}
