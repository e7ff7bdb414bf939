import { readFile, writeFile } from 'node:fs/promises'
import { type ResultRow, readRows } from './results.ts'

const PERFORMANCE = new URL('../../docs/performance.md', import.meta.url)
const README = new URL('../../README.md', import.meta.url)
const [BEGIN, END] = ['<!-- bench: npm run bench writes what follows -->\n', '<!-- bench: end -->']

/** The main ratios: bench, how its subject begins, its peer, and what to call the pair. */
const SHOWN: readonly (readonly [string, string, string, string])[] = [
  ['verify-many', 'wasm-simd, one key', 'node:crypto', 'verify a batch, bare signatures, WebAssembly'],
  ['verify-many', 'wasm-simd, one key', 'sodium-native', 'the same'],
  ['verify-many', 'wasm-simd, one key', '@noble/ed25519', 'the same'],
  [
    'verify-many',
    'verifyMany',
    'node:crypto',
    '`verifyMany`, from text to verdict; the peer its bare signatures',
  ],
  ['verify-many', 'verifyMany', 'jose, compact JWT', 'the same; the peer a JWT of the same facts'],
  ['verify-many', 'verifyMany', '@auth0/cose, Sign1', 'the same; the peer a COSE_Sign1'],
  ['verify-many', 'verifyMany', 'verifyMany, wasm-simd, one core', 'the same, by a pool on all cores'],
  ['sign', 'issueMany, KeyObject', 'node:crypto', '`issueMany`, to the code; the peer its bare signatures'],
]

/** Puts the main ratios into docs/performance.md, between its marks, and the speed into the README's sentence. */
export async function renewPages(): Promise<void> {
  const rows = await readRows()
  const page = await readFile(PERFORMANCE, 'utf8')
  const [start, end] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)]
  if (start < BEGIN.length || end < start)
    throw new Error('docs/performance.md: the marks of the bench are missing')
  await writeFile(PERFORMANCE, `${page.slice(0, start)}\n${tableOf(rows)}\n\n${page.slice(end)}`)
  const readme = await readFile(README, 'utf8')
  await writeFile(README, readme.replace(/\d+(?=,000 stamps a second)/, thousandsASecond(rows)))
}

function tableOf(rows: readonly ResultRow[]): string {
  const shown = SHOWN.flatMap(([bench, subject, peer, name]) => {
    const row = rows.find(
      (row) => row.bench === bench && row.subject.startsWith(subject) && row.peer === peer,
    )
    return row === undefined ? [] : [lineOf(row, name)]
  })
  const { machine, node, date } = rows.find(({ bench }) => bench === 'verify-many') ?? {}
  return [
    '| what | peer | times as fast | one takes |',
    '|---|---|---|---|',
    ...shown,
    '',
    `Medians, one core but for the pool, on ${machine}, Node ${node}, ${date}.`,
  ].join('\n')
}

/** Of whole verdicts, by the WebAssembly engine. */
export function thousandsASecond(rows: readonly ResultRow[]): string {
  const row = rows.find(
    ({ bench, subject }) => bench === 'verify-many' && subject === 'verifyMany, wasm-simd, one core',
  )
  return (1e3 / row!.medianMicroseconds!).toFixed(0)
}

const lineOf = ({ peer, ratio, medianMicroseconds }: ResultRow, name: string): string =>
  `| ${name} | ${peer} | ${ratio!.toFixed(ratio! < 10 ? 1 : 0)} | ${medianMicroseconds!.toPrecision(3)} µs |`
