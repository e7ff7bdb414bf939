import { join } from 'node:path'
import { png } from '../../print/png.ts'
import { createPress } from '../../print/press/press.ts'
import type { Label } from '../../print/sheet/label.ts'
import type { Reservation, RunSheet } from '../../run/job.ts'
import { writeSiteFile } from '../project/files.ts'
import { ownedPart } from '../project/property.ts'
import { leadsTo, stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Dots of a module: programs scale them, and ten are enough for any printer. */
const DOTS = 10

/**
 * What writes a label's symbol as a PNG into the folder that was asked for, and says how the table names it; undefined
 * where none was.
 * @throws Failure `owned` for what belongs to a project; `exists` for files that are there, unless `--force`
 */
export function openSymbolFolder(
  context: Context,
  { symbols }: { readonly symbols?: string | undefined },
  run: Reservation,
  { level = 'M', version }: RunSheet,
): ((label: Label) => string) | undefined {
  if (symbols === undefined) return undefined
  const { words, force } = context
  const folder = leadsTo(context.path(symbols))
  const owned = ownedPart(context.folder, folder)
  if (owned !== undefined) throw new Failure('owned', words.owned(symbols, owned), words.ownedHow)
  const press = createPress({ level, version })
  return ({ text, serial }) => {
    const name = `${run.id}-${serial}.png`
    if (!force && stateOf(join(folder, name)) !== undefined)
      throw new Failure('exists', words.exists(join(symbols, name)), words.outputHow)
    writeSiteFile(folder, name, png(press.symbol(text), { dots: DOTS }))
    return `${symbols.replace(/[\\/]+$/, '')}/${name}`
  }
}
