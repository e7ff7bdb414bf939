import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages whose code or files travel in ours. */

export interface Bundled {
  readonly name: string
  readonly version: string
  /** SPDX identifier or expression. */
  readonly license: string
  /** Its licence as its authors wrote it, or their statement where they ship no text. */
  readonly text: string
  /** Its package URL, where it is no package of npm. */
  readonly purl?: string | undefined
}

/** What esbuild says of a build, as far as it is read. */
export interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >
}

/** The folders of all packages of which a build has code, in order: `node_modules/pdfkit`. */
export function foldersIn(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  )
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [])
  return [...new Set(folders)].sort()
}

/** What a package says of itself. @throws Error for one that states no licence */
export function describePackage(folder: string): Bundled {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as PackageFile
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
  const text = file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim()
  const stated = license ?? (text !== undefined && /\bMIT License\b/i.test(text) ? 'MIT' : undefined)
  if (stated === undefined) throw new Error(`${folder} states no licence: it can't be bundled`)
  const holder = typeof author === 'string' ? author : author?.name
  return {
    name,
    version,
    license: stated,
    text: text ?? `${stated}, as its package.json says. Copyright ${holder}`,
  }
}

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly license?: string | undefined
  readonly author?: string | { readonly name: string } | undefined
}
