import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { VerifyKey } from '../../ed25519/engine.ts'
import type { Signer } from '../../ed25519/signer.ts'
import {
  type ArgumentTable,
  aFlag,
  bytesOf,
  checkTable,
  ifGiven,
  kindOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { copyBytes } from '../../lib/checks.ts'
import type { ErrorDetails } from '../../lib/error-details.ts'
import { argumentRange, VeristampError } from '../../lib/errors.ts'
import { nativeEngine } from '../native-engine.ts'

export interface CommandSignerOptions {
  /** The program and its arguments. No shell reads them. */
  readonly command: readonly [file: string, ...args: string[]]
  /** 32 bytes: whose signatures the command makes. */
  readonly publicKey: Uint8Array
  /** Whether the device signs as RFC 8032 §5.1.6 has it. True by default; runs try it before they rely on it. */
  readonly deterministic?: boolean | undefined
  /** Milliseconds after which a command counts as failed and is ended: 30,000 by default. */
  readonly timeout?: number | undefined
}

/** Programs at once: devices answer one after another, and a program that waits for its turn would time out. */
const AT_ONCE = 4

/** What is shown of a command's own complaint: the end of its last line. */
const MAX_COMPLAINT = 300

/**
 * A signer that asks a program, for keys in an HSM or a KMS: each message is one call, with the message on
 * standard input and the 64 bytes of the signature on standard output, nothing else. Every signature is verified.
 * At most four run at once, without `VERISTAMP_PASSPHRASE` in their environment.
 * `sign` throws VeristampError `signing_failed`, with the exit code and the last line on standard error.
 * @throws ArgumentTypeError or ArgumentRangeError
 * @example
 * ```ts
 * import { commandSigner } from 'veristamp/node'
 *
 * // A program that asks an HSM: the message comes on standard input, the signature goes to standard output.
 * const signer = commandSigner({ command: ['hsm-sign', '--key', 'issuer-7'], publicKey: issuers[0]!.publicKey })
 * ```
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

const fields: ArgumentTable<CommandSignerOptions> = {
  command: kindOf(
    'a program and its arguments, as texts in an array',
    (value) => Array.isArray(value) && value.every((part) => typeof part === 'string') && !!value[0],
  ),
  publicKey: bytesOf(32),
  deterministic: ifGiven(aFlag),
  timeout: ifGiven(wholeNumber(1, 3_600_000)),
}

/** Runs some works at once; the others wait. */
function turns(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    while (running >= max) await new Promise<void>((resume) => void waiting.push(resume))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}

function checkSignature(
  key: VerifyKey,
  message: Uint8Array,
  answer: Uint8Array,
  program: string,
): Uint8Array {
  if (key.verify(message, answer)) return answer
  throw failed('its signature does not verify under the public key', { fault: 'wrong_signature', program })
}

const failed = (
  why: string,
  details: ErrorDetails['signing_failed'] & { readonly program: string },
  cause?: unknown,
): VeristampError => new VeristampError('signing_failed', `${details.program}: ${why}`, details, { cause })

/** What a command answers to a message. */
function ask(command: readonly string[], message: Uint8Array, timeout: number): Promise<Uint8Array> {
  const [program, ...args] = command as [string, ...string[]]
  return new Promise((resolve, reject) => {
    const { VERISTAMP_PASSPHRASE: _, ...env } = process.env
    const child = spawn(program, args, { env, stdio: 'pipe', windowsHide: true })
    const fail = (...facts: Parameters<typeof failed>) => {
      child.kill('SIGKILL')
      reject(failed(...facts))
    }
    const output = gather(child)
    const timer = setTimeout(() => {
      const complaint = output.complaint()
      fail(`no answer within ${timeout} ms${after(complaint)}`, {
        fault: 'no_answer',
        program,
        timeout,
        complaint,
      })
    }, timeout)
    child.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.message, { fault: 'not_started', program, system: error.code ?? '' }, error)
    })
    // A command that ends without reading says why itself.
    child.stdin.on('error', () => {})
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const answer = output.answer()
      const complaint = output.complaint()
      if (code !== 0) {
        const exit = code ?? signal ?? ''
        fail(`ended with ${exit}${after(complaint)}`, { fault: 'ended', program, exit, complaint })
      } else if (answer.length === 64) resolve(answer)
      else {
        const { length } = answer
        const why = `expected 64 bytes on standard output, got ${length}${after(complaint)}`
        fail(why, { fault: 'wrong_length', program, length, complaint })
      }
    })
    child.stdin.end(message)
  })
}

const after = (complaint: string): string => (complaint === '' ? '' : `: ${complaint}`)

/** What a command says, no more of it than is of use: the head of its answer, the end of its complaint. */
function gather(child: ChildProcessWithoutNullStreams): { answer(): Uint8Array; complaint(): string } {
  let [answer, complaint]: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)]
  child.stdout.on('data', (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk.subarray(0, 65 - answer.length)])
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = Buffer.concat([complaint, chunk]).subarray(-4 * MAX_COMPLAINT)
  })
  return {
    answer: () => new Uint8Array(answer),
    complaint: () => {
      const line = complaint
        .toString('utf8')
        .trim()
        .split(/[\r\n]+/)
        .at(-1)!
      return line.slice(-MAX_COMPLAINT).replace(/[^\P{C}\t]/gu, '?')
    },
  }
}
