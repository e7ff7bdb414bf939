import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Io } from './io.ts'

/** The world of this process. The first Ctrl-C, or SIGTERM, asks a command to stop; the second stops it. */
export function nodeIo(): Io {
  const stop = new AbortController()
  const ask = () => {
    stop.abort(new DOMException('interrupted', 'AbortError'))
    process.stdin.destroy() // a process that waits for more would not end
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, ask)
  return {
    cwd: process.cwd(),
    env: process.env,
    isTerminal: process.stderr.isTTY === true,
    canAsk: process.stderr.isTTY === true && process.stdin.isTTY === true,
    signal: stop.signal,
    now: () => new Date(),
    out: (text) => write(1, text),
    err: tellError,
    input: () => process.stdin,
    ask: (question) => askOn(question, process.stderr),
    askHidden: (question) => askOn(question, new Writable({ write: (_chunk, _encoding, done) => done() })),
  }
}

/** Where the words can't be written, as on a full disk, the exit code still speaks: Node's own would say that a stamp is invalid. */
function tellError(text: string): void {
  try {
    write(2, text)
  } catch {}
}

/** Writes all of it at once: a process that ends must have said everything. */
function write(descriptor: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return // whoever read has heard enough
      if (code !== 'EAGAIN') throw error
    }
  }
}

/** @param echo where what is typed is shown */
function askOn(question: string, echo: Writable): Promise<string> {
  process.stderr.write(question)
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true })
  return new Promise((resolve, reject) => {
    lines.on('SIGINT', () => {
      lines.close()
      process.stderr.write('\n')
      reject(new DOMException('interrupted', 'AbortError'))
    })
    // Ctrl-D, or a terminal that goes away, answers nothing.
    lines.on('close', () => resolve(''))
    lines.question('', (answer) => {
      process.stderr.write('\n')
      resolve(answer)
      lines.close()
    })
  })
}
