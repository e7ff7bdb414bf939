import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/**
 * Makes one file of a program that tests start in processes of its own, many times: with all its packages in it, it starts
 * in half the time. What is asked for by name while it runs, such as `pg`, is looked for from where the file lies.
 * @param entry from this folder
 */
export function bundleProgram(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm' },
    external: ['pg', 'sodium-native'],
    // For packages that are CommonJS.
    banner: {
      js: "import { createRequire as from } from 'node:module'\nconst require = from(import.meta.url)",
    },
  })
}
