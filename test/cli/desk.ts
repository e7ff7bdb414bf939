import { isUtf8 } from 'node:buffer'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/cli/run.ts'
import type { Io } from '../../src/cli/shell/io.ts'
import { once } from '../support/once.ts'

/** A folder to work in, and a command line whose words and answers are kept. */

export const NOW = new Date('2026-03-01T08:00:00Z')

const TABLES = ['facilities.csv', 'products.csv']
const REGISTRY = fileURLToPath(new URL('../../examples/quang-ninh/', import.meta.url))

export interface Said {
  readonly exit: number
  readonly out: string
  readonly err: string
}

export interface Desk {
  readonly folder: string
  /** Where commands are typed: `folder`, unless a test goes elsewhere. */
  cwd: string
  stop: AbortController
  /** What is typed where nothing is shown. */
  typed: string[]
  now: Date
  env: Record<string, string>
  isTerminal: boolean
  input: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /** Called with what is told on standard error. */
  onErr: (text: string) => void
  /** The same, of what is told on standard output. */
  onOut: (text: string) => void
  path(...names: string[]): string
  say(...argv: string[]): Promise<Said>
  /** The same, and it must end well. */
  done(...argv: string[]): Promise<string>
}

export function openDesk(): Desk & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-cli-'))
  for (const name of TABLES) cpSync(join(REGISTRY, name), join(folder, name))
  const desk: Desk & Disposable = {
    folder,
    cwd: folder,
    stop: new AbortController(),
    typed: [],
    now: NOW,
    env: {},
    isTerminal: false,
    input: [],
    onErr: () => {},
    onOut: () => {},
    path: (...names) => join(folder, ...names),
    async say(...argv) {
      let err = ''
      const out: Buffer[] = []
      const io: Io = {
        cwd: desk.cwd,
        env: desk.env,
        isTerminal: desk.isTerminal,
        canAsk: desk.isTerminal,
        signal: desk.stop.signal,
        now: () => desk.now,
        out: (text) => {
          out.push(Buffer.from(text))
          if (typeof text === 'string') desk.onOut(text)
        },
        err: (text) => {
          err += text
          desk.onErr(text)
        },
        async *input() {
          yield* desk.input
        },
        async ask(question) {
          err += question
          return desk.typed.shift() ?? ''
        },
        async askHidden(question) {
          err += question
          return desk.typed.shift() ?? ''
        },
      }
      const exit = await runCommand(argv, io)
      return { exit, out: masked(readable(Buffer.concat(out))), err: masked(err) }
    },
    async done(...argv) {
      const { exit, out, err } = await desk.say(...argv)
      if (exit !== 0) throw new Error(`${argv.join(' ')}: exit ${exit}\n${out}${err}`)
      return out
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
  return desk
}

/** A text, or bytes that are none, a letter each. */
const readable = (bytes: Buffer): string =>
  isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')

/** Keys differ each time. */
const masked = (text: string): string => text.replace(/\b[0-9a-f]{64}\b/g, 'KEY')

/**
 * A project with keys in the open and a signed trust list. The first is founded, the others are copies of it, which
 * cost a tenth.
 */
export async function foundProject(desk: Desk): Promise<void> {
  if (!isAsOpened(desk)) return found(desk)
  const founded = await once('founded-project', async (folder) => {
    await found(desk)
    cpSync(desk.folder, folder, { recursive: true })
  })
  cpSync(founded, desk.folder, { recursive: true })
}

async function found(desk: Desk): Promise<void> {
  await desk.done('init', 'quang-ninh.example', ...TABLES.flatMap((name) => [`--${name.slice(0, -4)}`, name]))
  await desk.done('keygen', '--no-encrypt')
  await desk.done('trust', 'build')
}

const isAsOpened = ({ folder, now, env, isTerminal }: Desk): boolean =>
  now === NOW &&
  !isTerminal &&
  Object.keys(env).length === 0 &&
  readdirSync(folder).sort().join() === TABLES.join() &&
  TABLES.every((name) => readFileSync(join(folder, name)).equals(readFileSync(join(REGISTRY, name))))

/** The texts of a run, in the order of its serials. */
export const codesOf = (desk: Desk, run: string): string[] =>
  readFileSync(desk.path('runs', run, 'codes.csv'), 'latin1')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => /^"\d+","(.*)"$/.exec(line)![1]!)
