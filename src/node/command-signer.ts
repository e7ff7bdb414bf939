import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { VerifyKey } from '../ed25519/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import { aFlag, bytesOf, checkTable, ifGiven, kindOf, type Table, wholeNumber } from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'
import { argumentRange, VeristampError } from '../lib/errors.ts'
import { nativeEngine } from './native-engine.ts'

export interface CommandSignerOptions {
  /** The program and its arguments. No shell reads them. */
  readonly command: readonly [file: string, ...args: string[]]
  /** 32 bytes: whose signatures the command makes. */
  readonly publicKey: Uint8Array
  /** Whether the device signs as RFC 8032 §5.1.6 has it. True unless given; runs try it before they rely on it. */
  readonly deterministic?: boolean
  /** Milliseconds after which a command counts as failed and is ended: 30,000 unless given. */
  readonly timeout?: number
}

/** Programs at once: devices answer one after another, and a program that waits for its turn would time out. */
const AT_ONCE = 4

/** What is shown of a command's own complaint. */
const MAX_COMPLAINT = 300

/**
 * A signer that asks a program, for keys in an HSM or a KMS: each message is one call, with the message on
 * standard input and the 64 bytes of the signature on standard output, nothing else. Every signature is verified.
 * At most four run at once, without `VERISTAMP_PASSPHRASE` in their environment.
 * `sign` throws VeristampError `signing_failed`, with what the command said on standard error.
 * @throws ArgumentTypeError or ArgumentRangeError
 */
export function commandSigner(options: CommandSignerOptions): Signer {
  const { command, deterministic = true, timeout = 30_000 } = checkTable('options', options, fields)
  const publicKey = copyBytes('options.publicKey', options.publicKey, 32)
  const imported = nativeEngine.importKey(publicKey)
  if (!imported.ok) throw argumentRange('options.publicKey', 'a sound public key', imported.reason)
  const inTurn = turns(AT_ONCE)
  return {
    publicKey,
    deterministic,
    async sign(given) {
      const message = copyBytes('message', given) // it may have to wait for its turn
      const answer = await inTurn(() => ask(command, message, timeout))
      return checkSignature(imported.key, message, answer, command[0])
    },
  }
}

const fields: Table<CommandSignerOptions> = {
  command: kindOf(
    'a program and its arguments, as texts in an array',
    (value) => Array.isArray(value) && value.every((part) => typeof part === 'string') && !!value[0],
  ),
  publicKey: bytesOf(32),
  deterministic: ifGiven(aFlag),
  timeout: ifGiven(wholeNumber(3_600_000, 1)),
}

/** Runs some works at once; the others wait. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    while (running >= most) await new Promise<void>((resume) => void waiting.push(resume))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}

function checkSignature(key: VerifyKey, message: Uint8Array, answer: Uint8Array, file: string): Uint8Array {
  if (answer.length !== 64) throw failed(file, `expected 64 bytes on standard output, got ${answer.length}`)
  if (key.verify(message, answer)) return answer
  throw failed(file, 'its signature does not verify under the public key')
}

const failed = (file: string, why: string, cause?: unknown): VeristampError =>
  new VeristampError('signing_failed', `${file}: ${why}`, { cause })

/** What a command answers to a message. */
function ask(command: readonly string[], message: Uint8Array, timeout: number): Promise<Uint8Array> {
  const [file, ...args] = command as [string, ...string[]]
  return new Promise((resolve, reject) => {
    const { VERISTAMP_PASSPHRASE: _, ...env } = process.env
    const child = spawn(file, args, { env, stdio: 'pipe', windowsHide: true })
    const fail = (why: string, cause?: unknown) => {
      child.kill('SIGKILL')
      reject(failed(file, why, cause))
    }
    const timer = setTimeout(() => fail(`no answer within ${timeout} ms`), timeout)
    const output = gather(child)
    child.on('error', (error) => fail(error.message, error))
    // A command that ends without reading says why itself.
    child.stdin.on('error', () => {})
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve(output.answer())
      else fail(`ended with ${code ?? signal}${output.complaint()}`)
    })
    child.stdin.end(message)
  })
}

/** What a command says, no more of it than is of use. */
function gather(child: ChildProcessWithoutNullStreams): { answer(): Uint8Array; complaint(): string } {
  const [answer, complaint]: [Buffer[], Buffer[]] = [[], []]
  const keep = (chunks: Buffer[], most: number) => (chunk: Buffer) => {
    const length = chunks.reduce((sum, part) => sum + part.length, 0)
    if (length <= most) chunks.push(chunk.subarray(0, most + 1 - length))
  }
  child.stdout.on('data', keep(answer, 64))
  child.stderr.on('data', keep(complaint, MAX_COMPLAINT))
  return {
    answer: () => new Uint8Array(Buffer.concat(answer)),
    complaint: () => {
      const said = Buffer.concat(complaint).toString('utf8').trim()
      return said === '' ? '' : `: ${said.replace(/[^\P{C}\n\t]/gu, '?')}`
    },
  }
}
