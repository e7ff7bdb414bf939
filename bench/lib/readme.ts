import { readFile, writeFile } from 'node:fs/promises'
import { type ResultRow, readRows } from './results.ts'

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

/** Puts the main ratios into the README, between its marks. */
export async function renewReadme(): Promise<void> {
  const rows = await readRows()
  const shown = SHOWN.flatMap(([bench, subject, peer, name]) => {
    const row = rows.find(
      (row) => row.bench === bench && row.subject.startsWith(subject) && row.peer === peer,
    )
    return row === undefined ? [] : [lineOf(row, name)]
  })
  const { machine, node, date } = rows.find(({ bench }) => bench === 'verify-many') ?? {}
  const table = [
    '| what | peer | times as fast | one takes |',
    '|---|---|---|---|',
    ...shown,
    '',
    `Medians, one core but for the pool, on ${machine}, Node ${node}, ${date}.`,
  ]
  const readme = await readFile(README, 'utf8')
  const [start, end] = [readme.indexOf(BEGIN) + BEGIN.length, readme.indexOf(END)]
  if (start < BEGIN.length || end < start) throw new Error('README.md: the marks of the bench are missing')
  await writeFile(README, `${readme.slice(0, start)}\n${table.join('\n')}\n\n${readme.slice(end)}`)
}

const lineOf = ({ peer, ratio, medianMicroseconds }: ResultRow, name: string): string =>
  `| ${name} | ${peer} | ${ratio!.toFixed(ratio! < 10 ? 1 : 0)} | ${medianMicroseconds!.toPrecision(3)} µs |`
