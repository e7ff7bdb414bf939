import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { Watermark } from '../../revocation/content.ts'
import { type RevocationDraft, setWatermark } from '../../revocation/draft.ts'
import type { Reservation } from '../../run/job.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { type NextList, signList } from '../lists/next-list.ts'
import { reservationsOf } from '../project/files.ts'
import { noteRaised } from '../runs/doubts.ts'
import type { Context } from '../shell/context.ts'

/** The next revocation list: fresh dates, and watermarks raised to what runs have and to what is asked for. */

/** Marks that are asked for beside those of runs. */
export type Mark = Parameters<typeof setWatermark>[1]

/** Signs the next list, with marks raised to the runs at hand and to `asked`. */
export async function signWatermarks(
  context: Context,
  next: NextList,
  asked: readonly Mark[],
): Promise<void> {
  const { words } = context
  const reservations = reservationsOf(context)
  const draft = raisedDraft(next.draft, [...reservations.map(markOfRun), ...asked])
  const changes = changesOf(next.trustList, next.draft, draft, asked)
  const begun = changes.filter(({ from, to }) => from === undefined && to === 0)
  await signList(context, next, draft, {
    data: { watermarks: changes },
    lines: [
      ...changes.filter((each) => !begun.includes(each)).map(words.watermark),
      ...(begun.length > 0 ? [words.issuers.atZero(begun.length)] : []),
    ],
  })
  const { watermarks } = next.draft
  noteRaised(
    context,
    reservations,
    watermarks,
    draft.watermarks.filter((mark) => isAsked(mark, asked)),
  )
}

const markOfRun = (run: Reservation): Mark => ({
  publicKey: publicKeyOfRun(run),
  ...{ facility: run.facility, product: run.product, serial: run.last },
})

/** The draft with these watermarks, where it has no higher ones. */
export const raisedDraft = (draft: RevocationDraft, marks: readonly Mark[]): RevocationDraft =>
  marks.reduce(raiseTo, draft)

/** Watermarks of 0 for all products that these keys may stamp and that have none yet. */
export function zeroMarks(
  { products }: Catalogue,
  watermarks: readonly Watermark[],
  issuers: readonly TrustedIssuer[],
): Mark[] {
  const nameOf = (key: Uint8Array, facility: number, product: number) =>
    `${toHex(key)} ${facility} ${product}`
  const known = new Set(watermarks.map(({ key, facility, product }) => nameOf(key, facility, product)))
  return issuers.flatMap(({ publicKey, scope }) => {
    const key = sha256(publicKey)
    return products
      .filter(({ id, facility }) =>
        scope.some((range) => range.facility === facility && (range.product ?? id) === id),
      )
      .filter(({ id, facility }) => !known.has(nameOf(key, facility, id)))
      .map(({ id, facility }) => ({ publicKey, facility, product: id, serial: 0 }))
  })
}

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
