import type { Engine } from '../../ed25519/engine.ts'
import type { Setting } from '../../verify/check.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { verifyTexts } from '../../verify/verify-texts.ts'
import { type LinesAsked, type LinesTask, type PartAnswer, packLines, tryPart } from './lines-task.ts'
import { TaskMemories } from './task-memory.ts'
import type { TaskRunner } from './task-runner.ts'
import {
  type Check,
  packTexts,
  type Share,
  type SignTask,
  takeShare,
  type VerifyAnswer,
  type VerifyTask,
} from './tasks.ts'
import { RowReader } from './verdict-rows.ts'
import type { Work } from './work.ts'
import { loadOnce } from './worker.ts'

/** The threads, as they are asked. */
export interface Workers {
  /** How many calls of `verify` or `verifyLines` keep all threads busy. */
  readonly ahead: number
  /** @param countsValid true where verdicts of valid stamps may be left out */
  verify(texts: readonly string[], work: Work, countsValid: boolean): Promise<Answers>
  /** What there is in each part of a file's lines, in order. */
  verifyLines(asked: LinesAsked, work: Work): Promise<readonly PartAnswer[]>
  /** The calling thread verifies a share of what is under way: false where nothing is left, or it is not to help. */
  help(): Promise<boolean>
  /** The signatures, one behind the other. */
  sign(task: SignTask): Promise<Uint8Array>
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
  /** The calling thread takes a share of it: false where nothing is left. */
  help(engine: Engine): boolean
  fail(error: unknown): void
}

/** A share that the calling thread took. */
interface OwnShare extends Share {
  /** Without those that are only counted. */
  readonly verdicts: readonly (Verdict | undefined)[]
}

/** Verification by threads, and by the calling one where it `helps`: all take shares of the same tasks. */
export function shareWork(verifying: TaskRunner, helps: boolean): Omit<Workers, 'sign'> {
  const all = new Set<Open>()
  const memories = new TaskMemories(verifying.capacity + 1)
  const share = async (name: string, task: unknown, help: Open['help']): Promise<unknown> => {
    let open: Open | undefined
    try {
      return await new Promise((resolve, reject) => {
        open = { help, fail: reject }
        if (helps) all.add(open)
        verifying.run(name, task).then(resolve, reject)
      })
    } finally {
      all.delete(open!)
    }
  }
  // A task that failed may still be some thread's: its memory is not used again.
  return {
    ahead: verifying.capacity,
    async verify(texts, work, countsValid) {
      const task = packTexts(texts, memories, { ...checkOf(work), countsValid })
      const own: OwnShare[] = []
      const answer = await share('verifyTask', task, (engine) => {
        const taken = takeShare(task)
        if (taken === undefined) return false
        const verdicts = verifyTexts(texts.slice(taken.start, taken.end), work.settingWith(engine), engine)
        own.push({ ...taken, verdicts: countsValid ? verdicts.map(unlessValid) : verdicts })
        return true
      })
      return answersOf(task, answer as VerifyAnswer, own, work.setting, () => memories.keep(task))
    },
    async verifyLines(asked, work) {
      const task = packLines(asked, memories, checkOf(work))
      const own: PartAnswer[] = []
      const answer = await share('linesTask', task, (engine) => {
        const one = tryPart(task, work.settingWith(engine), engine)
        if (one !== undefined) own.push(one)
        return one !== undefined
      })
      const parts = allParts(task, [...(answer as PartAnswer[]), ...own])
      memories.keep(task)
      return parts
    },
    async help() {
      const engine = await loadOnce()
      for (const open of all) {
        try {
          if (open.help(engine)) return true
        } catch (error) {
          open.fail(error) // it may be another stream's
        }
        all.delete(open)
      }
      return false
    },
  }
}

const checkOf = ({ lists, setting }: Work): Omit<Check, 'countsValid'> => ({
  lists,
  now: setting.now.getTime(),
})

/** What the worker and the calling thread found. @throws where a text was left out */
function answersOf(
  { ends: { length }, rows }: VerifyTask,
  { count, tables }: VerifyAnswer,
  own: readonly OwnShare[],
  setting: Setting,
  end: () => void,
): Answers {
  if (count + own.reduce((sum, { verdicts }) => sum + verdicts.length, 0) !== length)
    throw new Error('not all texts were answered')
  const reader = new RowReader(rows, tables, setting)
  const ownOf = new Array<OwnShare | undefined>(length)
  for (const share of own) ownOf.fill(share, share.start, share.end)
  return {
    length,
    verdict(text) {
      const share = ownOf[text]
      return share === undefined ? reader.read(text) : share.verdicts[text - share.start]
    },
    end,
  }
}

const unlessValid = (verdict: Verdict): Verdict | undefined =>
  verdict.status === 'valid' ? undefined : verdict

/** In order. @throws where a part was left out */
function allParts({ ends: { length } }: LinesTask, given: readonly PartAnswer[]): PartAnswer[] {
  const parts = [...given].sort((a, b) => a.part - b.part)
  if (parts.length !== length || parts.some(({ part }, i) => part !== i))
    throw new Error('not all lines were answered')
  return parts
}
