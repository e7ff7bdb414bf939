import { isUtf8 } from 'node:buffer'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program/build.ts'
import { openOutput, rewriteDraft } from '../../src/cli/project/output.ts'
import { contextOf } from '../../src/cli/shell/context.ts'
import { nodeIo } from '../../src/cli/shell/node-io.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** Where outputs land, and where they never do. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  await desk.done('issue', '--product', '104', '--count', '3', '--no-sheets')
  await desk.done('list')
})
afterEach(() => desk[Symbol.dispose]())

const RUN = '12-104-1-1'
/** Every command with an output, as it is asked for that. */
const WITH_OUTPUT: Readonly<Record<string, readonly string[]>> = {
  sheet: ['sheet', RUN, '--format', 'csv'],
  export: ['export'],
  pins: ['trust', 'pins'],
  audit: ['audit'],
  cover: ['cover', RUN],
  preview: ['preview', '--product', '104'],
}

/** All that a project keeps, file by file; a lock says nothing. */
function everything(folder = desk.folder, path = ''): Record<string, string> {
  const all: Record<string, string> = {}
  for (const name of readdirSync(join(folder, path))) {
    const each = join(path, name)
    if (name.startsWith('lock.')) continue
    const state = statSync(join(folder, each), { throwIfNoEntry: false })
    if (state === undefined) all[each] = 'a link to nothing'
    else if (state.isDirectory()) Object.assign(all, everything(folder, each))
    else all[each] = readFileSync(join(folder, each), 'latin1')
  }
  return all
}

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)]

/** Nothing changes, and the reader is told why. */
async function refuses(why: RegExp, ...argv: string[]): Promise<void> {
  const before = everything()
  const { exit, out, err } = await desk.say(...argv)
  expect([exit, out, err], argv.join(' ')).toEqual([2, '', expect.stringMatching(why)])
  expect(everything()).toEqual(before)
}

describe('a command with -o', () => {
  it('is among those that are tried here', () => {
    const program = buildProgram(wordsOf('en'), nodeIo(), async () => {})
    const names = commandsOf(program)
      .filter(({ options }) => options.some(({ short }) => short === '-o'))
      .map((command) => command.name())
      // One writes a folder, and one needs what kiosks saw: test/cli/{site,scans}.test.ts.
      .filter((name) => name !== 'site' && name !== 'scans')
    expect(names.sort()).toEqual(Object.keys(WITH_OUTPUT).sort())
  })
})

