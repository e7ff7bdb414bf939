import {
  addSerials,
  makeDelta,
  type RevocationDraft,
  reviseRevocationList,
  setWatermark,
  signRevocationList,
} from 'veristamp/authority'
import { RECALLED, RECALLED_LATER, RELEASED, TEA } from './kiosk-labels.ts'
import { dateText, daysAfter, type Province } from './province.ts'

export interface DemoRevocations {
  readonly revocationList: Uint8Array
  /** What leads to the next list, which revokes one stamp more. */
  readonly delta: Uint8Array
}

/** The lists that the kiosk's demo loads: a recall and a watermark; then one recall more. */
export async function demoRevocations(province: Province, now: Date): Promise<DemoRevocations> {
  const { issuers, revoker, revocationList: first } = province
  const { publicKey } = issuers.get(TEA.facility)!
  const recall = (draft: RevocationDraft, serial: number) =>
    addSerials(draft, { ...TEA, reason: 'recalled', date: dateText(now), serials: [serial] })

  const second = setWatermark(recall(reviseRevocationList(first, timesAt(now)), RECALLED), {
    ...TEA,
    publicKey,
    serial: RELEASED,
  })
  const revocationList = await signRevocationList(second, revoker)
  const third = recall(reviseRevocationList(revocationList, timesAt(now)), RECALLED_LATER)
  return { revocationList, delta: makeDelta(revocationList, await signRevocationList(third, revoker)) }
}

const timesAt = (now: Date) => ({
  issued: daysAfter(now, -1),
  next: daysAfter(now, 30),
  expires: daysAfter(now, 90),
})
