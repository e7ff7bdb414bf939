import type { Bundled } from './bundled.ts'

const HEAD = `veristamp has parts of other projects inside. This file names each, with its licence, as those licences ask.
It is made by the build.
`

const RULE = '-'.repeat(80)

/** The text of THIRD-PARTY-NOTICES. */
export const noticesOf = (bundled: readonly Bundled[]): string =>
  [HEAD, ...bundled.map(section)].join(`\n${RULE}\n\n`)

const section = ({ name, version, license, text }: Bundled): string =>
  `${name} ${version} (${license})\n\n${text.replace(/\r\n/g, '\n')}\n`
