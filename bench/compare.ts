import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compareRounds, type Round } from './lib/compare.ts'
import type { ResultRow } from './lib/results.ts'

/**
 * `npm run bench -- --compare [--with COMMIT] [--rounds N] NAME…`: benches of this tree and of another commit, the one
 * before by default, take turns, each in a process of its own. Exits with 1 where a row dropped.
 */

const root = fileURLToPath(new URL('../', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    compare: { type: 'boolean' },
    with: { type: 'string', default: 'HEAD^' },
    rounds: { type: 'string', default: '5' },
  },
})
const rounds = Number(values.rounds)
if (!Number.isSafeInteger(rounds) || rounds < 1 || positionals.length === 0) {
  console.error('Usage: npm run bench -- --compare [--with COMMIT] [--rounds N] NAME…')
  process.exit(2)
}

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

const scratch = mkdtempSync(join(tmpdir(), 'veristamp-compare-'))
/** A tree of its own for a commit, built. */
function treeOf(name: string, commit: string): string {
  const tree = join(scratch, name)
  git('worktree', 'add', '--quiet', '--detach', tree, commit)
  symlinkSync(resolve(root, 'node_modules'), join(tree, 'node_modules'))
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: tree, stdio: ['ignore', 'ignore', 'inherit'] })
  return tree
}

function measure(tree: string): ResultRow[] {
  execFileSync('npm', ['run', '--silent', 'bench', '--', ...positionals], { cwd: tree, stdio: 'ignore' })
  const { rows } = JSON.parse(readFileSync(join(tree, 'bench/results.json'), 'utf8')) as { rows: ResultRow[] }
  return rows.filter(({ bench }) => positionals.includes(bench))
}

try {
  const older = git('rev-parse', '--verify', `${values.with}^{commit}`)
  // With what is not committed yet; what git does not know is left out.
  const newer = git('stash', 'create') || git('rev-parse', 'HEAD')
  const trees = [treeOf('older', older), treeOf('newer', newer)] as const
  const done: Round[] = []
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round} of ${rounds}`)
    // Who goes first takes turns too.
    const [first, second] = round % 2 === 1 ? trees : [trees[1], trees[0]]
    const [one, other] = [measure(first), measure(second)]
    done.push(round % 2 === 1 ? [one, other] : [other, one])
  }
  const comparisons = compareRounds(done)
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
  console.log(`${newer.slice(0, 8)} beside ${older.slice(0, 8)}: above 100 % is faster`)
  console.table(
    comparisons.map(({ row, change, deviation, isDrop }) => ({
      row,
      change: percent(change),
      deviation: percent(deviation),
      drop: isDrop ? 'DROP' : '',
    })),
  )
  if (comparisons.length === 0) console.error('Both trees have no timed row in common.')
  process.exitCode = comparisons.length === 0 || comparisons.some(({ isDrop }) => isDrop) ? 1 : 0
} finally {
  rmSync(scratch, { recursive: true, force: true })
  git('worktree', 'prune')
}
