import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { Context } from '../shell/context.ts'
import { replaceOwn } from './files.ts'

/** A project that is kept in git: no line end of what is signed or checked changes there, and no secret gets there. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  '.gitattributes': ['runs/** -text', 'lists/** -text', 'state/** -text', 'keys/** -text', '*.cbor binary'],
  '.gitignore': ['keys/*.pem', 'runs/*/secret.json', 'runs/*/hidden.*', 'lock.*', '*.tmp'],
}

/** Writes what git is to know, below what those files say already. Returns those that were written. */
export function writeGitFiles(context: Context): string[] {
  return Object.entries(LINES).flatMap(([name, lines]) => {
    const file = join(context.folder, name)
    checkNoLink(context.folder, file)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const known = new Set(text.split(/\r?\n/).map((line) => line.trim()))
    const missing = lines.filter((line) => !known.has(line))
    if (missing.length === 0) return []
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`
    replaceOwn(context, file, new TextEncoder().encode(`${before}${missing.join('\n')}\n`))
    return [file]
  })
}
