import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * All that `veristamp/verify` is made of goes into one file, `core`, which the other doors share: a dozen small chunks
 * would take Node three times as long to load.
 */
export interface Core {
  readonly modules: ReadonlySet<string>
  /** A module that exports all that they export. */
  readonly entry: string
}

/** Reads the imports of `door`, and writes the entry to `entry`. */
export function makeCore(door: string, entry: string): Core {
  const modules = new Set<string>()
  const follow = (file: string): void => {
    if (modules.has(file)) return
    modules.add(file)
    for (const imported of importsOf(file)) follow(imported)
  }
  for (const imported of importsOf(door)) follow(imported)
  mkdirSync(dirname(entry), { recursive: true })
  writeFileSync(
    entry,
    [...modules]
      .sort()
      .map((file) => `export * from ${JSON.stringify(file)}\n`)
      .join(''),
  )
  return { modules, entry }
}

/** The modules here that one imports, types aside. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^']*? from '(\.[^']*)'/gm)].map(
    ([, path]) => resolve(dirname(file), path!),
  )

/** Asks `core` for what is in it, under the name that the file has in this build. */
export const shareCore = ({ modules }: Core, name: string): Plugin => ({
  name: 'share the core',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
      modules.has(resolve(resolveDir, path))
        ? { path: `./${name}`, external: true, sideEffects: false }
        : undefined,
    )
  },
})
