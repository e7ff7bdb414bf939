import { nativeEngine } from '../../node/native-engine.ts'
import { explain, explainWarning } from '../../verify/messages.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { createVerifier } from '../../verify/verifier.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { readGiven } from '../files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { openRevocationList, openTrustList } from '../lists.ts'
import { printable } from './init.ts'

export interface VerifyOptions {
  readonly file?: string
  readonly trust?: string
  readonly revocation?: string
}

/** The longest text of a code, with room for what a scanner puts around it. */
const MAX_LINE = 1024

/** Checks codes: each that is not valid is told, then how many there were of each kind. */
export async function verify(
  context: Context,
  texts: readonly string[],
  options: VerifyOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  const trustList = openTrustList(context, config, options.trust)
  const revocationList = openRevocationList(context, trustList, options.revocation)
  const verifier = createVerifier({
    trustLists: [trustList],
    ...(revocationList && { revocationLists: [revocationList] }),
    engine: nativeEngine,
  })
  const now = io.now()
  const counts = { valid: 0, invalid: 0, indeterminate: 0 }
  let count = 0
  for await (const { text, place } of textsOf(context, texts, options.file)) {
    io.signal.throwIfAborted()
    const verdict = verifier.verify(text, { now })
    counts[verdict.status]++
    if (++count === 1)
      for (const warning of verdict.warnings) io.err(`${explainWarning(warning, context.language)}\n`)
    tell(context, place, verdict)
  }
  if (count === 0) throw new Failure('nothing_to_check', words.nothingToCheck, words.nothingToCheckHow)
  if (count > 1)
    context.report({ count, ...counts }, words.checked(counts.valid, counts.invalid, counts.indeterminate))
  if (counts.invalid > 0) return EXIT.invalid
  return counts.indeterminate > 0 ? EXIT.indeterminate : EXIT.valid
}

function tell(context: Context, place: string, verdict: Verdict): void {
  const { status, stamp, product } = verdict
  const reason =
    verdict.status === 'valid'
      ? {}
      : { reason: verdict.reason, ...(verdict.detail && { detail: verdict.detail }) }
  const facts = stamp && { facility: stamp.facility, product: stamp.product, serial: stamp.serial }
  const name = product === undefined ? '' : ` ${printable(product.name)}`
  const what = stamp === undefined ? '' : ` ${stamp.facility}-${stamp.product}-${stamp.serial}${name}`
  const code = verdict.status === 'valid' ? '' : `/${verdict.reason}`
  context.report(
    { place, status, ...reason, ...facts },
    `${place}: ${status}${code}${what}\n  ${explain(verdict, context.language)}`,
  )
}

interface Given {
  readonly text: string
  /** Where it came from, for people. */
  readonly place: string
}

async function* textsOf(
  context: Context,
  texts: readonly string[],
  file: string | undefined,
): AsyncGenerator<Given> {
  for (const [i, text] of texts.entries()) {
    if (text === '-') yield* linesOf(context, 'stdin', context.io.input())
    else yield { text, place: `#${i + 1}` }
  }
  if (file !== undefined) yield* linesOf(context, file, [readGiven(context, file, 2 ** 28)])
}

const PICTURE = /^(\x89PNG|\xff\xd8\xff|GIF8|RIFF|BM)/

/** A text a line, or the lines of a run's codes. Spaces are letters of base45 and stay. */
async function* linesOf(
  { words }: Context,
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Given> {
  let rest = ''
  let number = 0
  const read = (line: string): Given[] => {
    number++
    const text = line.replace(/\r$/, '')
    const quoted = /^"\d+","([^"]*)"$/.exec(text)
    if (text === '' || text === '"serial","code"') return []
    return [{ text: quoted?.[1] ?? text, place: `${name}:${number}` }]
  }
  for await (const chunk of chunks) {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    if (number === 0 && rest === '' && PICTURE.test(piece)) throw new Failure('picture', words.pictures)
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield* read(line)
    if (rest.length > MAX_LINE) {
      yield* read(rest)
      rest = ''
    }
  }
  if (rest !== '') yield* read(rest)
}
