import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { once } from '../support/once.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** The package's doors as an app names them: `veristamp`, `veristamp/verify`, … */
export const doors = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace('.', 'veristamp'))

export interface Installed {
  readonly folder: string
  remove(): void
}

/** A folder of an app that has installed exactly what `npm publish` would upload, and its dependencies. */
export async function installPacked(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-app-'))
  cpSync(await once('app', install), folder, { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function install(folder: string): void {
  const modules = join(folder, 'node_modules')
  const home = join(modules, 'veristamp')
  mkdirSync(home, { recursive: true })
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
  execFileSync('tar', ['-xzf', archive, '-C', home, '--strip-components=1'], { cwd: folder })
  copyModules(Object.keys(manifest.dependencies), join(ROOT, 'node_modules'), modules)
  cpSync(new URL('main-job.js', import.meta.url), join(folder, 'main-job.mjs'))
}

/** Our own dependencies, but none of our development tools by a forgotten import. */
function copyModules(packages: readonly string[], from: string, to: string): void {
  for (const name of packages) cpSync(join(from, name), join(to, name), { recursive: true })
}
