import type { ErrorDetails } from '../../lib/error-details.ts'
import { isOurs } from '../../lib/errors.ts'
import { type Lock, lockFolder } from '../../run/ledger/lock.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { type Config, readConfig } from './config.ts'
import { ownState, shown } from './files.ts'

/** How long a command waits for another that signs lists, and how long between two looks, in milliseconds. */
const PATIENCE = 10_000
const STEP = 50

/**
 * Works alone on the project's lists: what reads the newest one, signs the next and writes it must have no other
 * beside it, or two would take one number. The project's file is read once the others are done.
 * @throws Failure `no_project`, `bad_project`; `lists_busy` where another process stays at work
 */
export async function withLists<T>(context: Context, work: (config: Config) => Promise<T>): Promise<T> {
  readConfig(context) // no lock where there is no project
  const lock = await lockLists(context)
  try {
    return await work(readConfig(context))
  } finally {
    lock.release()
  }
}

async function lockLists(context: Context): Promise<Lock> {
  const { io } = context
  const state = ownState(context)
  for (let waited = 0; ; waited += STEP) {
    try {
      return lockFolder(state)
    } catch (error) {
      if (!isOurs(error, 'run_busy')) throw error
      if (waited < PATIENCE) await pause(STEP)
      else throw busy(context, error.details)
    }
    io.signal.throwIfAborted()
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resume) => void setTimeout(resume, milliseconds))

/** Names the process that a lock's refusal names, and the lock, for whoever knows that its process is gone. */
function busy(context: Context, lock: ErrorDetails['run_busy']): Failure {
  const { words } = context
  const [pid, host] = 'pid' in lock ? [String(lock.pid), lock.host] : ['?', '?']
  const file = shown(context, 'file' in lock ? lock.file : lock.folder)
  return new Failure('lists_busy', words.lists.busy(pid, host), words.lists.busyHow(file))
}
