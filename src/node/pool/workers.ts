import type { Engine } from '../../ed25519/engine.ts'
import { judge, type Prepared, type Setting } from '../../verify/check.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { isPrepared } from '../../verify/verify-texts.ts'
import type { SharedLists } from './shared-lists.ts'
import { TaskMemories } from './task-memory.ts'
import type { TaskRunner } from './task-runner.ts'
import { packTexts, type SignTask, type VerifyAnswer, type VerifyTask } from './tasks.ts'
import { RowReader } from './verdict-rows.ts'
import { loadOnce, tryShare } from './worker.ts'

/** The threads, as they are asked. */
export interface Workers {
  /** How many calls of `verify` keep all threads busy. */
  readonly ahead: number
  verify(texts: readonly string[], work: Work): Promise<Answers>
  /** The calling thread verifies a share of what is under way: false where nothing is left, or it is not to help. */
  help(): Promise<boolean>
  /** The signatures, one behind the other. */
  sign(task: SignTask): Promise<Uint8Array>
}

/** What texts of a stream have in common. */
export interface Work {
  readonly setting: Setting
  /** The same with the threads' engine, for the calling one. */
  settingWith(engine: Engine): Setting
  readonly lists: SharedLists
  /** True where verdicts of valid stamps may be left out. */
  readonly countsValid: boolean
}

/** What the threads found of some texts. Verdicts are made as they are asked for. */
export interface Answers {
  /** How many texts. */
  readonly length: number
  /** The verdict on one of them; undefined for a valid one that is only counted. */
  verdict(text: number): Verdict | undefined
  /** Says that no verdict is asked for any more. */
  end(): void
}

/** A task under way. */
interface Open {
  readonly task: VerifyTask
  readonly work: Work
  /** What the calling thread found, by text. */
  readonly own: Map<number, Prepared | Verdict>
  fail(error: unknown): void
}

/** Verification by threads, and by the calling one where it `helps`: all take shares of the same tasks. */
export function shareWork(verifying: TaskRunner, helps: boolean): Omit<Workers, 'sign'> {
  const all = new Set<Open>()
  const memories = new TaskMemories(verifying.capacity + 1)
  return {
    ahead: verifying.capacity,
    async verify(texts, work) {
      const { setting, lists, countsValid } = work
      const task = packTexts(texts, memories, { lists, countsValid, now: setting.now.getTime() })
      const own: Open['own'] = new Map()
      let open: Open | undefined
      try {
        const answer = await new Promise<unknown>((resolve, reject) => {
          open = { task, work, own, fail: reject }
          if (helps) all.add(open)
          verifying.run('verifyTask', task).then(resolve, reject)
        })
        // A task that failed may still be some thread's: its memory is not used again.
        return answersOf(task, answer as VerifyAnswer, own, setting, () => memories.keep(task))
      } finally {
        all.delete(open!)
      }
    },
    async help() {
      const engine = await loadOnce()
      for (const open of all) {
        const { task, work, own } = open
        try {
          if (tryShare(task, work.settingWith(engine), engine, (text, one) => void own.set(text, one)))
            return true
        } catch (error) {
          open.fail(error) // it may be another stream's
        }
        all.delete(open)
      }
      return false
    },
  }
}

/** What the worker and the calling thread found. @throws where a text was left out */
function answersOf(
  { ends: { length }, rows }: VerifyTask,
  { count, tables }: VerifyAnswer,
  own: Open['own'],
  setting: Setting,
  end: () => void,
): Answers {
  if (count + own.size !== length) throw new Error('not all texts were answered')
  const reader = new RowReader(rows, tables, setting)
  return {
    length,
    verdict(text) {
      const one = own.get(text)
      if (one === undefined) return reader.read(text)
      return isPrepared(one) ? judge(one, setting) : one
    },
    end,
  }
}
