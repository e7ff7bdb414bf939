import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { shown } from './files.ts'
import { stateOf } from './real-path.ts'

const OTHERS = 0o077n

/** Warns of a secret's file that other users may read or write. Windows keeps such rights elsewhere. */
export function warnIfOpen(context: Context, file: string): void {
  const state = stateOf(file)
  if (process.platform === 'win32' || !state?.isFile() || (state.mode & OTHERS) === 0n) return
  warn(context, context.words.secrets.openToOthers(shown(context, file)))
}
