import { createHash } from 'node:crypto'
import { VeristampError } from '../lib/errors.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import type { Reservation } from './job.ts'

/** The SHA-256 of fonts, in hexadecimal. */
export function digestFonts({ regular, bold }: SheetFonts): string {
  const hash = createHash('sha256').update(regular)
  return (bold === undefined ? hash : hash.update(bold)).digest('hex')
}

/** @throws VeristampError `run_corrupt` for other fonts than the run began with */
export function checkFonts(run: Reservation, fonts: SheetFonts): void {
  if (run.fonts === undefined || digestFonts(fonts) === run.fonts) return
  const message = `run ${run.id}: begun with other fonts, which would make another PDF`
  throw new VeristampError('run_corrupt', message, { fault: 'other_fonts', run: run.id })
}
