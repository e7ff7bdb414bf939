import { createHash } from 'node:crypto'
import type { SheetFonts } from '../print/sheet/document.ts'

/** The SHA-256 of fonts, in hexadecimal. */
export function digestFonts({ regular, bold }: SheetFonts): string {
  const hash = createHash('sha256').update(regular)
  return (bold === undefined ? hash : hash.update(bold)).digest('hex')
}
