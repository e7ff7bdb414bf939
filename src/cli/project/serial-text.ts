import { checkInteger } from '../../lib/checks.ts'
import type { SerialRange } from '../../revocation/serial-set-algebra.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Serials as people type them: `5,10-20`. @throws Failure `argument_range`; an argument error for what is no serial */
export function parseSerials({ words }: Context, text: string): SerialRange[] {
  return text.split(',').map((part) => {
    const found = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(part.trim())
    if (found === null) throw new Failure('argument_range', words.badSerials(part), words.badSerialsHow)
    const first = checkInteger('serials', Number(found[1]), 0, Number.MAX_SAFE_INTEGER)
    return { first, last: checkInteger('serials', Number(found[2] ?? first), first, Number.MAX_SAFE_INTEGER) }
  })
}
