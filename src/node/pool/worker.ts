import { sign } from 'node:crypto'
import type { Engine } from '../../ed25519/engine.ts'
import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { concatBytes } from '../../lib/bytes.ts'
import { prepare, type Setting } from '../../verify/check.ts'
import { createSetting } from '../../verify/verifier.ts'
import { tryKeys } from '../../verify/verify-texts.ts'
import { type LinesTask, type PartAnswer, tryPart } from './lines-task.ts'
import { type SharedLists, unpackLists } from './shared-lists.ts'
import {
  type Check,
  type SignTask,
  takeShare,
  unpackMessages,
  unpackTexts,
  type VerifyAnswer,
  type VerifyTask,
} from './tasks.ts'
import { RowWriter } from './verdict-rows.ts'

/**
 * What threads do of their tasks: the workers, and the calling thread where it helps. In each the engine is loaded at
 * its first task, and lists at the first task that has them.
 */

let loading: Promise<Engine> | undefined

export function loadOnce(): Promise<Engine> {
  loading ??= loadEngine()
  return loading
}

/** Verifies all texts of the task that no other thread takes. */
export async function verifyTask(task: VerifyTask): Promise<VerifyAnswer> {
  const engine = await loadOnce()
  const setting = settingOf(task, engine)
  const writer = new RowWriter(task.rows, setting, (status) => !task.countsValid || status !== 'valid')
  let count = 0
  for (let share = takeShare(task); share !== undefined; share = takeShare(task)) {
    const texts = unpackTexts(task, share)
    const all = tryKeys(
      texts.map((text) => prepare(text, setting)),
      engine,
    )
    for (let i = 0; i < all.length; i++) writer.write(share.start + i, all[i]!)
    count += all.length
  }
  return { count, tables: writer.tables }
}

/** Verifies the codes in all parts of the task that no other thread takes. */
export async function linesTask(task: LinesTask): Promise<PartAnswer[]> {
  const engine = await loadOnce()
  const setting = settingOf(task, engine)
  const answers: PartAnswer[] = []
  for (let one = tryPart(task, setting, engine); one !== undefined; one = tryPart(task, setting, engine))
    answers.push(one)
  return answers
}

/** Verifiers whose lists a worker keeps. Those that were asked last stay. */
const MAX_KEPT = 4

interface Kept {
  readonly at: (now: Date) => Setting
  setting: Setting
}

const kept = new Map<number, Kept>()

function settingOf({ lists, now }: Check, engine: Engine): Setting {
  const known = kept.get(lists.id) ?? keep(lists, now, engine)
  kept.delete(lists.id)
  kept.set(lists.id, known)
  if (known.setting.now.getTime() !== now) known.setting = known.at(new Date(now))
  return known.setting
}

function keep(lists: SharedLists, now: number, engine: Engine): Kept {
  const at = createSetting(unpackLists(lists, engine))
  const [oldest] = kept.keys()
  if (kept.size === MAX_KEPT) kept.delete(oldest!)
  return { at, setting: at(new Date(now)) }
}

/** The signatures of the messages, one behind the other. */
export const signTask = (task: SignTask): Uint8Array =>
  concatBytes(...unpackMessages(task).map((message) => sign(null, message, task.privateKey)))
