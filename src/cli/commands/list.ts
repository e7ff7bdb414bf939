import type { TrustedIssuer } from '../../trust/trust-list.ts'
import { issuerNamed } from '../desk/issuers.ts'
import { keepConfig } from '../desk/next-issuers.ts'
import { marksOwed, startingAtZero } from '../desk/start-at-zero.ts'
import { type Mark, signWatermarks, zeroMarks } from '../desk/watermarks.ts'
import { checkClock } from '../lists/clock.ts'
import { beginList, checkRevocationKey, type NextList } from '../lists/next-list.ts'
import { keepChoice, withChoice } from '../lists/slicing.ts'
import { reservationsOf } from '../project/files.ts'
import { findKeyName } from '../project/key-names.ts'
import { isAtHand } from '../project/keys.ts'
import { parseMark } from '../project/products.ts'
import { withLists } from '../project/project-lock.ts'
import { confirmJournal } from '../runs/doubts.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

export interface ListOptions {
  /** `facility:product:serial`, each the last serial that may leave the printer; or `0` for all products that have none. */
  readonly raise: readonly string[]
  /** Whose watermarks `--raise 0` sets: of all issuers by default. */
  readonly key?: string | undefined
  /** Whether lists stand in slices, from now on. */
  readonly slices?: boolean | undefined
}

/** A new list: fresh dates, watermarks raised to what runs have reserved and to what is asked for. */
export async function listCommand(context: Context, { raise, key, slices }: ListOptions): Promise<ExitCode> {
  await confirmJournal(context)
  return withLists(context, async (before) => {
    const config = withChoice(before, slices)
    const next = beginList(context, config)
    checkRevocationKey(context, config, raiseCommand(context, raise))
    await checkClock(context, next.draft.issued)
    const issuers = key === undefined ? next.trustList.issuers : [issuerNamed(context, next, key)]
    const isZero = raise.includes('0')
    if (isZero) await confirmZero(context, next, issuers)
    const { trustList, draft } = next
    const asked = isZero ? zeroMarks(trustList.catalogue, draft.watermarks, issuers) : []
    const owed = marksOwed(context, config, trustList, draft.watermarks)
    const named = raise
      .filter((text) => text !== '0')
      .flatMap((text) => marksOf(context, next, text, issuers))
    const only = key === undefined ? undefined : issuers
    const kept = isZero ? startingAtZero(context, config, only) : config
    if (isZero) keepConfig(context, kept)
    keepChoice(context, before, kept)
    await signWatermarks(context, next, [...named, ...asked, ...owed])
    return EXIT.valid
  })
}

/** Two keys of one product never share a serial, so the serial says whose watermark is meant. */
function marksOf(
  context: Context,
  { trustList }: NextList,
  text: string,
  among: readonly TrustedIssuer[],
): Mark[] {
  const { issuers, ...mark } = parseMark(context, trustList, text, among)
  return issuers.map(({ publicKey }) => ({ publicKey, ...mark }))
}

/** Asks where a printer elsewhere may have printed what no run here tells of: its stamps would become invalid. */
async function confirmZero(
  context: Context,
  next: NextList,
  issuers: readonly TrustedIssuer[],
): Promise<void> {
  const elsewhere = issuers.filter(({ publicKey }) => {
    const name = findKeyName(context, publicKey)
    return name === undefined || !isAtHand(context, next.config, name)
  })
  const { trustList, draft } = next
  const open = zeroMarks(trustList.catalogue, draft.watermarks, elsewhere).length
  if (open > 0) await confirm(context, context.words.issuers.startsAtZero(open, elsewhere.length))
}

/** The command that raises what is asked for, and what runs have reserved. */
function raiseCommand(context: Context, raise: readonly string[]): string {
  const marks = new Map(
    reservationsOf(context).map(({ facility, product, last }) => [`${facility}:${product}`, last]),
  )
  const own = [...marks].map(([product, last]) => `${product}:${last}`)
  const wanted = raise.length > 0 ? raise : own
  return ['veristamp list', ...(wanted.length > 0 ? ['--raise', ...wanted] : [])].join(' ')
}
