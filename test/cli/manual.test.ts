import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program/build.ts'
import { EXAMPLES } from '../../src/cli/program/examples.ts'
import { leavesOf } from '../../src/cli/program/man.ts'
import { nodeIo } from '../../src/cli/shell/node-io.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import { type Desk, openDesk } from './desk.ts'

/** The man page and the examples of `--help`: made from the commands, and true of them. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const world = nodeIo()
const programOf = (): Command => buildProgram(wordsOf('en'), world, async () => {})
const leaves = leavesOf(programOf(), [])

/** The words of a line, as a shell parts them. */
const wordsIn = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)

describe('examples', () => {
  it('are there for every command, and for no other', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(leaves.map(({ path }) => path.join(' ')).sort())
  })

  it.each(Object.entries(EXAMPLES))('of %s are taken as they stand', async (path, { lines, chapter }) => {
    expect(existsSync(new URL(`../../${chapter}`, import.meta.url)), chapter).toBe(true)
    for (const line of lines) {
      expect(line.replace('--json ', '').startsWith(path), line).toBe(true)
      let isStarted = false
      const io = { ...world, out: () => {} }
      const program = buildProgram(wordsOf('en'), io, async () => {
        isStarted = true
      })
      await program.parseAsync(wordsIn(line), { from: 'user' })
      expect(isStarted || ['man', 'completion'].includes(path), line).toBe(true)
    }
  })

  it('stand under the help of a command, with the chapter that goes on', async () => {
    expect(await desk.done('release', '--help')).toMatch(
      /\nExamples:\n {2}veristamp release 12-104-1-3 --to "Chợ Hạ Long"\n(.|\n)*\n\nRead on: docs\/authorities.md\n$/,
    )
    expect(await desk.done('--lang', 'vi', 'trust', 'build', '--help')).toMatch(
      /\nVí dụ:\n {2}veristamp trust build\n\nĐọc thêm: docs\/authorities.md\n$/,
    )
  })
})

describe('man', () => {
  it.each(['en', 'vi'])('names every command and every option in %s', async (language) => {
    const page = (await desk.done('--lang', language, 'man')).replaceAll('\\-', '-')
    expect(page).toMatch(/^\.TH VERISTAMP 1 /)
    for (const { path, command } of leaves) {
      expect(page).toContain(`.SS "veristamp ${path.join(' ')}`)
      for (const { flags } of command.options) expect(page).toContain(`.B ${flags}\n`)
    }
    for (const name of ['VERISTAMP_LANG', 'NO_COLOR', '--passphrase-file']) expect(page).toContain(name)
    // Nothing that troff would obey but these.
    for (const line of page.split('\n'))
      if (/^[.']/.test(line)) expect(line).toMatch(/^\.(TH|SH|SS|TP|B|PP|nf|fi)\b/)
  })

  it.skipIf(spawnSync('groff', ['-v']).error !== undefined)(
    'is a page that groff sets without a word',
    async () => {
      for (const language of ['en', 'vi']) {
        const input = await desk.done('--lang', language, 'man')
        const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-Kutf8', '-ww'], {
          input,
          encoding: 'utf8',
        })
        expect(stderr).toBe('')
        expect(stdout).toContain('veristamp issue --product 104 --count 1000 --lot L7')
      }
      expect(execFileSync('groff', ['-V', '-man'], { encoding: 'utf8' })).toContain('troff')
    },
  )
})

describe('colours', () => {
  it('are for terminals alone, and none where NO_COLOR is set', async () => {
    const err = async () => (await desk.say('runs')).err.replaceAll('\u001b', 'ESC')
    const plain = await err()
    expect(plain).toMatch(/^Error: no project here/)
    desk.isTerminal = true
    expect(await err()).toMatch(/^ESC\[31mError:ESC\[39m no project here(.|\n)*\nESC\[36mNext:ESC\[39m begin/)
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      desk.env = env
      expect(await err()).toBe(plain)
    }
  })
})
