import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { createWorkerPool } from '../../node/pool/worker-pool.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import { batchesOf } from '../input/given.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { isLong, verifyLong } from '../lists/long-file.ts'
import { type ListSet, pinnedLists } from '../lists/pinned-lists.ts'
import { Tally } from '../lists/tally.ts'
import { listAges } from '../lists/verdict.ts'
import { verifyGiven } from '../lists/verify-given.ts'
import { readConfig } from '../project/config.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface VerifyCommandOptions {
  readonly file?: string | undefined
  /** Of each authority whose stamps are checked where there is no project. */
  readonly pins?: readonly string[] | undefined
  /** One for each of the pins; without pins one alone, in the place of the project's newest. */
  readonly trust?: readonly string[] | undefined
  readonly revocation?: readonly string[] | undefined
  readonly summary?: boolean | undefined
}

/** Checks codes: each is told, then how many there were of each kind. */
export async function verifyCommand(
  context: Context,
  texts: readonly string[],
  options: VerifyCommandOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const sets = listsFor(context, options)
  const lists = {
    trustLists: sets.map(({ trustList }) => trustList),
    revocationLists: sets.flatMap(({ revocationList }) => revocationList ?? []),
  }
  const now = io.now()
  const tally = new Tally(context, options.summary ?? false)
  const { file } = options
  try {
    if (texts.length === 0 && isLong(context, file))
      await verifyLong(context, file, lists, now, tally, createWorkerPool)
    else
      await verifyGiven(
        context,
        batchesOf(context, texts, file),
        await withEngine(lists, texts, file),
        now,
        tally,
      )
  } finally {
    tally.write()
  }
  const { count, counts } = tally
  if (count === 0) throw new Failure('nothing_to_check', words.nothingToCheck, words.nothingToCheckHow)
  const ages = agesOf(context, now, sets)
  const summary = words.checked(counts.valid, counts.invalid, counts.indeterminate)
  if (count > 1 || options.summary)
    context.report({ count, ...counts, ...ages.data }, `${ages.text}\n${summary}`)
  else if (!context.json) context.report({}, ages.text)
  if (counts.invalid > 0) return EXIT.invalid
  return counts.indeterminate > 0 ? EXIT.indeterminate : EXIT.valid
}

/** One stamp is sooner verified than the engine for many is loaded. */
const withEngine = async (lists: VerifierOptions, texts: readonly string[], file: string | undefined) => ({
  ...lists,
  engine: file !== undefined || texts.includes('-') ? await loadEngine() : nativeEngine,
})

/** @throws Failure `misuse` for several lists without pins, and as `pinnedLists` and `trustListAtHand` do */
function listsFor(
  context: Context,
  { pins = [], trust = [], revocation = [] }: VerifyCommandOptions,
): ListSet[] {
  if (pins.length > 0) return pinnedLists(context, { pins, trust, revocation })
  const { words } = context
  if (trust.length > 1 || revocation.length > 1) throw new Failure('misuse', words.pinned.needsPins)
  const trustList = trustListAtHand(context, readConfig(context), trust[0])
  return [{ trustList, revocationList: revocationListAtHand(context, trustList, revocation[0]) }]
}

function agesOf(
  context: Context,
  now: Date,
  sets: readonly ListSet[],
): { readonly data: object; readonly text: string } {
  const ages = sets.map(({ trustList, revocationList }) => ({
    authority: trustList.authority,
    ...listAges(context, now, trustList, revocationList),
  }))
  if (ages.length === 1) return ages[0]!
  return {
    data: { lists: ages.map(({ authority, data }) => ({ authority, ...data })) },
    text: ages.map(({ authority, text }) => `${authority}: ${text}`).join('\n'),
  }
}
