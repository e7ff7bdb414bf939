import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** Folders outside the project in which other people's tools are installed, once for each set of pinned versions. */

const SHELF = join(process.env.VERISTAMP_RUNTIMES ?? join(tmpdir(), 'veristamp-runtimes'))

export interface Scratch {
  readonly folder: string
  /** The file in a folder of its own, made anew. */
  write(name: string, text: string): string
  /** What a program says. @throws Error with all that it said, unless it ends well */
  run(command: string, ...args: readonly string[]): string
}

/**
 * A folder with exactly these packages from the registry, and veristamp from its archive.
 * @param packages with their versions, as in `jest@30.5.2`
 * @param node the program that runs what is started there; this process's own by default
 */
export function openScratch(name: string, packages: readonly string[], node = process.execPath): Scratch {
  const digest = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12)
  const folder = join(SHELF, `${name.replace(/\W+/g, '-')}-${digest}`)
  if (!existsSync(folder)) install(folder, packages)
  unpackInto(join(folder, 'node_modules/veristamp'))
  return {
    folder,
    write(name, text) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      return file
    },
    run(command, ...args) {
      const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, NODE_OPTIONS: '', CI: '1' }
      const { status, stdout, stderr, error } = spawnSync(command, args, {
        cwd: folder,
        encoding: 'utf8',
        env,
      })
      if (status === 0) return stdout
      throw new Error(
        `${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout}\n${stderr}`,
      )
    },
  }
}

/** In a folder that takes its place when it is whole. */
function install(folder: string, packages: readonly string[]): void {
  mkdirSync(SHELF, { recursive: true })
  const draft = mkdtempSync(join(SHELF, '.installing-'))
  writeFileSync(join(draft, 'package.json'), '{ "private": true }\n')
  const needed = [...packages, '@noble/ed25519@3.2.0', '@noble/hashes@2.4.0']
  execFileSync(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', ...needed],
    {
      cwd: draft,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  renameSync(draft, folder)
}

function unpackInto(home: string): void {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', inject('archive'), '-C', home, '--strip-components=1'])
}

/** A program that a package of the registry brings, in a scratch folder of its own. */
export function programOf(pinned: string, path: string): string {
  const scratch = openScratch(`program-${pinned}`, [pinned])
  return join(scratch.folder, 'node_modules', pinned.replace(/@[^@/]+$/, ''), path)
}

/** Puts a file of the tests into a scratch folder. */
export const copyInto = ({ folder }: Scratch, from: URL, name: string): void =>
  cpSync(fileURLToPath(from), join(folder, name))
