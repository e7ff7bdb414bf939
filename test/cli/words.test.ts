import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program/build.ts'
import { nodeIo } from '../../src/cli/shell/node-io.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import type { Language } from '../../src/lib/language.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** What people are told, in their language. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)]

describe.each<Language>(['en', 'vi'])('help in %s', (language) => {
  const words = wordsOf(language)
  const program = buildProgram(words, nodeIo(), async () => {})
  const commands = commandsOf(program)

  it('has a word for every command and every option', () => {
    expect(commands.length).toBeGreaterThanOrEqual(20)
    for (const command of commands) {
      if (command !== program) expect(command.description(), command.name()).not.toBe('')
      for (const option of command.options)
        expect(option.description, `${command.name()} ${option.flags}`).not.toBe('')
    }
  })

  it('has no word that nothing uses', () => {
    const used = new Set(['help'])
    for (const command of commands)
      for (const option of command.options) {
        const name = option.attributeName()
        used.add(`${command.name()}.${name}` in words.options ? `${command.name()}.${name}` : name)
      }
    expect([...used].sort()).toEqual(Object.keys(words.options).sort())
  })
})

describe('what commander says', () => {
  it('is Vietnamese where that is asked for', async () => {
    const { out } = await desk.say('--lang', 'vi', 'list', '--help')
    expect(out).toMatch(/^Cách dùng: veristamp list \[tùy chọn\]\n/)
    expect(out).toContain('\nTùy chọn:\n  --raise <facility:product:serial...>')
    expect(out).toMatch(/\n {2}-h, --help +hiện trợ giúp này\n\nTùy chọn chung:\n {2}--dir <folder>/)
    expect(out).not.toMatch(/Usage|Options|default|display/)
    expect((await desk.say('--lang', 'vi', 'trust', '--help')).out).not.toMatch(/display/)
  })

  it.each([
    [['issue', '--cout', '3'], 'không có tùy chọn --cout (Có phải --count?)', 'issue --help'],
    [['issu'], 'không có lệnh issu (Có phải issue?)', '--help'],
    [['init', '--facilities', 'f', '--products', 'p'], 'thiếu đối số authority', 'init --help'],
    [['init', 'a'], 'thiếu tùy chọn bắt buộc --facilities <csv>', 'init --help'],
    [['verify', '--file'], 'tùy chọn --file <file> cần một giá trị', 'verify --help'],
    [['issue', '--count', 'x'], 'tùy chọn --count <number> không nhận giá trị x', 'issue --help'],
    [['runs', 'x'], 'thừa đối số', 'runs --help'],
    [['trust', 'sing'], 'không có lệnh sing (Có phải sign?)', 'trust --help'],
  ])('of %j', async (argv, message, help) => {
    expect(await desk.say('--lang', 'vi', ...argv)).toEqual({
      exit: 2,
      out: '',
      err: `Lỗi: ${message}\nTiếp theo: veristamp ${help}\n`,
    })
  })

  it('is English otherwise, and JSON where that is asked for', async () => {
    expect((await desk.say('issue', '--count', 'x')).err).toBe(
      "Error: option '--count <number>' argument 'x' is invalid. It takes a whole number.\nNext: veristamp issue --help\n",
    )
    const { exit, err } = await desk.say('--json', 'issue', '--carrier', 'morse')
    expect([exit, JSON.parse(err)]).toEqual([
      2,
      {
        error: 'misuse',
        message:
          "option '--carrier <carrier>' argument 'morse' is invalid. Allowed choices are base45, digits, url, gs1.",
        next: 'veristamp issue --help',
      },
    ])
  })
})

describe('an error', () => {
  it.each([
    [['issue'], 'which product, and how many stamps\\?'],
    [['issue', '--product', '104', '--count', '0'], '--count: expected a whole number'],
    [['issue', '--product', '104', '--count', '2', '--symbol', '99'], '--symbol: expected'],
    [['issue', '--product', '104', '--count', '2', '--made', 'today'], '--made: expected'],
    [['--dir', 'nowhere', 'runs'], 'there is no folder nowhere'],
    [['--dir', 'nowhere', 'issue'], 'there is no folder nowhere'],
    [
      ['issue', '--product', '104', '--count', '2', '--no-sheets', '--first', '1'],
      'run 12-104-1-1 has serials',
    ],
    [['issue', '--product', '104', '--count', '9', '--no-sheets'], 'Error: serial 10 of product 104'],
  ])('of %j names what was typed, and no word of the library', async (argv, message) => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '1', '--no-sheets')
    await desk.done('list', '--raise', '12:104:9')
    const { exit, err } = await desk.say(...argv)
    expect([exit, err]).toEqual([2, expect.stringMatching(message)])
    expect(err).not.toMatch(/job:|sheet\.|can't be read/)
  })

  it('tells a new project’s folder from one that is missing', async () => {
    const files = ['--facilities', 'facilities.csv', '--products', 'products.csv']
    await desk.done('--dir', 'new', 'init', 'a.example', ...files)
    expect(await desk.done('--dir', 'new', 'runs')).toBe('No runs yet.\n')
    expect((await desk.say('runs')).err).toContain('no project here')
  })
})