describe.each(Object.entries(WITH_OUTPUT))('%s', (_name, words) => {
  it('writes over nothing that the project owns, forced or not', async () => {
    writeFileSync(desk.path('.gitattributes'), '* text\n')
    const owned = [
      ...['keys/issuer.pem', 'keys/issuer.pub', 'lists/trust-1.cbor', 'state/seen.1', 'veristamp.json'],
      ...[`runs/${RUN}.json`, `runs/${RUN}/codes.csv`, `runs/${RUN}/manifest.cbor`, `runs/${RUN}.void`],
      ...['registry/products.csv', '.gitattributes', 'keys/new.pem', 'lists/trust-9.cbor', 'runs/notes'],
    ]
    for (const file of owned) {
      await refuses(/belongs to the project\nNext: .*--force/, ...words, '-o', file)
      await refuses(/belongs to the project/, '--force', ...words, '-o', file)
    }
  })

  it('finds what it would write over under any name', async () => {
    symlinkSync('keys/issuer.pem', desk.path('link.pdf'))
    symlinkSync('link.pdf', desk.path('link-of-link.pdf'))
    symlinkSync('keys/not-there.pem', desk.path('dangling.pdf'))
    symlinkSync('keys', desk.path('folder'))
    linkSync(desk.path('keys/issuer.pem'), desk.path('hard.pdf'))
    const names = [
      ...['link.pdf', 'link-of-link.pdf', 'dangling.pdf', 'folder/x.pdf', 'hard.pdf'],
      ...[
        'KEYS/x.pdf',
        'Veristamp.JSON',
        'keys./x.pdf',
        'keys /x.pdf',
        'veristamp.json:stream',
        'ke\u200bys/x',
      ],
      ...['new/../keys/x.pdf', './veristamp.json/', 'ｋeys/x.pdf', desk.path('lists/trust-1.cbor')],
    ]
    for (const name of names) await refuses(/belongs to the project/, '--force', ...words, '-o', name)
  })

  it('spares a project whose folders are elsewhere, and other projects', async () => {
    const other = openDesk()
    try {
      await foundProject(other)
      await refuses(/belongs to the project/, '--force', ...words, '-o', other.path('keys/root.pem'))
      renameSync(desk.path('keys'), other.path('stick'))
      symlinkSync(other.path('stick'), desk.path('keys'))
      const key = readFileSync(other.path('stick/root.pem'), 'utf8')
      await refuses(/belongs to the project/, '--force', ...words, '-o', other.path('stick/root.pem'))
      expect(readFileSync(other.path('stick/root.pem'), 'utf8')).toBe(key)
    } finally {
      other[Symbol.dispose]()
    }
  })

  it('writes over nothing that it reads', async () => {
    writeFileSync(desk.path('pass.txt'), 'x\n')
    linkSync(desk.path('pass.txt'), desk.path('same.txt'))
    for (const file of ['pass.txt', 'same.txt'])
      await refuses(
        /which this command reads/,
        '--force',
        '--passphrase-file',
        'pass.txt',
        ...words,
        '-o',
        file,
      )
  })

  it('says that a folder or a device is no file, and never to say --force', async () => {
    mkdirSync(desk.path('out'))
    for (const force of [[], ['--force']]) {
      await refuses(/out is a folder\nNext: name a file in it/, ...force, ...words, '-o', 'out')
      await refuses(/null is not a file.*\nNext: .*-o -/, ...force, ...words, '-o', '/dev/null')
    }
    expect(statSync('/dev/null').isFile()).toBe(false)
  })

  it('writes a new file, in folders that are missing too, and another in its place with --force alone', async () => {
    await desk.done(...words, '-o', 'new/out')
    const first = readFileSync(desk.path('new/out'))
    expect(first.length).toBeGreaterThan(50)
    writeFileSync(desk.path('new/out'), 'mine')
    writeFileSync(desk.path('new/out.part'), 'mine too')
    await refuses(/new\/out is there already\nNext: .*--force/, ...words, '-o', 'new/out')
    await desk.done('--force', ...words, '-o', 'new/out')
    expect(readFileSync(desk.path('new/out'))).toEqual(first)
    expect(readdirSync(desk.path('new'))).toEqual(['out', 'out.part'])
    expect(readFileSync(desk.path('new/out.part'), 'utf8')).toBe('mine too')
  })

  it('writes through a link of the user’s own to the file that it leads to', async () => {
    mkdirSync(desk.path('there'))
    symlinkSync('there/out', desk.path('out'))
    await desk.done(...words, '-o', 'out')
    expect(readdirSync(desk.path('there'))).toEqual(['out'])
  })

  it('writes to standard output with -o -, the output and nothing else', async () => {
    await desk.done(...words, '-o', './-')
    const file = readFileSync(desk.path('-'))
    for (const json of [[], ['--json']]) {
      const { exit, out } = await desk.say(...json, ...words, '-o', '-')
      expect([exit, out.replaceAll('KEY', '')]).toEqual([
        0,
        file.toString(isUtf8(file) ? 'utf8' : 'latin1').replace(/\b[0-9a-f]{64}\b/g, ''),
      ])
    }
  })
})

describe('an output', () => {
  it('of bytes reaches standard output as they are', async () => {
    await desk.done('issue', '--product', '105', '--count', '2')
    const run = '12-105-1-1'
    await desk.done('sheet', run, '-o', 'some.pdf')
    const { out } = await desk.say('sheet', run, '-o', '-')
    expect(Buffer.from(out, 'latin1').equals(readFileSync(desk.path('some.pdf')))).toBe(true)
  })

  it('is never the same file as another of the same command', () => {
    const context = contextOf({ ...nodeIo(), cwd: desk.folder }, 'en', {})
    openOutput(context, 'one')
    openOutput(context, 'two')
    expect(() => openOutput(context, './two')).toThrow(/writes something else/)
    expect(() => openOutput(context, 'ONE')).toThrow(/writes something else/)
  })

  it('is not written over a file that came while it was made', async () => {
    const context = contextOf({ ...nodeIo(), cwd: desk.folder }, 'en', {})
    const output = openOutput(context, 'one')
    writeFileSync(desk.path('one'), 'theirs')
    await expect(output.write([Buffer.from('ours')])).rejects.toThrow(/is there already/)
    expect(readFileSync(desk.path('one'), 'utf8')).toBe('theirs')
    expect(readdirSync(desk.folder).filter((name) => name.startsWith('one'))).toEqual(['one'])
  })

  it('of sheet has a name of its own beside the run’s files, which --force may replace', async () => {
    await desk.done('sheet', RUN, '--format', 'csv')
    expect((await desk.say('sheet', RUN, '--format', 'csv')).err).toMatch(/stamp\.csv is there already/)
    await desk.done('--force', 'sheet', RUN, '--format', 'csv')
    expect(codesOf(desk, RUN)).toHaveLength(3)
  })
})

