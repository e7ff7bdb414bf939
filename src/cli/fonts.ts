import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readBoundedFile } from '../node/bounded-file.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import type { Context } from './context.ts'
import { readGiven } from './files.ts'
import { Failure } from './io.ts'

const PACKAGE = '@expo-google-fonts/be-vietnam-pro'
const MAX_FONT = 2 ** 25

/** The fonts of labels: a file that is given, or Be Vietnam Pro, which has every Vietnamese letter. */
export function readFonts(context: Context, given: string | undefined): SheetFonts {
  if (given !== undefined) return { regular: readGiven(context, given, MAX_FONT) }
  // Where this package has it, or else the project.
  const finders = [import.meta.url, join(context.io.cwd, 'package.json')].map((from) => createRequire(from))
  const read = (path: string): Uint8Array => {
    for (const { resolve } of finders) {
      try {
        return readBoundedFile(resolve(`${PACKAGE}/${path}`), MAX_FONT)!
      } catch {}
    }
    throw new Failure('no_fonts', context.words.fontMissing, context.words.fontHow)
  }
  return {
    regular: read('400Regular/BeVietnamPro_400Regular.ttf'),
    bold: read('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  }
}
