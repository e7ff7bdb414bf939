import { checkFolder, publishInto } from '../lists/publish-into.ts'
import { withLists } from '../project/project-lock.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

/** Writes the newest lists, their slices, deltas and patches, and the index into a folder for a web server. */
export const publishCommand = (context: Context, given: string): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const { words } = context
    checkFolder(context, given)
    const { published } = publishInto(context, config, given)
    const { written, deltasFrom, ...lists } = published
    const told = words.publishing.done(given, { ...lists, deltas: deltasFrom.length })
    const patches = written.filter((name) => name.includes('-patches-')).length
    const lines = [
      told,
      ...(patches > 0 ? [words.publishing.patches(patches)] : []),
      ...(written.length === 0 ? [words.publishing.nothingNew] : []),
    ]
    context.report({ folder: given, ...published }, lines.join('\n'))
    return EXIT.valid
  })
