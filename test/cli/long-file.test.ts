import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { share } from '../support/laws.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** Files that all cores check, beside the same bytes from standard input, which one does. */

/** As it was built; `npm test` builds first. */
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

let desk: Desk & Disposable
let codes: readonly string[]
beforeAll(async () => {
  desk = openDesk()
  desk.now = new Date()
  await foundProject(desk)
  await desk.done('issue', '--product', '104', '--count', '16000', '--no-sheets')
  await desk.done('list')
  codes = codesOf(desk, '12-104-1-1').map((code, i) => (i % 1000 === 7 ? code.replace(/.$/, 'X') : code))
}, 60_000)
afterAll(() => desk[Symbol.dispose]())

interface Said {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

function verify(argv: readonly string[], input?: Uint8Array): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'verify', ...argv], {
    ...{ cwd: desk.folder, encoding: 'utf8', env: { LANG: 'C' }, input, maxBuffer: 2 ** 28 },
  })
  const same = (text: string) => text.replaceAll(/stdin|given/g, 'FILE').replaceAll(/"ageSeconds":\d+/g, '')
  return { exit: status, out: same(stdout), err: same(stderr) }
}

/** The output for a file, without its progress, and for the same bytes from standard input. */
function bothWays(bytes: Uint8Array, ...options: string[]): [Said, Said] {
  writeFileSync(desk.path('given'), bytes)
  expect(bytes.length).toBeGreaterThan(2 ** 20)
  const { err, ...file } = verify(['--file', 'given', ...options])
  const told = err.split('\n').filter((line) => !line.startsWith('{"progress"'))
  return [{ ...file, err: told.join('\n') }, verify(['-', ...options], bytes)]
}

const table = () => `serial;code\r\n${codes.map((code, i) => `${i % 9 === 0 ? '' : i};${code}\r\n`).join('')}`

describe('a long file', () => {
  const FILES: readonly [string, () => string | Uint8Array, string[]][] = [
    ['a table', table, ['--summary']],
    ['a table, each verdict told', table, []],
    ['a table, in JSON and in Vietnamese', table, ['--json', '--lang', 'vi']],
    ['a compressed table', () => gzipSync(table()), ['--summary', '--json']],
    ['a compressed table that is cut off', () => gzipSync(table()).subarray(0, -9), ['--summary']],
    ['a table in UTF-16', () => Buffer.from(`\ufeff${table()}`, 'utf16le'), ['--summary']],
    ['codes alone, with blank lines', () => codes.join('\r\r'), ['--summary']],
    ['NDJSON', () => codes.map((code) => JSON.stringify({ code })).join('\n'), ['--summary']],
    ['NDJSON without codes', () => '{"a":1}\n'.repeat(200_000), []],
    ['blank lines', () => '\n'.repeat(2 ** 21), []],
    ['one line', () => 'A'.repeat(2 ** 22), []],
    ['one stamp behind very much', () => `${'\n'.repeat(2 ** 21)}${codes[0]}`, ['--summary']],
  ]
  it.each(share(FILES, 3))(
    'that is %s gets the same output as from standard input',
    (_what, write, options) => {
      const [file, input] = bothWays(Buffer.from(write() as string), ...options)
      expect(file).toEqual(input)
    },
  )

  it.skipIf(availableParallelism() < 2)('says how far it is, and at last how many codes there were', () => {
    writeFileSync(desk.path('given'), table())
    const { err } = verify(['--file', 'given', '--summary'])
    const progress = err.split('\n').filter((line) => line.startsWith('{"progress"'))
    expect(JSON.parse(progress.at(-1)!)).toMatchObject({ progress: 'verify', done: 16_000, count: 16_000 })
  })
})
