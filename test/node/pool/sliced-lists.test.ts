import { expect, it } from 'vitest'
import { nobleEngine } from '../../../src/ed25519/noble/engine.ts'
import { packLists, unpackLists } from '../../../src/node/pool/shared-lists.ts'
import { createVerifier } from '../../../src/verify/verifier.ts'
import { forge, type SyncSigner } from '../../support/fixtures.ts'
import {
  grown,
  issuerKey,
  keyIdOf,
  ministry,
  openRevocationFile,
  revokedOf,
  sliceRevocation,
  sliceTrust,
} from '../../support/sliced-lists.ts'
import { mustLoad, NOW } from '../../support/trust-lists.ts'

it('Workers know which slices of a list are here, and answer as the thread that has them does', async () => {
  const content = ministry(240)
  const trust = await sliceTrust(content)
  const body = mustLoad(trust.document)
  const all = grown(body, trust.slices)
  const revocation = await sliceRevocation(revokedOf(content), all)
  const trustList = grown(body, trust.slices.slice(1))
  const revocationList = grown(openRevocationFile(revocation.document, all), revocation.slices.slice(0, -1))
  const lists = { trustLists: [trustList], revocationLists: [revocationList] }
  const [here, there] = [createVerifier(lists), createVerifier(unpackLists(packLists(lists), nobleEngine))]
  const seen = new Set<string>()
  for (const place of [0, 3, 90, 120, 150, 237]) {
    for (const serial of [5, 900]) {
      const facility = 100 + place / 3
      const { base45 } = forge(
        [keyIdOf(place), facility, 10 * facility, serial],
        issuerKey(place) as SyncSigner,
      )
      const verdict = here.verify(base45, { now: NOW })
      seen.add('reason' in verdict ? verdict.reason : verdict.status)
      expect(there.verify(base45, { now: NOW })).toEqual(verdict)
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['slice_missing', 'valid']))
})
