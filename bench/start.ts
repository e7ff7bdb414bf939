import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

/** `veristamp verify CODE` from the shell to its verdict, beside Node that starts and does nothing. It needs a build. */
const ROUNDS = 15
const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const REGISTRY = fileURLToPath(new URL('../examples/quang-ninh/', import.meta.url))

export async function run(): Promise<Measurement[]> {
  const project = mkdtempSync(join(tmpdir(), 'veristamp-bench-'))
  const veristamp = (...args: string[]) =>
    execFileSync(process.execPath, [PROGRAM, '--dir', project, '--yes', '--lang', 'en', ...args], {
      encoding: 'utf8',
    })
  const csv = (name: string) => `${REGISTRY}${name}.csv`
  veristamp('init', 'tem.example', '--facilities', csv('facilities'), '--products', csv('products'))
  veristamp('keygen', '--no-encrypt')
  veristamp('trust', 'build')
  veristamp('issue', '--product', '104', '--count', '10')
  veristamp('list')
  const codes = readFileSync(join(project, 'runs/12-104-1-1/codes.csv'), 'utf8')
  const [, code] = /^"1","(.*)"$/m.exec(codes)!
  const verify = async () => {
    if (!veristamp('verify', code!).includes('#1: valid')) throw new Error('no verdict')
  }
  const node = async () => void execFileSync(process.execPath, ['-e', '0'])
  const timings = await interleave({ verify, node }, { rounds: ROUNDS, items: 1 })
  rmSync(project, { recursive: true })
  const { median, spread } = timings.verify!
  return [
    {
      ...{ subject: 'veristamp verify CODE', peer: 'node -e 0' },
      ...{ ratio: timings.node!.median / median, medianMicroseconds: median, spread },
    },
  ]
}
