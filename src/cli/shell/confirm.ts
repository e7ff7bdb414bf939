import { jsonLine, printableLines } from '../words/printable.ts'
import { coloured } from './colour.ts'
import type { Context } from './context.ts'
import { EXIT, Failure } from './io.ts'

/**
 * Asks before something that can't be taken back. It states the fact first, then asks whether to go on.
 * `--yes` answers it; without a terminal, or with `--json`, a question without that answer ends the command.
 * @param fact what is about to happen, in the reader's language: one sentence or several lines
 * @throws Failure `unconfirmed` where nobody can be asked, `declined` for any answer but yes
 */
export async function confirm(context: Context, fact: string): Promise<void> {
  const { io, words, json, yes } = context
  if (yes) return warn(context, fact)
  if (json || !io.canAsk) throw new Failure('unconfirmed', fact, words.confirmHow)
  io.err(printableLines(`${fact}\n`))
  const answer = await io.ask(words.goOn)
  if (!words.yes.includes(answer.trim().toLowerCase().normalize('NFC')))
    throw new Failure('declined', words.declined, undefined, EXIT.indeterminate)
}

const told = new WeakMap<Context, readonly string[]>()

/** What a command was warned of so far, for its answer in JSON. */
export function warningsOf(context: Context): { readonly warnings?: readonly string[] | undefined } {
  const warnings = told.get(context)
  return warnings ? { warnings } : {}
}

/** Tells on standard error what the reader should know, and goes on: a line of JSON with `--json`. */
export function warn(context: Context, warning: string): void {
  const { io, words, json } = context
  const before = told.get(context) ?? []
  if (before.includes(warning)) return
  told.set(context, [...before, warning])
  if (json) io.err(jsonLine({ warning }))
  else io.err(`${coloured(io, 'yellow', `${words.warning}:`)} ${printableLines(`${warning}\n`)}`)
}
