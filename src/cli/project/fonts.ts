import type { SheetFonts } from '../../print/sheet/document.ts'
import { letterFinder } from '../../print/sheet/letters.ts'
import { readAsset } from '../shell/assets.ts'
import type { Context } from '../shell/context.ts'
import { readGiven } from './files.ts'

const MAX_FONT = 2 ** 25

/** The fonts of labels: a file that is given, or Be Vietnam Pro, which has every Vietnamese letter. */
export const readFonts = (context: Context, given: string | undefined): SheetFonts =>
  given === undefined
    ? { regular: readAsset('BeVietnamPro-Regular.ttf'), bold: readAsset('BeVietnamPro-SemiBold.ttf') }
    : { regular: readGiven(context, given, MAX_FONT) }

/** Finds the letters of a name that the labels' font lacks. @throws an argument error for a file that is no font */
export const letterFinderOf = (
  context: Context,
  given: string | undefined,
): ReturnType<typeof letterFinder> => letterFinder(readFonts(context, given))
