import type { TrustList } from 'veristamp'
import {
  addSerials,
  reviseRevocationList,
  revokeKey,
  setWatermark,
  signRevocationList,
} from 'veristamp/authority'
import { openKiosk, openRevocationList } from './kiosk.ts'
import { tellListSize } from './list-size.ts'
import { dateText, daysAfter, type Province } from './province.ts'
import type { Scene } from './scenes.ts'

/** The highest serial of product 104 that has left the printer. */
const RELEASED = 91_000

/** What was lost, recalled, not yet released or stolen, and lists that are old or not there. */
export async function revocationScenes(
  province: Province,
  trustList: TrustList,
  now: Date,
): Promise<readonly Scene[]> {
  const revocationList = openRevocationList(await revoke(province, now), trustList)
  await tellListSize({ authority: province.content.authority, ...timesAt(now) }, province.revoker)
  const kiosk = openKiosk([trustList], [revocationList])
  const withoutList = openKiosk([trustList], [])
  const [tea, thief] = [province.issuers.get(12)!, province.issuers.get(3)!]
  const text = async (serial: number) => (await tea.issue({ facility: 12, product: 104, serial })).toText()
  const product = province.catalogue.products.find(({ facility }) => facility === 3)!.id
  const stolen = (await thief.issue({ facility: 3, product, serial: 5 })).toText()
  const scene = (
    title: string,
    expected: Scene['expected'],
    shown: string,
    changes?: Partial<Scene>,
  ): Scene => ({
    ...{ title, text: shown, verifier: kiosk, now, expected },
    ...changes,
  })
  return [
    scene('a stamp beside the revoked ones', 'valid', await text(90_008)),
    scene('a single stamp that was recalled', 'revoked', await text(90_007)),
    scene('the middle of a lost roll of 1,000', 'revoked', await text(41_500)),
    scene('a serial above the watermark', 'not_issued', await text(RELEASED + 1)),
    scene('a stamp made with a stolen key', 'key_revoked', stolen),
    scene('a revocation list past its date', 'revocation_list_stale', await text(90_008), {
      now: daysAfter(now, 8),
    }),
    scene('the same list, a revoked stamp', 'revoked', await text(90_007), { now: daysAfter(now, 8) }),
    scene('no revocation list', 'revocation_list_missing', await text(90_008), { verifier: withoutList }),
  ]
}

/** The authority's office, a day later: a roll was lost, a stamp recalled and a key stolen. */
async function revoke(province: Province, now: Date): Promise<Uint8Array> {
  const date = dateText(now)
  const tea = { facility: 12, product: 104 }
  const lost = { first: 41_000, last: 41_999 }
  let draft = reviseRevocationList(province.revocationList, timesAt(now))
  draft = addSerials(draft, { ...tea, reason: 'lost', date, serials: [lost] })
  draft = addSerials(draft, { ...tea, reason: 'recalled', date, serials: [90_007] })
  draft = setWatermark(draft, { ...tea, publicKey: province.issuers.get(12)!.publicKey, serial: RELEASED })
  draft = revokeKey(draft, {
    publicKey: province.issuers.get(3)!.publicKey,
    reason: 'key-compromise',
    date,
  })
  return signRevocationList(draft, province.revoker)
}

const timesAt = (now: Date) => ({
  issued: now,
  next: daysAfter(now, 1),
  expires: daysAfter(now, 7),
})
