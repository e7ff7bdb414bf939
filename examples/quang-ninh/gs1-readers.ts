import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What reads a printed link: a scanner, and a till that knows nothing of veristamp. */

/** The symbols on the first page of a PDF, as zbar reads them. */
export function readPrint(pdf: string): { readonly texts: readonly string[]; readonly skipped?: string } {
  const missing = [
    ['zbarimg', '--version', 'zbar-tools'] as const,
    ['pdftoppm', '-v', 'poppler-utils'] as const,
  ].find(([program, option]) => spawnSync(program, [option]).status !== 0)
  if (missing) return { texts: [], skipped: `${missing[2]} is not installed` }
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
  try {
    const page = join(folder, 'page')
    execFileSync('pdftoppm', ['-r', '300', '-gray', '-png', '-singlefile', pdf, page])
    const read = execFileSync('zbarimg', ['--quiet', '--raw', `${page}.png`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'], // it complains where there is no D-Bus
    })
    return { texts: read.trimEnd().split('\n') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The elements that a till takes out of a link: keys of digits in the path and in the query, all else passed over. */
export function asTill(link: string): ReadonlyMap<string, string> {
  const { pathname, searchParams } = new URL(link)
  const steps = pathname.split('/').map(decodeURIComponent)
  const path = steps.slice(steps.lastIndexOf('01'))
  const pairs = path.flatMap((key, at) => (at % 2 === 0 ? [[key, path[at + 1] ?? ''] as const] : []))
  const query = [...searchParams].filter(([key]) => /^\d{2,4}$/.test(key))
  return new Map([...pairs, ...query].sort(([a], [b]) => Number(a) - Number(b)))
}
