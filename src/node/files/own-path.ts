import { lstatSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { VeristampError } from '../../lib/errors.ts'

/**
 * Refuses a path of which a part below the root is a link (on Windows a junction too): what is written there would
 * land in a place that somebody else chose. The root itself may be reached through links.
 * @throws VeristampError `is_link` that names the link; what the file system throws
 */
export function checkNoLink(root: string, path: string): void {
  let at = root
  for (const part of relative(root, path).split(sep)) {
    at = join(at, part)
    const stat = lstatSync(at, { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isSymbolicLink())
      throw new VeristampError('is_link', `${at}: a link, and nothing is written through links here`, {
        file: at,
      })
  }
}
