import type { Engine } from '../../ed25519/engine.ts'
import { judge, type Setting } from '../../verify/check.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { isPrepared } from '../../verify/verify-texts.ts'
import type { SharedLists } from './shared-lists.ts'
import type { TaskRunner } from './task-runner.ts'
import { packTexts, type SignTask, type VerifyAnswer, type VerifyTask } from './tasks.ts'
import { type Tried, unpackVerdicts } from './verdict-rows.ts'
import { loadOnce, tryShare } from './worker.ts'

/** The threads, as they are asked. */
export interface Workers {
  /** How many calls of `verify` keep all threads busy. */
  readonly ahead: number
  verify(texts: readonly string[], work: Work): Promise<Verdicts>
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

/** The verdict on each text; undefined for a valid one that is only counted. */
export type Verdicts = readonly (Verdict | undefined)[]

/** A task under way. */
interface Open {
  readonly task: VerifyTask
  readonly work: Work
  /** What the calling thread found. */
  readonly tried: Tried[]
  fail(error: unknown): void
}

/** Verification by threads, and by the calling one where it `helps`: all take shares of the same tasks. */
export function shareWork(verifying: TaskRunner, helps: boolean): Omit<Workers, 'sign'> {
  const all = new Set<Open>()
  return {
    ahead: verifying.capacity,
    async verify(texts, work) {
      const { setting, lists, countsValid } = work
      const task = packTexts(texts, { lists, countsValid, now: setting.now.getTime() })
      const tried: Tried[] = []
      let open: Open | undefined
      try {
        const answer = await new Promise<unknown>((resolve, reject) => {
          open = { task, work, tried, fail: reject }
          if (helps) all.add(open)
          verifying.run('verifyTask', task).then(resolve, reject)
        })
        return gather(texts.length, answer as VerifyAnswer, tried, work)
      } finally {
        all.delete(open!)
      }
    },
    async help() {
      const engine = await loadOnce()
      for (const open of all) {
        try {
          if (tryShare(open.task, open.work.settingWith(engine), engine, open.tried)) return true
        } catch (error) {
          open.fail(error) // it may be another stream's
        }
        all.delete(open)
      }
      return false
    },
  }
}

/** The verdicts that the worker and the calling thread found. @throws where a text was left out */
function gather(
  count: number,
  { count: others, rows }: VerifyAnswer,
  tried: readonly Tried[],
  { setting }: Work,
): Verdicts {
  if (others + tried.length !== count) throw new Error('not all texts were answered')
  const verdicts = new Array<Verdict | undefined>(count).fill(undefined)
  for (const { text, one } of tried) verdicts[text] = isPrepared(one) ? judge(one, setting) : one
  unpackVerdicts(rows, setting, (text, verdict) => {
    verdicts[text] = verdict
  })
  return verdicts
}
