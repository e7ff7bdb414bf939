import { textOf } from '../../lib/arguments.ts'

/** A file or a folder: file systems take no longer paths. */
export const aPath = textOf(32_767)
