import { describe, expect, it } from 'vitest'
import { findHidden } from '../../src/revocation/hidden.ts'
import { encodeRevocationDraft } from '../../src/revocation/sign.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { IssuerEntry } from '../../src/trust/issuer-entry.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { forge, type SyncSigner } from '../support/fixtures.ts'
import {
  grown,
  issuerKey,
  keyIdOf,
  ministry,
  openRevocationFile,
  revokedOf,
  type SlicedList,
  sliceRevocation,
  sliceTrust,
  wholeRevocation,
  wholeTrust,
} from '../support/sliced-lists.ts'
import { mustLoad, NOW } from '../support/trust-lists.ts'

/** Trust lists and revocation lists that may be published together: no phone misses a revocation. */

const ISSUERS = 240
const before = ministry(ISSUERS)
const trusted = (content: TrustListContent) => sliceTrust(content).then(opened)
const opened = ({ document, slices }: SlicedList): TrustList => grown(mustLoad(document), slices)
const cutBy = async (content: TrustListContent, draft = revokedOf(content)): Promise<SlicedList> =>
  sliceRevocation(draft, await trusted(content))

/** The same issuers, some of them changed; undefined for one that goes. */
const changed = (
  change: (issuer: IssuerEntry, place: number) => IssuerEntry | undefined,
): TrustListContent => ({
  ...before,
  issuers: before.issuers.flatMap((issuer, place) => change(issuer, place) ?? []),
})

/** Facility 100 is that of the first three issuers; products 1000 and more have revoked serials 5, 7 and 1500 to 1600. */
const far = ISSUERS - 1
const givenFar = (first: number, last?: number) =>
  changed((issuer, place) => {
    if (place < 3) return undefined
    const scope = [
      ...issuer.scope,
      { facility: 100, product: 1000, first, ...(last !== undefined && { last }) },
    ]
    return place === far ? { ...issuer, scope } : issuer
  })

const list = await cutBy(before)

describe('a revocation list in slices', () => {
  it('hides nothing under the trust list that cut it', async () => {
    expect(findHidden(list, (await trusted(before)).issuers)).toBeUndefined()
    expect(list.slices.length).toBeGreaterThan(2)
  })

  it('hides nothing from issuers that come, go, or stay in their slices', async () => {
    const some = changed((issuer, place) =>
      place % 7 === 0 ? undefined : { ...issuer, name: `new ${place}` },
    )
    expect(findHidden(list, some.issuers)).toBeUndefined()
    const neighbour = changed(({ scope, ...issuer }, place) =>
      place === 0 ? undefined : { ...issuer, scope: place === 1 ? [{ facility: 100 }] : scope },
    )
    expect(findHidden(list, neighbour.issuers)).toBeUndefined()
  })

  it('hides serials that a key of another slice may stamp now', () => {
    const hidden = { keyId: keyIdOf(far), product: { facility: 100, product: 1000 } }
    expect(findHidden(list, givenFar(0).issuers)).toEqual(hidden)
    expect(findHidden(list, givenFar(7, 7).issuers)).toEqual(hidden)
    expect(findHidden(list, givenFar(1600).issuers)).toEqual(hidden)
    // Between and above what is revoked there is nothing to hide.
    expect(findHidden(list, givenFar(8, 1499).issuers)).toBeUndefined()
    expect(findHidden(list, givenFar(1601).issuers)).toBeUndefined()
  })

  it('hides what it says of a key whose id goes to another slice', () => {
    const place = before.issuers.findIndex((_, at) => at % 2 === 0 && at % 7 !== 0 && at % 5 !== 0)
    const moved = changed((issuer, at) => (at === place ? { ...issuer, keyId: 65_000 } : issuer))
    expect(findHidden(list, moved.issuers)).toEqual({ keyId: 65_000 })
  })

  it('hides nothing where it has no slices', () => {
    const document = encodeRevocationDraft(revokedOf(before))
    expect(findHidden({ document, slices: [] }, givenFar(0).issuers)).toBeUndefined()
  })

  it('is found out exactly where a phone would miss what a whole list says', async () => {
    const candidates = [givenFar(0), givenFar(5, 5), givenFar(6, 6), givenFar(8, 1499), givenFar(1000)]
    let missed = 0
    for (const content of candidates) {
      const after = await sliceTrust({ ...content, sequence: 2 })
      const trustList = mustLoad(after.document)
      const whole = wholeTrust({ ...content, sequence: 2 })
      const all = await wholeRevocation(revokedOf(before), whole)
      const keyId = keyIdOf(far)
      const lazy = <T extends TrustList | ReturnType<typeof openRevocationFile>>(
        loaded: T,
        slices: readonly Uint8Array[],
      ): T => {
        const at = (loaded.slices ?? []).findIndex(([first, last]) => first <= keyId && keyId <= last)
        return at < 0 ? loaded : grown(loaded, [slices[at]!])
      }
      const phone = createVerifier({
        trustLists: [lazy(trustList, after.slices)],
        revocationLists: [lazy(openRevocationFile(list.document, trustList), list.slices)],
      })
      const kiosk = createVerifier({ trustLists: [whole], revocationLists: [all] })
      let isMissed = false
      for (const serial of [0, 4, 5, 6, 7, 8, 1000, 1499, 1500, 1600, 1601]) {
        const text = forge([keyId, 100, 1000, serial], issuerKey(far) as SyncSigner).base45
        const answers = [phone, kiosk].map((each) => each.verify(text, { now: NOW }))
        isMissed ||= answers[0]!.status !== answers[1]!.status
      }
      expect(findHidden(list, content.issuers) !== undefined).toBe(isMissed)
      missed += Number(isMissed)
    }
    expect([missed, candidates.length - missed].every((count) => count > 0)).toBe(true)
  })
})
