import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes } from '../../lib/bytes.ts'
import type { Watermark } from '../../revocation/content.ts'
import { type RevocationDraft, setWatermark } from '../../revocation/draft.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { checkClock } from '../lists/clock.ts'
import { beginList, checkRevocationKey, type NextList, signList } from '../lists/next-list.ts'
import { reservationsOf } from '../project/files.ts'
import { parseMark } from '../project/products.ts'
import { withLists } from '../project/project-lock.ts'
import { confirmJournal, noteRaised } from '../runs/doubts.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

export interface ListOptions {
  /** `facility:product:serial`, each the last serial that may leave the printer. */
  readonly raise: readonly string[]
}

/** A new list: fresh dates, watermarks raised to what runs have reserved and to what is asked for. */
export async function listCommand(context: Context, { raise }: ListOptions): Promise<ExitCode> {
  await confirmJournal(context)
  return withLists(context, async (config) => {
    const next = beginList(context, config)
    checkRevocationKey(context, config, raiseCommand(context, raise))
    await checkClock(context, next.draft.issued)
    return signNext(context, next, raise)
  })
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

async function signNext(context: Context, next: NextList, raise: readonly string[]): Promise<ExitCode> {
  const reservations = reservationsOf(context)
  const runs = reservations.map((run) => ({
    publicKey: publicKeyOfRun(run),
    ...{ facility: run.facility, product: run.product, serial: run.last },
  }))
  const asked = raise
    .map((text) => parseMark(context, next.trustList, text))
    // Two keys of one product never share a serial, so the serial says whose watermark is meant.
    .flatMap(({ issuers, ...mark }) => issuers.map(({ publicKey }) => ({ publicKey, ...mark })))
  let { draft } = next
  for (const mark of [...runs, ...asked]) draft = raiseTo(draft, mark)
  const changes = changesOf(next.trustList, next.draft, draft, asked)
  await signList(context, next, draft, {
    data: { watermarks: changes },
    lines: changes.map(context.words.watermark),
  })
  const { watermarks } = next.draft
  noteRaised(
    context,
    reservations,
    watermarks,
    draft.watermarks.filter((mark) => isAsked(mark, asked)),
  )
  return EXIT.valid
}

type Mark = Parameters<typeof setWatermark>[1]

const isAsked = ({ key, facility, product }: Watermark, asked: readonly Mark[]): boolean =>
  asked.some(
    (each) =>
      each.facility === facility && each.product === product && equalBytes(sha256(each.publicKey), key),
  )

const knownMark = (draft: RevocationDraft, { publicKey, facility, product }: Mark) =>
  draft.watermarks.find(
    (each) =>
      each.facility === facility && each.product === product && equalBytes(each.key, sha256(publicKey)),
  )

/** Watermarks go up here, never down. */
function raiseTo(draft: RevocationDraft, mark: Mark): RevocationDraft {
  const known = knownMark(draft, mark)
  return known !== undefined && known.serial >= mark.serial ? draft : setWatermark(draft, mark)
}

/** A watermark that a list sets: the one before, where there was one, and the new one, which may be the same. */
export interface WatermarkChange {
  readonly keyId: number | undefined
  readonly facility: number
  readonly product: number
  readonly from: number | undefined
  readonly to: number
}

/** The watermarks that were raised, and those that were asked for and are as high already. */
function changesOf(
  { issuers }: TrustList,
  before: RevocationDraft,
  after: RevocationDraft,
  asked: readonly Mark[],
): WatermarkChange[] {
  return after.watermarks.flatMap((mark) => {
    const { key, facility, product, serial: to } = mark
    const isOwn = ({ publicKey }: { publicKey: Uint8Array }) => equalBytes(sha256(publicKey), key)
    const from = before.watermarks.find(
      (each) => each.facility === facility && each.product === product && equalBytes(each.key, key),
    )?.serial
    return from === to && !isAsked(mark, asked)
      ? []
      : [{ keyId: issuers.find(isOwn)?.keyId, facility, product, from, to }]
  })
}
