import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
)

export interface Outcome {
  readonly signal: NodeJS.Signals | null
  /** What the last line says; empty for a process that was killed. */
  readonly said: {
    id?: string
    first?: number
    last?: number
    flushes?: number
    code?: string
    message?: string
  }
}

export interface ChildOptions {
  /** The flush after which it kills itself. */
  readonly killAt?: number
  /** Milliseconds after it has begun. */
  readonly killAfter?: number
  readonly begin?: 'always'
  /** What it is started by, such as a shell that sets limits. */
  readonly through?: readonly string[]
}

/** Which job; a number is a job of so many stamps without sheets, and `threads` the plain one laid out by a thread. */
export type Kind = 'sealed' | 'plain' | 'threads' | number

export interface Children {
  run(journal: string, kind: Kind, options?: ChildOptions): Promise<Outcome>
  remove(): void
}

/** Processes that print runs. The bundle lies where its packages are found. */
export function buildChildren(): Children {
  const build = mkdtempSync(fileURLToPath(new URL('../../node_modules/.run-child-', import.meta.url)))
  const bundle = join(build, 'child.mjs')
  buildSync({
    entryPoints: [fileURLToPath(new URL('../support/run-child.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  return {
    remove: () => rmSync(build, { recursive: true }),
    run(journal, kind, { killAt = 0, killAfter, begin, through = [] } = {}) {
      const line = [
        ...through,
        process.execPath,
        bundle,
        journal,
        String(kind),
        FONT,
        String(killAt),
        begin ?? '',
      ]
      const child = spawn(line[0]!, line.slice(1))
      let [printed, errors] = ['', '']
      child.stderr.on('data', (data) => (errors += data))
      child.stdout.on('data', (data) => {
        if (printed === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
        printed += data
      })
      return new Promise((resolve, reject) => {
        child.on('error', reject)
        child.on('close', (code, signal) => {
          if (errors !== '') return reject(new Error(`exit ${code}: ${errors}`))
          const last = printed.trim().split('\n').at(-1) ?? ''
          resolve({ signal, said: last.startsWith('{') ? JSON.parse(last) : {} })
        })
      })
    },
  }
}