describe('a draft', () => {
  it('that is signed is never another file of the project', () => {
    const context = contextOf({ ...nodeIo(), cwd: desk.folder }, 'en', {})
    symlinkSync('keys/issuer.pem', desk.path('draft.cbor'))
    const before = everything()
    for (const name of ['lists/trust-1.cbor', 'veristamp.json', 'draft.cbor', 'keys/trust-2.draft.cbor'])
      expect(() => rewriteDraft(context, name, new Uint8Array(9)), name).toThrow(/belongs to the project/)
    expect(everything()).toEqual(before)
    rewriteDraft(context, 'lists/trust-2.draft.cbor', new Uint8Array(9))
    expect(statSync(desk.path('lists/trust-2.draft.cbor')).size).toBe(9)
  })
})

describe('the code of the commands', () => {
  it('writes files in no other way than these', () => {
    const folder = fileURLToPath(new URL('../../src/cli/', import.meta.url))
    const writers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /\b(createWhole|replaceWhole|writeWhole|writeDurably|writeFile\w*|createWriteStream|renameSync|copyFile\w*)\(/.test(
          readFileSync(join(folder, name), 'utf8'),
        ),
      )
    // Backups and gathered runs are copied, each file after a look for links.
    const copiers = ['desk/backup.ts', 'desk/import-runs.ts']
    expect(writers.sort()).toEqual([...copiers, 'project/files.ts', 'project/output.ts'])
  })
})

describe('links that somebody planted', () => {
  let elsewhere = ''
  beforeEach(() => {
    elsewhere = desk.path('elsewhere')
    mkdirSync(elsewhere)
    for (const name of ['codes.csv', 'sheets.pdf', 'stamp.csv'])
      writeFileSync(join(elsewhere, name), 'theirs')
  })
  afterEach(() => {
    for (const name of readdirSync(elsewhere))
      expect(readFileSync(join(elsewhere, name), 'utf8'), name).toBe('theirs')
    expect(readdirSync(elsewhere).sort()).toEqual(['codes.csv', 'sheets.pdf', 'stamp.csv'])
  })
  const linked = (path: string, target = elsewhere) => {
    if (existsSync(desk.path(path))) renameSync(desk.path(path), desk.path(`${path}.moved`))
    symlinkSync(target, desk.path(path))
  }
  const isRefused = async (...argv: string[]) => {
    const { exit, err } = await desk.say(...argv)
    expect([exit, err]).toEqual([2, expect.stringMatching(/is a link, and a project writes.*\nNext: put/)])
  }

  it('as the next run’s folder take no serial and lead nowhere', async () => {
    linked('runs/12-105-1-1')
    await isRefused('issue', '--product', '105', '--count', '2')
    expect(existsSync(desk.path('runs/12-105-1-1.json'))).toBe(false)
  })

  it.each(['codes.csv', 'codes.csv.marks', 'sheets.pdf', 'secret.json', 'manifest.cbor'])(
    'as %s of a run that goes on',
    async (name) => {
      desk.onErr = (text) =>
        text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
      await desk.say('issue', '--product', '105', '--count', '3000', '--no-sheets')
      desk.stop = new AbortController()
      linked(`runs/12-105-1-1/${name}`, join(elsewhere, 'codes.csv'))
      await isRefused('issue', '--resume', '12-105-1-1')
    },
  )

  it('as a run’s folder, for sheets and for what makes it void', async () => {
    linked(`runs/${RUN}`, desk.path(`runs/${RUN}.moved`))
    await isRefused('sheet', RUN, '--format', 'csv')
    await isRefused('--yes', 'revoke', '--run', RUN, '--reason', 'lost')
  })

  it.each([
    ['runs', ['issue', '--product', '104', '--count', '1', '--no-sheets']],
    ['lists', ['list']],
    ['state', ['list']],
    ['keys', ['keygen', 'other', '--no-encrypt']],
    [
      'registry',
      ['--yes', 'init', 'a.example', '--facilities', 'facilities.csv', '--products', 'products.csv'],
    ],
  ])('as %s/', async (name, argv) => {
    if (name === 'registry')
      for (const each of ['lists', 'runs']) rmSync(desk.path(each), { recursive: true })
    linked(name, desk.path(`${name}.moved`))
    const before = everything()
    await isRefused(...argv)
    expect(everything()).toEqual(before)
  })
})
